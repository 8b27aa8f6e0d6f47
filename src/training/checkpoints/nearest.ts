import type { FeatureRows } from '../baselines/features';
import type { BaselineTargets } from '../baselines/baseline-targets';

/** The rows brought to length 1, so that their products are cosines. */
export function unitRows({ count, width, values }: FeatureRows): Float32Array {
  const unit = Float32Array.from(values);
  for (let row = 0; row < count; row++) {
    let squares = 0;
    for (let i = row * width; i < (row + 1) * width; i++) squares += (unit[i] ?? 0) ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let i = row * width; i < (row + 1) * width; i++) unit[i] = (unit[i] ?? 0) * scale;
  }
  return unit;
}

/** Logits are cosines times this: classes are told apart by their order, which it leaves as it is. */
const SHARPNESS = 10;

/**
 * Nearest class prototype: the mean of a class's unit vectors, compared by cosine (the nearest-centroid rule of few-shot
 * learning).
 *
 * @returns `[rows, classes]` logits
 */
export function prototypeScores(
  train: FeatureRows,
  targets: BaselineTargets,
  rows: FeatureRows,
): Float64Array {
  const { classes } = targets;
  const { width } = train;
  const unit = unitRows(train);
  const sums = new Float64Array(classes * width);
  for (let row = 0; row < train.count; row++) {
    const to = (targets.values[row] ?? 0) * width;
    for (let i = 0; i < width; i++) sums[to + i] = (sums[to + i] ?? 0) + (unit[row * width + i] ?? 0);
  }
  const prototypes = unitRows({ count: classes, width, values: sums });
  const cosines = products(unitRows(rows), prototypes, width);
  return cosines.map(cosine => SHARPNESS * cosine);
}

/** How many neighbours are tried. */
export const NEIGHBOURS = [1, 3, 5, 10, 20];
/** Votes that a class has which no neighbour is of: its probability is small, not zero. */
const SMOOTHING = 0.05;

/**
 * The `k` nearest training examples by cosine, each counting as much as its cosine above −1.
 *
 * @returns `[rows, classes]` logarithms of the shares of votes; for numbers to predict, one weighted mean for each row
 */
export function neighbourScores(
  train: FeatureRows,
  targets: BaselineTargets,
  rows: FeatureRows,
  k: number,
): Float64Array {
  const { classes } = targets;
  const cosines = products(unitRows(rows), unitRows(train), train.width);
  const outputs = Math.max(1, classes);
  const scores = new Float64Array(rows.count * outputs);
  for (let row = 0; row < rows.count; row++) {
    const near = cosines.subarray(row * train.count, (row + 1) * train.count);
    const order = Array.from({ length: train.count }, (_, i) => i).sort(
      (a, b) => (near[b] ?? 0) - (near[a] ?? 0) || a - b,
    );
    let [sum, total] = [0, 0];
    const votes = new Float64Array(outputs);
    for (const i of order.slice(0, k)) {
      const weight = ((near[i] ?? 0) + 1) * (targets.weights[i] ?? 1);
      const value = targets.values[i] ?? 0;
      total += weight;
      if (classes === 0) sum += weight * value;
      else votes[value] = (votes[value] ?? 0) + weight;
    }
    if (classes === 0) scores[row] = total > 0 ? sum / total : 0;
    else
      votes.forEach((vote, c) => {
        scores[row * outputs + c] = Math.log(
          (vote / Math.max(1e-12, total) + SMOOTHING) / (1 + SMOOTHING * classes),
        );
      });
  }
  return scores;
}

/** All products of the rows of two tables of one width. */
function products(a: Float32Array, b: Float32Array, width: number): Float64Array {
  const [rows, others] = [a.length / width, b.length / width];
  const output = new Float64Array(rows * others);
  for (let row = 0; row < rows; row++)
    for (let other = 0; other < others; other++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += (a[row * width + i] ?? 0) * (b[other * width + i] ?? 0);
      output[row * others + other] = sum;
    }
  return output;
}
