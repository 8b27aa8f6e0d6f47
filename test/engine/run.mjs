/** Runs every proof of the engine and ends with a line of counts. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import 'tsx/cjs';

const folder = 'test/engine';
const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, forbidOnly: true });
for (const file of readdirSync(folder).sort())
  if (file.endsWith('.test.ts')) mocha.addFile(join(folder, file));

const skipped = [];
const started = Date.now();
const runner = mocha.run(failures => {
  const { passes = 0 } = runner.stats ?? {};
  for (const title of skipped) console.log(`skipped: ${title}`);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `engine proofs: ${passes} passed, ${failures} failed, ${skipped.length} skipped in ${seconds} s`,
  );
  process.exitCode = failures > 0 ? 1 : 0;
});
runner.on('pending', test => skipped.push(test.fullTitle()));
