import type { BaselineTargets } from '../baselines/baseline-targets';

/** First and second derivatives by all outputs: of all examples those of the first output, then the second's. */
export interface OutputDerivatives {
  readonly count: number;
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
}

/** A loss of outputs, which stand row by row. */
export interface Objective {
  /** Outputs of an example: one where there are two classes. */
  readonly outputs: number;
  /** The outputs that are best before anything is known of an example. */
  readonly base: (targets: BaselineTargets) => readonly number[];
  readonly derive: (scores: Float64Array, targets: BaselineTargets, into: OutputDerivatives) => void;
  /** The weighted mean. */
  readonly loss: (scores: Float64Array, targets: BaselineTargets) => number;
}

export function objectiveFor(classes: number): Objective {
  if (classes === 0) return SQUARED_ERROR;
  return classes === 2 ? LOG_LOSS : softmaxLoss(classes);
}

/** Curvatures below this are none: dividing by them would throw outputs far out. */
const FLAT = 1e-16;

const SQUARED_ERROR: Objective = {
  outputs: 1,
  base: targets => [weightedMean(targets, (_, value) => value)],
  derive(scores, { values, weights }, { slopes, curvatures }) {
    for (let row = 0; row < scores.length; row++) {
      const weight = weights[row] ?? 1;
      slopes[row] = weight * ((scores[row] ?? 0) - (values[row] ?? 0));
      curvatures[row] = weight;
    }
  },
  loss: (scores, targets) => weightedMean(targets, (row, value) => ((scores[row] ?? 0) - value) ** 2),
};

const LOG_LOSS: Objective = {
  outputs: 1,
  base(targets) {
    const share = shareOf(targets, 1);
    return [Math.log(share / (1 - share))];
  },
  derive(scores, { values, weights }, { slopes, curvatures }) {
    for (let row = 0; row < scores.length; row++) {
      const weight = weights[row] ?? 1;
      const probability = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
      slopes[row] = weight * (probability - (values[row] ?? 0));
      curvatures[row] = weight * Math.max(FLAT, probability * (1 - probability));
    }
  },
  loss: (scores, targets) =>
    weightedMean(targets, (row, value) => {
      const signed = (value === 1 ? -1 : 1) * (scores[row] ?? 0);
      return Math.max(0, signed) + Math.log1p(Math.exp(-Math.abs(signed)));
    }),
};

/** Of several classes; the curvature with the factor that redundant outputs call for (Friedman et al. 2000). */
function softmaxLoss(classes: number): Objective {
  const factor = classes / (classes - 1);
  const probabilities = new Float64Array(classes);
  const read = (scores: Float64Array, row: number): number => {
    let [most, sum] = [-Infinity, 0];
    for (let c = 0; c < classes; c++) most = Math.max(most, scores[row * classes + c] ?? 0);
    for (let c = 0; c < classes; c++)
      sum += probabilities[c] = Math.exp((scores[row * classes + c] ?? 0) - most);
    for (let c = 0; c < classes; c++) probabilities[c] = (probabilities[c] ?? 0) / sum;
    return most + Math.log(sum);
  };
  return {
    outputs: classes,
    base: targets => Array.from({ length: classes }, (_, c) => Math.log(shareOf(targets, c))),
    derive(scores, { values, weights }, { count, slopes, curvatures }) {
      for (let row = 0; row < count; row++) {
        read(scores, row);
        const weight = weights[row] ?? 1;
        for (let c = 0; c < classes; c++) {
          const probability = probabilities[c] ?? 0;
          slopes[c * count + row] = weight * (probability - Number(values[row] === c));
          curvatures[c * count + row] = weight * Math.max(FLAT, factor * probability * (1 - probability));
        }
      }
    },
    loss: (scores, targets) =>
      weightedMean(targets, (row, value) => read(scores, row) - (scores[row * classes + value] ?? 0)),
  };
}

function weightedMean(
  { values, weights }: BaselineTargets,
  of: (row: number, value: number) => number,
): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const weight = weights[row] ?? 1;
    sum += weight * of(row, values[row] ?? 0);
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

/** The share of a class, as if half an example more were of it, and half one of others, where there is none of either. */
function shareOf(targets: BaselineTargets, of: number): number {
  const share = weightedMean(targets, (_, value) => Number(value === of));
  const least = 0.5 / (targets.values.length + 1);
  return Math.min(1 - least, Math.max(least, share));
}
