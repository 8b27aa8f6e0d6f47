// Puts damaged files before every reader until told otherwise: `npm run fuzz:data -- [seconds] [first case]`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedFiles, tryMutation } from '../unit/data/helpers/readers';

async function main(): Promise<void> {
  const [seconds = '60', first = '1000'] = process.argv.slice(2);
  const folder = await mkdtemp(join(tmpdir(), 'strategy-advisor-fuzz-'));
  const end = Date.now() + 1000 * Number(seconds);
  let cases = 0;
  let slowest = { milliseconds: 0, name: '', number: 0 };
  try {
    const seeds = Object.entries(await seedFiles(join(folder, 'seeds')));
    for (let number = Number(first); Date.now() < end; number++) {
      for (const [name, seed] of seeds) {
        const start = performance.now();
        await tryMutation(folder, name, seed, number);
        cases++;
        const milliseconds = performance.now() - start;
        if (milliseconds > slowest.milliseconds) slowest = { milliseconds, name, number };
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${cases} damaged files, each before counting, reading and checking: refused or read, none failed.`,
    `Slowest: ${slowest.name} case ${slowest.number}, ${slowest.milliseconds.toFixed(0)} ms. Peak memory: ${memory} MB.`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
