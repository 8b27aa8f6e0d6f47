import { minimize } from './minimize';
import type { SparseRows } from './features';

/** What each example should give: a class, or a number, and how much it counts. */
export interface LinearTargets {
  /** Class numbers, or numbers to predict. */
  readonly values: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  /** How many classes; 0 for numbers to predict. */
  readonly classes: number;
}

/** Weights of each output's features, output after output, then a bias for each output. */
export type LinearWeights = Float64Array;

const outputsOf = ({ classes }: LinearTargets): number => Math.max(1, classes);

/** Evaluations of the loss that a fit may take. */
const MOST_EVALUATIONS = 60;

/**
 * Multinomial logistic regression, or ridge regression: minimises the sum of the weighted losses and half the squares of
 * the weights over `strength`, as scikit-learn's `LogisticRegression(C=strength)` and `Ridge(alpha=1/strength)` do.
 *
 * @param start weights to begin with, such as those of a neighbouring strength
 */
export function fitLinear(
  rows: SparseRows,
  targets: LinearTargets,
  strength: number,
  start?: LinearWeights,
): LinearWeights {
  const outputs = outputsOf(targets);
  const size = outputs * (rows.width + 1);
  const bias = outputs * rows.width;
  const logits = new Float64Array(outputs);
  const evaluate = (weights: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < bias; i++) {
      const weight = weights[i] ?? 0;
      loss += (weight * weight) / (2 * strength);
      gradient[i] = weight / strength;
    }
    gradient.fill(0, bias);
    for (let row = 0; row < rows.count; row++) {
      const counts = targets.weights[row] ?? 1;
      if (counts === 0) continue;
      scoreRow(rows, row, weights, logits);
      loss += counts * errorOf(logits, targets, targets.values[row] ?? 0);
      addGradient(rows, row, logits, counts, gradient);
    }
    return loss;
  };
  const from = start?.length === size ? Float64Array.from(start) : new Float64Array(size);
  return minimize(evaluate, from, MOST_EVALUATIONS);
}

/** The loss of a row; `logits` become its derivatives. */
function errorOf(logits: Float64Array, { classes }: LinearTargets, value: number): number {
  if (classes === 0) {
    const error = (logits[0] ?? 0) - value;
    logits[0] = error;
    return (error * error) / 2;
  }
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp((logits[c] ?? 0) - most);
  const loss = Math.log(sum) - ((logits[value] ?? 0) - most);
  for (let c = 0; c < classes; c++) logits[c] = Math.exp((logits[c] ?? 0) - most) / sum - Number(c === value);
  return loss;
}

/** Writes the outputs of a row. */
function scoreRow(
  { width, starts, features, values }: SparseRows,
  row: number,
  weights: LinearWeights,
  logits: Float64Array,
): void {
  const outputs = logits.length;
  for (let c = 0; c < outputs; c++) logits[c] = weights[outputs * width + c] ?? 0;
  for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
    const value = values[i] ?? 0;
    if (value === 0) continue;
    const first = (features[i] ?? 0) * outputs;
    for (let c = 0; c < outputs; c++) logits[c] = (logits[c] ?? 0) + value * (weights[first + c] ?? 0);
  }
}

function addGradient(
  { width, starts, features, values }: SparseRows,
  row: number,
  slopes: Float64Array,
  counts: number,
  gradient: Float64Array,
): void {
  const outputs = slopes.length;
  for (let c = 0; c < outputs; c++)
    gradient[outputs * width + c] = (gradient[outputs * width + c] ?? 0) + counts * (slopes[c] ?? 0);
  for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
    const value = counts * (values[i] ?? 0);
    if (value === 0) continue;
    const first = (features[i] ?? 0) * outputs;
    for (let c = 0; c < outputs; c++)
      gradient[first + c] = (gradient[first + c] ?? 0) + value * (slopes[c] ?? 0);
  }
}

/** The outputs of all rows: logits of the classes, or one number each. */
export function scoreLinear(rows: SparseRows, weights: LinearWeights, classes: number): Float64Array {
  const outputs = Math.max(1, classes);
  const scores = new Float64Array(rows.count * outputs);
  for (let row = 0; row < rows.count; row++)
    scoreRow(rows, row, weights, scores.subarray(row * outputs, (row + 1) * outputs));
  return scores;
}
