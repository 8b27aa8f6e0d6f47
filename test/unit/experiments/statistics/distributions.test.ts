import assert from 'node:assert/strict';
import { holm } from '../../../../src/experiments/statistics/significance';
import {
  incompleteBeta,
  logGamma,
  tCdf,
  tQuantile,
} from '../../../../src/experiments/statistics/distributions';

function isNear(value: number, expected: number, tolerance = 1e-9): void {
  assert.ok(
    Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${value}, ${expected}`,
  );
}

// Expected figures: SciPy 1.10.1, stats.t.ppf, stats.t.cdf, special.betainc and special.gammaln.
describe('distributions', () => {
  it("are SciPy's", () => {
    isNear(tQuantile(0.975, 2), 4.302652729911275);
    isNear(tQuantile(0.975, 4), 2.7764451051977987);
    isNear(tQuantile(0.975, 2.7), 3.392148383176445);
    isNear(tQuantile(0.995, 31.4), 2.7417727735665873);
    isNear(tQuantile(0.6, 1), 0.32491969623407446);
    isNear(tQuantile(0.4, 1), -0.32491969623407446);
    isNear(tCdf(-2.3, 3), 0.05249418032223499);
    isNear(tCdf(1.1, 7.5), 0.8473092835537337);
    isNear(tCdf(0.2, 400), 0.5792088902864316);
    isNear(incompleteBeta(0.3, 2.5, 0.5), 0.01892712407194565);
    isNear(incompleteBeta(0.01, 0.5, 40), 0.6286139767460155);
    isNear(logGamma(0.3), 1.0957979948180756);
    isNear(logGamma(123.4), 469.3360974421906);
  });
});

describe("Holm's correction", () => {
  it('multiplies by how many hypotheses are left', () => {
    // The example of R's p.adjust(c(0.01, 0.02, 0.03, 0.04), "holm").
    assert.deepEqual(
      holm([0.01, 0.02, 0.03, 0.04]).map(p => Number(p.toFixed(6))),
      [0.04, 0.06, 0.06, 0.06],
    );
    assert.deepEqual(holm([0.5, 0.001, 0.6]), [1, 0.003, 1]);
    assert.deepEqual(holm([]), []);
  });
});
