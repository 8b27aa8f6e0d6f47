import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../reporter.cjs';

const SUITES = path.join(__dirname, 'integration');
/** The suite that ends the extension, and therefore runs after all others. */
const LAST = 'deactivation.test.js';

/** Runs the integration suites. VS Code calls this inside its extension host; a rejection fails the run. */
export async function run(): Promise<void> {
  streamOutput();
  const mocha = new Mocha({
    ui: 'bdd',
    color: process.env['TEST_COLOR'] !== undefined,
    timeout: 30_000,
    forbidOnly: true,
    reporter: CountingReporter,
  });
  const pattern = process.env['TEST_GREP'];
  if (pattern !== undefined) mocha.grep(pattern);
  const wanted = process.env['TEST_SUITES']?.split(',');
  const suites = readdirSync(SUITES).filter(
    file => file.endsWith('.test.js') && (wanted?.includes(path.basename(file, '.test.js')) ?? true),
  );
  suites.sort((one, other) => Number(one === LAST) - Number(other === LAST) || one.localeCompare(other));
  for (const suite of suites) mocha.addFile(path.join(SUITES, suite));
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run(failures => {
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else if ((runner.stats?.passes ?? 0) === 0) reject(new Error('no test ran'));
      else resolve();
    });
  });
}

/** Where a runner waits for it, mocha's output goes to a file: a console belongs to the window it runs in. */
function streamOutput(): void {
  const file = process.env['TEST_OUTPUT'];
  if (file === undefined) return;
  Mocha.reporters.Base.consoleLog = (...values: unknown[]): void => {
    appendFileSync(file, `${format(...values)}\n`);
  };
}
