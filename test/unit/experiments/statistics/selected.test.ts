import assert from 'node:assert/strict';
import { selectedGain } from '../../../../src/experiments/statistics/selected-gain';
import { estimate } from '../../../../src/experiments/statistics/significance';
import { drawResamples, scorer } from '../../../../src/training/metrics';

describe('a gain that was selected', () => {
  it('is stated lower the less certain it is, and hardly where it is many errors large', () => {
    const stated = (error: number): number => selectedGain({ value: 0.1, error, df: 8 }, 0.02).value;
    assert.ok(stated(0.005) > 0.095);
    assert.ok(stated(0.02) < 0.09 && stated(0.02) > 0.05);
    assert.ok(stated(0.045) < 0.06 && stated(0.045) > 0);
    assert.ok(stated(0.045) < stated(0.02));
    assert.ok(
      Math.abs(
        selectedGain({ value: -0.1, error: 0.03, df: 8 }, 0.02).value +
          selectedGain({ value: 0.1, error: 0.03, df: 8 }, 0.02).value,
      ) < 1e-6,
    );
    const { low, high, value } = selectedGain({ value: 0.1, error: 0.03, df: 8 }, 0.02);
    assert.ok(low < value && value < high);
  });
});

describe('intervals', () => {
  it('are as wide as groups differ where examples come in groups', () => {
    const groups = Array.from({ length: 200 }, (_, i) => Math.floor(i / 20));
    // Whole groups are right or wrong.
    const labels = groups.map(() => 1);
    const predictions = groups.map(group => Number(group % 3 > 0));
    const score = scorer({ kind: 'classes', labels, predictions }, 'accuracy');
    const errorWith = (given?: readonly number[]): number =>
      estimate([{ value: score(), score }], drawResamples(200, 1, 1000, given)).error;
    const expected = Math.sqrt((0.6 * 0.4) / 9);
    assert.ok(Math.abs(errorWith(groups) - expected) < 0.02, String(errorWith(groups)));
    assert.ok(errorWith() < expected / 3);
    assert.equal(estimate([{ value: score(), score }], drawResamples(200, 1, 1000, groups)).df, 9);
  });

  it('do not shrink with seeds that share their training examples as with those that do not', () => {
    const seeds = [0.7, 0.72, 0.74, 0.76, 0.78].map(value => ({ value }));
    const apart = estimate(seeds, []).error;
    const shared = estimate(seeds, [], undefined, { overlap: 1 }).error;
    assert.ok(shared > 1.25 * apart && shared < 1.5 * apart, `${shared / apart}`);
  });
});
