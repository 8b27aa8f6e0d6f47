import assert from 'node:assert/strict';
import { experiments } from '../../bench/audit/experiments';

// `npm run audit:pilots` runs these and longer ones.
describe('an experiment with known truth', function () {
  this.timeout(120_000);
  for (const { name, expected, short, run } of experiments(0))
    if (short)
      it(`${name}: ${expected}`, async () => {
        const { seen, holds } = await run();
        assert.ok(holds, seen);
      });
});
