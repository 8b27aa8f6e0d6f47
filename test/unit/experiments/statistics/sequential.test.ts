import assert from 'node:assert/strict';
import { normal, sfc32 } from '../../../../src/common/random';
import { normalCdf, normalQuantile } from '../../../../src/experiments/statistics/distributions';
import { nominalLevels, repeatedP, spentError } from '../../../../src/experiments/statistics/sequential';

const boundsOf = (times: readonly number[]): number[] =>
  nominalLevels(0.05, times).map(level => -normalQuantile(level / 2));

describe('looks at data that grows', () => {
  it('has the boundaries that are published for five equal looks', () => {
    // Lan & DeMets' O'Brien-Fleming-like function, two-sided 5 %: Jennison & Turnbull, table of the `ldBounds` package.
    const published = [4.8769, 3.3569, 2.6803, 2.2898, 2.031];
    for (const [i, bound] of boundsOf([0.2, 0.4, 0.6, 0.8, 1]).entries())
      assert.ok(Math.abs(bound - (published[i] ?? 0)) < 1e-3, `${bound} at look ${i + 1}`);
    assert.ok(Math.abs(normalCdf(-1.959963984540054) - 0.025) < 1e-15);
  });

  it('rejects a true hypothesis as often as it says, at all looks together', () => {
    const times = [0.5, 0.7, 0.8, 1];
    const bounds = boundsOf(times);
    const random = sfc32(7);
    const runs = 40_000;
    let rejected = 0;
    for (let run = 0; run < runs; run++) {
      let [motion, before] = [0, 0];
      const isOut = times.some((time, i) => {
        motion += Math.sqrt(time - before) * normal(random);
        before = time;
        return Math.abs(motion) / Math.sqrt(time) > (bounds[i] ?? 0);
      });
      if (isOut) rejected++;
    }
    assert.ok(Math.abs(rejected / runs - 0.05) < 0.004, `${rejected / runs}`);
  });

  it('gives a p-value that a single look leaves as it is, and that more looks make larger', () => {
    assert.equal(repeatedP(0.03, [1]), 0.03);
    for (const p of [1e-6, 0.004, 0.03, 0.4]) {
      const corrected = repeatedP(p, [0.6, 0.8, 1]);
      assert.ok(corrected > p && corrected < 1);
      const level = nominalLevels(corrected, [0.6, 0.8, 1]).at(-1) ?? 0;
      assert.ok(Math.abs(level / p - 1) < 2e-3, `${p}: ${level}`);
    }
  });

  it('spends nothing before there is information, and no more than all', () => {
    assert.equal(spentError(0.05, 0), 0);
    assert.equal(spentError(0.05, 1.2), 0.05);
    // A look that adds nothing allows nothing more, and takes nothing away.
    const [first, second] = nominalLevels(0.05, [0.9, 0.9, 1]);
    assert.equal(first, second);
  });
});
