import { normal, sfc32, type Random } from '../../src/common/random';
import { type SeedResult, estimate, interval } from '../../src/experiments/statistics/significance';
import { drawResamples, scorer } from '../../src/training/metrics';
import type { Finding } from './finding';

const INPUTS = 6;
const TRAINED = 200;
const TESTED = 1000;
const SEEDS = 5;

interface Sample {
  readonly inputs: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

function sample(count: number, random: Random): Sample {
  const inputs = Array.from({ length: count }, () => Array.from({ length: INPUTS }, () => normal(random)));
  const labels = inputs.map(([a = 0, b = 0, c = 0, d = 0]) =>
    Number(a + b * c - 0.5 * d + 0.7 * normal(random) > 0),
  );
  return { inputs, labels };
}

/** Ridge regression on random ReLU features: a network whose first layer is left as it was drawn. */
function learn(
  { inputs, labels }: Sample,
  width: number,
  random: Random,
): (row: readonly number[]) => number {
  const layer = Array.from({ length: width }, () => Array.from({ length: INPUTS + 1 }, () => normal(random)));
  const features = (row: readonly number[]): number[] =>
    layer.map(weights =>
      Math.max(
        0,
        row.reduce((sum, each, i) => sum + each * (weights[i] ?? 0), weights[INPUTS] ?? 0),
      ),
    );
  const rows = inputs.map(features);
  const matrix = layer.map((_, i) =>
    layer.map((__, j) => rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), i === j ? 5 : 0)),
  );
  const right = layer.map((_, i) =>
    rows.reduce((sum, row, at) => sum + (row[i] ?? 0) * (2 * (labels[at] ?? 0) - 1), 0),
  );
  const weights = solve(matrix, right);
  return row => Number(features(row).reduce((sum, each, i) => sum + each * (weights[i] ?? 0), 0) > 0);
}

/** Gauss elimination of a matrix that is positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const [pivot, row] = [rows[i], rows[j]];
      if (!pivot || !row || i === j) continue;
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1);
      for (let at = i; at <= size; at++) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
};

/**
 * Intervals of the difference of two learners whose five seeds all train on the same examples and differ in their first
 * layers: the truth is the difference over all training and test examples that could be drawn. Also, which share of the
 * variance of a training comes from its examples, which no number of seeds averages out.
 */
export function sharedTrainingCoverage(runs: number): Finding {
  const pilots = Array.from({ length: runs }, (_, run) => {
    const random = sfc32(run * 7919 + 29);
    const [train, test] = [sample(TRAINED, random), sample(TESTED, random)];
    const arm = (width: number): SeedResult[] =>
      Array.from({ length: SEEDS }, () => {
        const predict = learn(train, width, random);
        const score = scorer(
          { kind: 'classes', labels: test.labels, predictions: test.inputs.map(predict) },
          'accuracy',
        );
        return { value: score(), score };
      });
    return { control: arm(8), other: arm(16), resamples: drawResamples(TESTED, run, 200) };
  });
  const differences = pilots.map(({ control, other }) =>
    other.map(({ value }, i) => value - (control[i]?.value ?? 0)),
  );
  const truth = mean(differences.flat());
  const covered = (overlap: number): number =>
    mean(
      pilots.map(({ control, other, resamples }) => {
        const { low, high } = interval(estimate(other, resamples, control, { overlap }));
        return Number(low <= truth && truth <= high);
      }),
    );
  const within = mean(differences.map(variance));
  // Of the test examples' draw: a difference of two shares that depend on one another.
  const ofTest = mean(
    pilots.map(({ control, other, resamples }) => {
      const drawn = resamples.map(weights =>
        mean(other.map(({ score }, i) => (score?.(weights) ?? 0) - (control[i]?.score?.(weights) ?? 0))),
      );
      return variance(drawn);
    }),
  );
  const ofExamples = Math.max(0, variance(differences.map(mean)) - within / SEEDS - ofTest);
  const share = ofExamples / (ofExamples + within);
  const [known, ignored] = [covered(1), covered(0)];
  return {
    seen: `${(100 * known).toFixed(1)} % (${(100 * ignored).toFixed(1)} % as if seeds were apart); examples are ${(100 * share).toFixed(0)} % of the variance of trainings`,
    holds: known >= 0.9,
  };
}
