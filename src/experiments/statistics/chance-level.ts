import type { MetricName, Predictions } from '../../protocol/job-files';
import { metricsOf } from '../../training/metrics';
import { mean } from './significance';

/**
 * What a metric comes to where a model does not look at its inputs, on some test labels: for classes the better of
 * always the most frequent one and each as often as it occurs (whose F1 is its share); for numbers always the median,
 * or, of R², the mean. An area under the ROC curve is then a half.
 *
 * @returns `undefined` where there are no labels
 */
export function chanceLevel({ kind, labels }: Predictions, metric: MetricName): number | undefined {
  if (labels.length === 0) return undefined;
  if (metric === 'auroc') return 0.5;
  if (metric === 'r2') return 0;
  if (kind === 'values') {
    const sorted = [...labels].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return labels.reduce((sum, label) => sum + Math.abs(label - median), 0) / labels.length;
  }
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [most = 0] = [...counts].sort((a, b) => b[1] - a[1]).map(([label]) => label);
  const always = metricsOf({ kind: 'classes', labels, predictions: labels.map(() => most) })[metric] ?? 0;
  return metric === 'macro-f1' ? Math.max(always, 1 / counts.size) : always;
}

/** Whether a metric with its interval is not shown to be better than chance. */
export function isAtChance(
  { low, high }: { readonly low: number; readonly high: number },
  chance: number | undefined,
  higherIsBetter: boolean,
): boolean {
  return chance !== undefined && (higherIsBetter ? low <= chance : high >= chance);
}

/**
 * Whether the seeds reach the best that a metric can be, to less than one test example on average: more of anything cannot
 * show.
 *
 * @param resolution what one test example is worth, in the metric's unit
 */
export function isSaturated(
  seeds: readonly number[],
  ideal: number | undefined,
  resolution: number,
): boolean {
  return ideal !== undefined && Math.abs(mean(seeds) - ideal) < Math.max(resolution, 1e-9);
}
