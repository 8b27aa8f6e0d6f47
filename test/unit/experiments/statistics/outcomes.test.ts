import assert from 'node:assert/strict';
import { chanceLevel } from '../../../../src/experiments/statistics/chance-level';
import { digamma, trigamma, trigammaInverse } from '../../../../src/experiments/statistics/distributions';
import {
  type Choice,
  cheapestWorthwhile,
  judge,
  settle,
} from '../../../../src/experiments/statistics/outcomes';
import { seedSpread } from '../../../../src/experiments/statistics/seed-spread';
import { type Estimate, estimate } from '../../../../src/experiments/statistics/significance';
import { whatWouldDecide } from '../../../../src/experiments/statistics/what-would-decide';
import { drawResamples, scorer } from '../../../../src/training/metrics';
import { normal, sfc32 } from '../../../../src/common/random';

const gain = (value: number, error: number, df = 30): Estimate => ({ value, error, df });
const outcomes = (gains: readonly Estimate[], margin = 0.03, seeds = 5): string[] =>
  judge(
    gains.map(each => ({ gain: each, seeds })),
    margin,
  ).map(({ outcome }) => outcome);

describe('the outcome of a comparison', () => {
  it('is better or worse where the corrected interval excludes zero, a tie within the margin, else undecided', () => {
    assert.deepEqual(outcomes([gain(0.06, 0.01), gain(-0.06, 0.01), gain(0, 0.01), gain(0.03, 0.02)]), [
      'better',
      'worse',
      'tie',
      'undecided',
    ]);
    // Two and a half errors are enough for one arm, not for one of five.
    assert.deepEqual(outcomes([gain(0.05, 0.02)]), ['better']);
    assert.equal(
      outcomes([gain(0.05, 0.02), ...Array.from({ length: 4 }, () => gain(0, 0.02))])[0],
      'undecided',
    );
  });

  it('is a tie where a difference is real and smaller than the margin, and never one of one seed', () => {
    assert.deepEqual(outcomes([gain(0.01, 0.002)]), ['tie']);
    assert.deepEqual(outcomes([gain(0.01, 0.002), gain(0.4, 0.01)], 0.03, 1), ['undecided', 'undecided']);
  });

  it('settles all comparisons together', () => {
    const settled = (gains: readonly Estimate[]): unknown => {
      const compared = gains.map(each => ({ gain: each, seeds: 5 }));
      const judged = judge(compared, 0.03);
      return settle(
        compared.map((each, i) => ({ ...each, outcome: judged[i]?.outcome ?? 'undecided' })),
        0.03,
      );
    };
    assert.deepEqual(settled([gain(0.1, 0.01), gain(0, 0.2)]), { kind: 'better', arms: [0] });
    assert.deepEqual(settled([gain(-0.1, 0.01), gain(-0.2, 0.01)]), { kind: 'control' });
    // The second is not shown to be worse, yet cannot gain more than the margin.
    assert.deepEqual(settled([gain(0, 0.01), gain(-0.03, 0.02)]), { kind: 'tie', arms: [0] });
    assert.deepEqual(settled([gain(0, 0.01), gain(0.03, 0.03)]), { kind: 'undecided' });
  });
});

describe('the choice between better arms', () => {
  const choose = (gains: Readonly<Record<string, number>>, error = 0.001): string | undefined =>
    cheapestWorthwhile(
      Object.keys(gains).map((arm, i): Choice<string> => ({ arm, cost: 1, order: i })),
      0.03,
      (cheaper, costlier) => {
        const value = (gains[costlier] ?? 0) - (gains[cheaper] ?? 0);
        return { measured: gain(value, error), expected: error < 0.01 ? value : value / 2 };
      },
    );

  it('takes a costlier one only where it is expected to gain more than the margin', () => {
    assert.equal(choose({ cheap: 0.06, costly: 0.08 }), 'cheap');
    assert.equal(choose({ cheap: 0.06, costly: 0.1 }), 'costly');
    assert.equal(choose({ cheap: 0.06, middle: 0.1, costly: 0.12 }), 'middle');
    assert.equal(choose({ cheap: 0.06, costly: 0.1 }, 0.03), 'cheap');
  });
});

describe('what would decide', () => {
  const labels = Array.from({ length: 300 }, (_, i) => i % 2);
  const measured = (level: number, seeds: number, seed: number): ReturnType<typeof one>[] =>
    Array.from({ length: seeds }, (_, i) => one(level, seed + i));
  function one(level: number, seed: number): { value: number; score: ReturnType<typeof scorer> } {
    const random = sfc32(seed);
    const right = level + 0.02 * normal(random);
    const predictions = labels.map(label => (random() < right ? label : 1 - label));
    const score = scorer({ kind: 'classes', labels, predictions }, 'accuracy');
    return { value: score(), score };
  }

  it('is fewer test examples the larger the difference is, and nothing where no number would', () => {
    const draws = drawResamples(300, 1, 200);
    const found = estimate(measured(0.75, 3, 1), draws, measured(0.72, 3, 50));
    const needed = [0.05, 0.03, 0.02].map(
      value => whatWouldDecide({ ...found, value }, 0.001, 0.95).testExamples ?? Infinity,
    );
    assert.ok((needed[0] ?? 0) <= (needed[1] ?? 0) && (needed[1] ?? 0) <= (needed[2] ?? 0), needed.join());
    // Between the margin and zero lies what neither can be shown of.
    assert.deepEqual(whatWouldDecide({ ...found, value: 0.0001 }, 0.0001, 0.95), {});
    assert.deepEqual(whatWouldDecide(gain(0.02, 0.02), 0.03, 0.95), {});
  });
});

describe('the spread of seeds', () => {
  const points = (sd: number, count: number, seed: number): { n: number; seeds: number[] }[] => {
    const random = sfc32(seed);
    return Array.from({ length: count }, () => ({
      n: 100,
      seeds: Array.from({ length: 3 }, () => sd * normal(random)),
    }));
  };

  it('is a stated one before anything is measured, and then what all comparisons tell', () => {
    assert.deepEqual(seedSpread([], 0.02)(100), { df: 2, variance: 0.0004 });
    const { df, variance } = seedSpread(points(0.05, 40, 3), 0.02)(100);
    assert.ok(df > 4 && Math.abs(Math.sqrt(variance) - 0.05) < 0.01, `${df} ${variance}`);
  });

  it('counts less where the arms differ in theirs', () => {
    const unlike = [...points(0.001, 10, 1), ...points(0.2, 10, 2)];
    assert.ok(seedSpread(unlike, 0.02)(100).df < seedSpread(points(0.05, 20, 5), 0.02)(100).df);
  });
});

describe('chance', () => {
  it('is what a model reaches that does not look at its inputs', () => {
    const labels = [0, 0, 0, 1];
    const given = { kind: 'classes', labels, predictions: labels } as const;
    assert.equal(chanceLevel(given, 'accuracy'), 0.75);
    assert.equal(chanceLevel(given, 'balanced-accuracy'), 0.5);
    assert.equal(chanceLevel(given, 'macro-f1'), 0.5);
    assert.equal(chanceLevel({ kind: 'scores', labels, predictions: labels, width: 1 }, 'auroc'), 0.5);
    const values = { kind: 'values', labels: [1, 2, 9], predictions: [1, 2, 9] } as const;
    assert.equal(chanceLevel(values, 'r2'), 0);
    assert.ok(Math.abs((chanceLevel(values, 'mae') ?? 0) - 8 / 3) < 1e-12);
    assert.equal(chanceLevel({ ...values, labels: [] }, 'mae'), undefined);
  });
});

describe('the derivatives of the gamma function', () => {
  it('have their known values', () => {
    assert.ok(Math.abs(digamma(1) + 0.577215664901533) < 1e-12);
    assert.ok(Math.abs(digamma(0.5) + 1.96351002602142) < 1e-12);
    assert.ok(Math.abs(trigamma(1) - Math.PI ** 2 / 6) < 1e-12);
    assert.ok(Math.abs(trigamma(0.5) - Math.PI ** 2 / 2) < 1e-12);
    for (const x of [0.1, 1, 7.5, 300]) assert.ok(Math.abs(trigammaInverse(trigamma(x)) - x) < 1e-6 * x);
  });
});
