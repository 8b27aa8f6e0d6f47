// Takes the lock of a folder, says how that went, and holds it until its input ends.
import { utimesSync } from 'node:fs';
import path from 'node:path';
import { lockRun } from '../../../src/experiments/store/run-lock';

const [, , folder = ''] = process.argv;
lockRun(folder, { silence: 3000 }).then(
  () => {
    const file = path.join(folder, 'lock');
    setInterval(() => {
      utimesSync(file, new Date(), new Date());
    }, 50);
    console.log(`held ${process.pid}`);
  },
  (error: unknown) => {
    console.log(`${(error as { code: string }).code} ${process.pid}`);
  },
);
process.stdin.on('end', () => process.exit()).resume();
