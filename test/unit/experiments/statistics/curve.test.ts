import assert from 'node:assert/strict';
import {
  fitCurve,
  evaluateCurve,
  type SizeResults,
} from '../../../../src/experiments/statistics/data-size-curve';
import { breakEven, effectiveExamples } from '../../../../src/experiments/statistics/effective-examples';
import { fitPowerLaw } from '../../../../src/experiments/statistics/power-law';

const SIZES = [20, 60, 180, 540, 1620];
const OPTIONS = { higherIsBetter: true, ideal: 1, seed: 1 };

/** Three seeds around a level, their spread known. */
function points(level: (n: number) => number, spread = 0.002): SizeResults[] {
  return SIZES.map(n => ({ n, seeds: [level(n) - spread, level(n), level(n) + spread] }));
}

describe('a data-size curve', () => {
  it('is the power law that it was made from', () => {
    const law = fitPowerLaw(
      SIZES.map(n => ({ n, value: 0.95 - 1.2 * n ** -0.5, weight: 1 })),
      { higherIsBetter: true, ideal: 1, offset: true },
    );
    assert.ok(law);
    assert.ok(Math.abs(law.a - 0.95) < 0.002 && Math.abs(law.b + 1.2) < 0.03 && Math.abs(law.c - 0.5) < 0.01);
  });

  it('falls where lower is better', () => {
    const curve = fitCurve(
      points(n => 0.1 + 2 * n ** -0.4),
      { higherIsBetter: false, ideal: 0, seed: 1 },
    );
    assert.ok(curve.kind === 'power-law' && curve.law.b > 0);
    assert.ok(Math.abs(evaluateCurve(curve, 100).value - (0.1 + 2 * 100 ** -0.4)) < 0.01);
  });

  it('says how wrong it was about the largest size', () => {
    const curve = fitCurve(
      points(n => 1 - 1.2 * n ** -0.5),
      OPTIONS,
    );
    assert.ok(curve.kind === 'power-law' && curve.heldOut);
    assert.equal(curve.heldOut.n, 1620);
    assert.ok(Math.abs(curve.heldOut.predicted - curve.heldOut.measured) < 0.01);
  });

  it('is not read beyond four times the largest size', () => {
    const curve = fitCurve(
      points(n => 1 - 1.2 * n ** -0.5),
      OPTIONS,
    );
    assert.ok(curve.kind === 'power-law');
    assert.ok(evaluateCurve(curve, 4 * 1620).value < 1);
    assert.throws(() => evaluateCurve(curve, 4 * 1620 + 1), RangeError);
  });

  it('never promises more than there is to reach', () => {
    const curve = fitCurve(
      points(n => 0.3 + 0.09 * Math.log(n)),
      OPTIONS,
    );
    assert.ok(curve.kind === 'power-law' && curve.law.a <= 1);
  });

  it('is named where it does not behave', () => {
    const reasonOf = (given: readonly SizeResults[]): string => {
      const curve = fitCurve(given, OPTIONS);
      return curve.kind === 'ill-behaved' ? curve.reason : 'fitted';
    };
    const dip = points(n => 0.9 - n ** -0.5).map(point =>
      point.n === 180 ? { n: 180, seeds: [0.5, 0.501, 0.499] } : point,
    );
    assert.equal(reasonOf(dip), 'gets-worse');
    assert.equal(reasonOf(points(n => 0.7 + 1e-5 * n ** 0.1, 0.02)), 'flat');
    assert.equal(reasonOf(points(n => 0.9 - n ** -0.5).slice(0, 2)), 'too-few-sizes');
    assert.equal(reasonOf([]), 'too-few-sizes');
  });
});

describe('effective examples', () => {
  it('are never more than was measured where no curve fits', () => {
    const flat = [50, 130, 368].map(n => ({ n, seeds: [0.6, 0.61, 0.59] }));
    const curve = fitCurve(flat, { higherIsBetter: true, ideal: 1, seed: 1 });
    assert.equal(curve.kind, 'ill-behaved');
    for (const n of [50, 130, 368]) {
      const options = { higherIsBetter: true, seed: 1 };
      const worth = effectiveExamples({ n, seeds: [0.8, 0.81, 0.82] }, flat, curve, options);
      assert.deepEqual([worth?.atLeast, worth?.value], [true, 368 - n]);
      assert.ok((worth?.high ?? Infinity) <= 368 - n);
    }
  });

  const control = points(n => 0.95 - 1.2 * n ** -0.5);
  const curve = fitCurve(control, OPTIONS);

  it('are how many more the control needs to get there', () => {
    // The control reaches 0.95 − 1.2/√540 at 540: an arm that is there at 60 is worth 480 more.
    const arm = { n: 60, seeds: [0.89737, 0.89837, 0.89937] };
    const worth = effectiveExamples(arm, control, curve, { higherIsBetter: true, seed: 1 });
    assert.ok(worth && Math.abs(worth.value - 480) < 30, String(worth?.value));
    assert.ok(worth.low < 480 && worth.high > 480 && worth.atLeast === undefined);
  });

  it('are negative where an arm does worse', () => {
    const worth = effectiveExamples({ n: 540, seeds: [0.79, 0.795, 0.8] }, control, curve, {
      higherIsBetter: true,
      seed: 1,
    });
    assert.ok(worth && worth.value < -450);
  });

  it('are a bound where the control never gets there within reach', () => {
    const worth = effectiveExamples({ n: 60, seeds: [0.99, 0.99, 0.99] }, control, curve, {
      higherIsBetter: true,
      seed: 1,
    });
    assert.deepEqual([worth?.atLeast, worth?.value], [true, 1620 - 60]);
  });

  it('are unknown of a control that was measured once', () => {
    const once = control.slice(0, 1);
    const options = { higherIsBetter: true, seed: 1 };
    assert.equal(effectiveExamples({ n: 20, seeds: [0.9] }, once, curve, options), undefined);
  });
});

describe('break-even', () => {
  const at = (values: readonly number[]): { n: number; value: number; error: number; df: number }[] =>
    values.map((value, i) => ({ n: SIZES[i] ?? 0, value, error: 0.001, df: 4 }));

  it('is where the gain comes down to the margin', () => {
    const even = breakEven(at([0.1, 0.08, 0.03, -0.01, -0.01]), 0.01, 1);
    assert.ok(even && even.low < even.value && even.value < even.high);
    assert.ok(even.value > 180 && even.value < 540);
  });

  it('may lie up to four times beyond what was measured', () => {
    const even = breakEven(at([0.1, 0.08, 0.06, 0.04, 0.02]), 0.01, 1);
    assert.ok(even && even.value > 1620 && even.value < 4 * 1620);
    assert.equal(breakEven(at([0.1, 0.099, 0.098, 0.097, 0.096]), 0.01, 1), undefined);
  });

  it('is none where there was never a gain', () => {
    assert.equal(breakEven(at([-0.1, 0, 0.001, 0, 0]), 0.01, 1), undefined);
    assert.equal(breakEven([], 0.01, 1), undefined);
  });
});
