import type { BaselineTargets } from './baseline-targets';
import type { FeatureRows } from './features';
import { minimize } from './minimize';

/** For each feature one weight for each output, then a constant for each output. */
export type LinearWeights = Float64Array;

export interface FitOptions {
  /** The inverse of the penalty on the weights: scikit-learn's `C` of classes, `1 / alpha` of numbers. */
  readonly strength: number;
  /** Weights to begin with, such as those of a neighbouring strength. */
  readonly start?: LinearWeights | undefined;
  /** The largest part of the gradient, of an example on average, that is left. */
  readonly tolerance?: number;
  /** Looks at all examples at most. */
  readonly most?: number;
  /** Waited for after each look: what it throws ends the fit. */
  readonly pause?: () => Promise<void>;
}

/** As scikit-learn's `LogisticRegression`. */
const TOLERANCE = 1e-4;

/** One output for each class, or for the number. */
const outputsOf = (classes: number): number => Math.max(1, classes);

/** How many numbers a model has. */
export function weightCount(width: number, classes: number): number {
  return outputsOf(classes) * (width + 1);
}

/**
 * Multinomial logistic regression, or ridge regression: minimises the weighted losses of all examples (cross-entropy, or
 * half the square) and half the squares of the weights over `strength`; the constants are free. That is what
 * scikit-learn's `LogisticRegression(C=strength)` and `Ridge(alpha=1/strength)` minimise.
 */
export async function fitLinear(
  rows: FeatureRows,
  targets: BaselineTargets,
  { strength, start, tolerance = TOLERANCE, most = 1000, pause }: FitOptions,
): Promise<LinearWeights> {
  const outputs = outputsOf(targets.classes);
  const size = weightCount(rows.width, targets.classes);
  const constants = outputs * rows.width;
  const slopes = new Float64Array(outputs);
  const evaluate = (weights: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < constants; i++) {
      const weight = weights[i] ?? 0;
      loss += weight * weight;
      gradient[i] = weight / strength;
    }
    loss /= 2 * strength;
    gradient.fill(0, constants);
    for (let row = 0; row < rows.count; row++) {
      const counts = targets.weights[row] ?? 1;
      scoreRow(rows, row, weights, slopes);
      loss += counts * lossOf(slopes, targets.classes, targets.values[row] ?? 0);
      addGradient(rows, row, slopes, counts, gradient);
    }
    return loss;
  };
  const from = start?.length === size ? start : new Float64Array(size);
  let total = 0;
  for (let row = 0; row < rows.count; row++) total += targets.weights[row] ?? 1;
  return minimize(evaluate, from, { most, tolerance: tolerance * total, ...(pause && { pause }) });
}

/** The loss of an example's outputs, which are replaced by its derivatives. */
function lossOf(outputs: Float64Array, classes: number, value: number): number {
  if (classes === 0) {
    const error = (outputs[0] ?? 0) - value;
    outputs[0] = error;
    return (error * error) / 2;
  }
  const own = outputs[value] ?? 0;
  const logSum = softmax(outputs);
  outputs[value] = (outputs[value] ?? 0) - 1;
  return logSum - own;
}

/** Logits become probabilities. @returns the logarithm of the sum of the logits' powers */
export function softmax(logits: Float64Array): number {
  let [most, sum] = [-Infinity, 0];
  for (let c = 0; c < logits.length; c++) most = Math.max(most, logits[c] ?? 0);
  for (let c = 0; c < logits.length; c++) sum += logits[c] = Math.exp((logits[c] ?? 0) - most);
  for (let c = 0; c < logits.length; c++) logits[c] = (logits[c] ?? 0) / sum;
  return most + Math.log(sum);
}

/** Where the values of a row begin and end. */
function placesOf({ sparse, width }: FeatureRows, row: number): readonly [from: number, to: number] {
  if (sparse) return [sparse.starts[row] ?? 0, sparse.starts[row + 1] ?? 0];
  return [row * width, (row + 1) * width];
}

function scoreRow(rows: FeatureRows, row: number, weights: LinearWeights, outputs: Float64Array): void {
  const { width, values, sparse } = rows;
  const count = outputs.length;
  for (let c = 0; c < count; c++) outputs[c] = weights[count * width + c] ?? 0;
  const [from, to] = placesOf(rows, row);
  for (let i = from; i < to; i++) {
    const value = values[i] ?? 0;
    if (value === 0) continue;
    const first = (sparse ? (sparse.features[i] ?? 0) : i - from) * count;
    for (let c = 0; c < count; c++) outputs[c] = (outputs[c] ?? 0) + value * (weights[first + c] ?? 0);
  }
}

function addGradient(
  rows: FeatureRows,
  row: number,
  slopes: Float64Array,
  counts: number,
  gradient: Float64Array,
): void {
  const { width, values, sparse } = rows;
  const count = slopes.length;
  const constants = count * width;
  for (let c = 0; c < count; c++) {
    slopes[c] = counts * (slopes[c] ?? 0);
    gradient[constants + c] = (gradient[constants + c] ?? 0) + (slopes[c] ?? 0);
  }
  const [from, to] = placesOf(rows, row);
  for (let i = from; i < to; i++) {
    const value = values[i] ?? 0;
    if (value === 0) continue;
    const first = (sparse ? (sparse.features[i] ?? 0) : i - from) * count;
    for (let c = 0; c < count; c++)
      gradient[first + c] = (gradient[first + c] ?? 0) + value * (slopes[c] ?? 0);
  }
}

/** The outputs of all rows: a logit for each class, or one number. */
export function scoreLinear(rows: FeatureRows, weights: LinearWeights, classes: number): Float64Array {
  const outputs = outputsOf(classes);
  const scores = new Float64Array(rows.count * outputs);
  for (let row = 0; row < rows.count; row++)
    scoreRow(rows, row, weights, scores.subarray(row * outputs, (row + 1) * outputs));
  return scores;
}
