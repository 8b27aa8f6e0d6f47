import { sfc32 } from '../common/random';
import type { MetricName, Predictions } from '../protocol/job-files';
import { trainingError } from './training-error';

/** Draws of a test split with replacement: how often each example was drawn, one array for each draw. */
export type Resamples = readonly Uint16Array[] & {
  /** How many groups were drawn from, where examples of a group are drawn together. */
  readonly groups?: number;
};

/** Draws of a bootstrap; the error of its standard error is then about 2 % (Efron & Tibshirani 1993, §6.4). */
export const RESAMPLES = 1000;

/** More examples than this are drawn fewer times: their share of the variance is small and known well. */
const MOST_DRAWN = 20_000_000;

/**
 * The same draws for all arms and seeds, so that what is compared is compared on the same examples.
 *
 * @param groups which group each example is of: groups are drawn whole, for their examples are alike (cluster
 * bootstrap, Davison & Hinkley 1997, §3.8)
 */
export function drawResamples(
  examples: number,
  seed: number,
  count = RESAMPLES,
  groups?: readonly number[],
): Resamples {
  const random = sfc32(seed);
  const draws = Math.max(100, Math.min(count, Math.floor(MOST_DRAWN / Math.max(1, examples))));
  const members = groups && groups.length === examples ? membersOf(groups) : undefined;
  const made = Array.from({ length: draws }, () => {
    const weights = new Uint16Array(examples);
    const units = members?.length ?? examples;
    for (let i = 0; i < units; i++) {
      const drawn = Math.floor(random() * units);
      for (const example of members ? (members[drawn] ?? []) : [drawn])
        weights[example] = (weights[example] ?? 0) + 1;
    }
    return weights;
  });
  return members ? Object.assign(made, { groups: members.length }) : made;
}

function membersOf(groups: readonly number[]): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  groups.forEach((group, example) => {
    const known = members.get(group) ?? [];
    members.set(group, known);
    known.push(example);
  });
  return [...members.values()];
}

/** How often each test example was drawn; absent where each counts once. */
export type Weights = ArrayLike<number>;

/** A metric of some predictions on a resample of their examples; `NaN` where it is not defined there. */
export type Scorer = (weights?: Weights) => number;

/** The metrics that can be computed here, by what was predicted. */
export const METRICS: Readonly<Record<Predictions['kind'], readonly MetricName[]>> = {
  classes: ['accuracy', 'balanced-accuracy', 'macro-f1'],
  scores: ['accuracy', 'balanced-accuracy', 'macro-f1', 'auroc'],
  values: ['r2', 'mae'],
};

/** All metrics that fit what was predicted, by name; those that are not defined (AUROC of one class) are left out. */
export function metricsOf(predictions: Predictions): Readonly<Partial<Record<MetricName, number>>> {
  const values = METRICS[predictions.kind].map(name => [name, prepare(predictions, name)()] as const);
  return Object.fromEntries(values.filter(([, value]) => !Number.isNaN(value)));
}

/**
 * Prepares a metric for being computed on many resamples.
 *
 * @throws TrainingError `bad-metric` where it does not fit the predictions, or they are empty, uneven or not finite
 */
export function scorer(predictions: Predictions, metric: MetricName): Scorer {
  const { kind, labels, predictions: given, width = 1 } = predictions;
  if (labels.length === 0) throw trainingError('bad-metric', 'There are no test examples.');
  if (given.length !== labels.length * (kind === 'scores' ? width : 1))
    throw trainingError('bad-metric', `There are ${given.length} predictions for ${labels.length} examples.`);
  if (!given.every(Number.isFinite) || !labels.every(Number.isFinite))
    throw trainingError('bad-metric', 'Some labels or predictions are not finite numbers.');
  if (!METRICS[kind].includes(metric))
    throw trainingError('bad-metric', `${metric} cannot be computed from predicted ${kind}.`);
  return prepare(predictions, metric);
}

function prepare(predictions: Predictions, metric: MetricName): Scorer {
  switch (metric) {
    case 'r2':
      return rSquared(predictions);
    case 'mae':
      return meanAbsoluteError(predictions);
    case 'auroc':
      return auroc(predictions);
    case 'accuracy':
    case 'balanced-accuracy':
    case 'macro-f1':
      return ofClasses(predictions, metric);
  }
}

/** The class that each example was given: the highest score, or one score of at least a half. */
export function classesOf({ kind, predictions, labels, width = 1 }: Predictions): readonly number[] {
  if (kind !== 'scores') return predictions;
  if (width === 1) return predictions.map(score => Number(score >= 0.5));
  return labels.map((_, example) => {
    let best = 0;
    for (let c = 1; c < width; c++)
      if ((predictions[example * width + c] ?? 0) > (predictions[example * width + best] ?? 0)) best = c;
    return best;
  });
}

/**
 * Accuracy; balanced accuracy, the mean recall of the classes that the resample has (Brodersen et al. 2010); macro F1,
 * the mean of 2·TP / (2·TP + FP + FN) over classes that are labelled or predicted (Opitz & Burst 2019).
 */
function ofClasses(given: Predictions, metric: 'accuracy' | 'balanced-accuracy' | 'macro-f1'): Scorer {
  const predicted = Int32Array.from(classesOf(given));
  const labels = Int32Array.from(given.labels);
  const classes =
    1 +
    labels.reduce(
      (most, c) => Math.max(most, c),
      predicted.reduce((a, b) => Math.max(a, b), 0),
    );
  const hits = new Float64Array(classes);
  const labelled = new Float64Array(classes);
  const named = new Float64Array(classes);
  return weights => {
    hits.fill(0);
    labelled.fill(0);
    named.fill(0);
    for (let i = 0; i < labels.length; i++) {
      const weight = weights === undefined ? 1 : (weights[i] ?? 0);
      const label = labels[i] ?? 0;
      const guess = predicted[i] ?? 0;
      labelled[label] = (labelled[label] ?? 0) + weight;
      named[guess] = (named[guess] ?? 0) + weight;
      if (label === guess) hits[label] = (hits[label] ?? 0) + weight;
    }
    let [sum, count] = [0, 0];
    for (let c = 0; c < classes; c++) {
      const [hit, own, guessed] = [hits[c] ?? 0, labelled[c] ?? 0, named[c] ?? 0];
      if (metric === 'accuracy') [sum, count] = [sum + hit, count + own];
      else if (metric === 'balanced-accuracy') {
        if (own > 0) [sum, count] = [sum + hit / own, count + 1];
      } else if (own + guessed > 0) [sum, count] = [sum + (2 * hit) / (own + guessed), count + 1];
    }
    return count === 0 ? NaN : sum / count;
  };
}

/** 1 − residual over total sum of squares; not defined where all labels are equal. */
function rSquared({ labels, predictions }: Predictions): Scorer {
  const squares = Float64Array.from(labels, (label, i) => (label - (predictions[i] ?? 0)) ** 2);
  return weights => {
    let [count, sum, square, residual] = [0, 0, 0, 0];
    for (let i = 0; i < squares.length; i++) {
      const weight = weights === undefined ? 1 : (weights[i] ?? 0);
      const label = labels[i] ?? 0;
      count += weight;
      sum += weight * label;
      square += weight * label * label;
      residual += weight * (squares[i] ?? 0);
    }
    const total = square - (sum * sum) / count;
    return total > 1e-12 * square ? 1 - residual / total : NaN;
  };
}

function meanAbsoluteError({ labels, predictions }: Predictions): Scorer {
  const errors = Float64Array.from(labels, (label, i) => Math.abs(label - (predictions[i] ?? 0)));
  return weights => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < errors.length; i++) {
      const weight = weights === undefined ? 1 : (weights[i] ?? 0);
      sum += weight * (errors[i] ?? 0);
      count += weight;
    }
    return count === 0 ? NaN : sum / count;
  };
}

/**
 * The area under the ROC curve: how often a positive example scores above a negative one, ties counting half (Mann &
 * Whitney 1947; Hanley & McNeil 1982). Of several classes the mean over each against the rest, of those that the
 * resample has both sides of (Fawcett 2006).
 */
function auroc({ labels, predictions, width = 1 }: Predictions): Scorer {
  const positives = width === 1 ? [1] : Array.from({ length: width }, (_, c) => c);
  const areas = positives.map(c => {
    const column = width === 1 ? 0 : c;
    const scores = Float64Array.from(labels, (_, i) => predictions[i * width + column] ?? 0);
    return areaOf(
      scores,
      Uint8Array.from(labels, label => Number(label === c)),
    );
  });
  return weights => {
    let [sum, count] = [0, 0];
    for (const area of areas) {
      const value = area(weights);
      if (!Number.isNaN(value)) [sum, count] = [sum + value, count + 1];
    }
    return count === 0 ? NaN : sum / count;
  };
}

function areaOf(scores: Float64Array, isPositive: Uint8Array): Scorer {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  return weights => {
    let [above, negatives, positives] = [0, 0, 0];
    for (let i = 0; i < order.length;) {
      const score = scores[order[i] ?? 0];
      let [tiedPositive, tiedNegative] = [0, 0];
      for (; i < order.length && scores[order[i] ?? 0] === score; i++) {
        const example = order[i] ?? 0;
        const weight = weights === undefined ? 1 : (weights[example] ?? 0);
        if (isPositive[example] === 1) tiedPositive += weight;
        else tiedNegative += weight;
      }
      above += tiedPositive * (negatives + tiedNegative / 2);
      positives += tiedPositive;
      negatives += tiedNegative;
    }
    return positives > 0 && negatives > 0 ? above / (positives * negatives) : NaN;
  };
}
