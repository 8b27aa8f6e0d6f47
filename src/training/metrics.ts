import type { MetricName } from './job-spec';
import type { Predictions } from './job-result';

/** All metrics that fit what was predicted, by name; undefined ones (one class only) are left out. */
export function metricsOf(test: Predictions): Partial<Record<MetricName, number>> {
  if (test.kind === 'values') return realMetrics(test.labels, test.predictions);
  const area = test.kind === 'scores' ? auroc(test) : undefined;
  return { ...classMetrics(test.labels, classesOf(test)), ...(area !== undefined && { auroc: area }) };
}

/** The class that each example was given: the highest score, or one score of at least a half. */
export function classesOf({ kind, predictions, labels, width = 1 }: Predictions): readonly number[] {
  if (kind !== 'scores') return predictions;
  if (width === 1) return predictions.map(score => Number(score >= 0.5));
  return labels.map((_, row) => {
    let best = 0;
    for (let i = 1; i < width; i++)
      if ((predictions[row * width + i] ?? 0) > (predictions[row * width + best] ?? 0)) best = i;
    return best;
  });
}

function classMetrics(
  labels: readonly number[],
  predicted: readonly number[],
): Partial<Record<MetricName, number>> {
  const hits = new Map<number, number>();
  const [ofLabel, ofPrediction] = [countsOf(labels), countsOf(predicted)];
  labels.forEach((label, i) => {
    if (label === predicted[i]) hits.set(label, (hits.get(label) ?? 0) + 1);
  });
  const classes = [...ofLabel.keys()];
  const mean = (of: (label: number) => number): number =>
    classes.reduce((sum, label) => sum + of(label), 0) / classes.length;
  const correct = [...hits.values()].reduce((sum, count) => sum + count, 0);
  return {
    accuracy: correct / labels.length,
    'balanced-accuracy': mean(label => (hits.get(label) ?? 0) / (ofLabel.get(label) ?? 1)),
    'macro-f1': mean(
      label => (2 * (hits.get(label) ?? 0)) / ((ofLabel.get(label) ?? 0) + (ofPrediction.get(label) ?? 0)),
    ),
  };
}

function countsOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The mean over classes of the area under the curve of each against all others. */
function auroc({ labels, predictions, width = 1 }: Predictions): number | undefined {
  const areas = Array.from({ length: width }, (_, i) =>
    area(
      labels.map(label => label === (width === 1 ? 1 : i)),
      labels.map((_label, row) => predictions[row * width + i] ?? 0),
    ),
  ).filter(value => value !== undefined);
  return areas.length === 0 ? undefined : areas.reduce((sum, value) => sum + value, 0) / areas.length;
}

/** By the ranks of the positives (Mann–Whitney), ties at their mean rank. */
function area(isPositive: readonly boolean[], scores: readonly number[]): number | undefined {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let ranks = 0;
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[first] ?? 0]) end++;
    for (let i = first; i < end; i++) if (isPositive[order[i] ?? 0]) ranks += (first + 1 + end) / 2;
    first = end;
  }
  const positives = isPositive.filter(Boolean).length;
  const negatives = isPositive.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

function realMetrics(
  labels: readonly number[],
  predicted: readonly number[],
): Partial<Record<MetricName, number>> {
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const total = labels.reduce((sum, label) => sum + (label - mean) ** 2, 0);
  const errors = labels.map((label, i) => label - (predicted[i] ?? NaN));
  const residual = errors.reduce((sum, error) => sum + error ** 2, 0);
  return {
    mae: errors.reduce((sum, error) => sum + Math.abs(error), 0) / labels.length,
    ...(total > 0 && { r2: 1 - residual / total }),
  };
}
