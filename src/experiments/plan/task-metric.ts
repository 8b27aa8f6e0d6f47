import type { MetricName, MetricSpec, TaskSpec } from '../../protocol/job-files';
import { entryOf } from '../../common/named-entries';

const NAMES: Readonly<Record<string, MetricName>> = {
  accuracy: 'accuracy',
  acc: 'accuracy',
  'balanced-accuracy': 'balanced-accuracy',
  'balanced-acc': 'balanced-accuracy',
  f1: 'macro-f1',
  'f1-score': 'macro-f1',
  'macro-f1': 'macro-f1',
  auroc: 'auroc',
  auc: 'auroc',
  'roc-auc': 'auroc',
  r2: 'r2',
  mae: 'mae',
  'mean-absolute-error': 'mae',
};

const FITTING: Readonly<Record<NonNullable<TaskSpec['kind']>, readonly MetricName[]>> = {
  class: ['balanced-accuracy', 'macro-f1', 'accuracy', 'auroc'],
  binary: ['auroc', 'balanced-accuracy', 'macro-f1', 'accuracy'],
  real: ['r2', 'mae'],
};

/** What a metric's own name says: errors, losses and distances are better when they are low. */
const LOWER_IS_BETTER =
  /(?:^|[^a-z])(?:error|err|loss|mae|mse|rmse|wer|cer|per|eer|perplexity|ppl|distance|fid)(?:$|[^a-z])/;

/**
 * The metric that a task is judged by: what is annotated where it fits, else one that chance and unequal classes
 * do not flatter: balanced accuracy for classes (Brodersen et al., The balanced accuracy and its posterior
 * distribution, 2010), the area under the ROC curve for one class against the rest (Fawcett, An introduction to ROC
 * analysis, 2006), R² for numbers.
 */
export function metricFor(
  kind: NonNullable<TaskSpec['kind']>,
  annotated: string | undefined,
): { readonly metric: MetricSpec; readonly isAnnotated: boolean } {
  const asked = annotated === undefined ? undefined : entryOf(NAMES, canonical(annotated));
  const fitting = FITTING[kind];
  const isAnnotated = asked !== undefined && fitting.includes(asked);
  const name = isAnnotated ? asked : (fitting[0] ?? 'accuracy');
  return { metric: { name, higherIsBetter: isHigherBetter(name) }, isAnnotated };
}

/** Of the metrics that are measured here. */
export function isHigherBetter(metric: string): boolean {
  return metric !== 'mae';
}

/** The metric of a program of the user's own: called what they call it. */
export function programMetric(annotated: string | undefined): MetricSpec {
  const name = annotated ?? 'accuracy';
  return { name, higherIsBetter: !LOWER_IS_BETTER.test(canonical(name)) };
}

/** Fractions, whatever a program calls them: a value beyond 1 is in per cent, or of something else. */
const FRACTION =
  /^(?:(?:top-?\d+|balanced|macro|micro|weighted|mean|average)-)*(?:accuracy|acc|precision|recall|sensitivity|specificity|f1(?:-score)?|auroc|auc|roc-auc|auprc|pr-auc|average-precision|iou|miou|dice|jaccard)(?:-score|-macro|-micro|-weighted)?$/;

/** Errors, which are 0 at best. */
const NOT_NEGATIVE = /^(?:r?mse|mae|mape|wer|cer|mean-(?:absolute|squared)-error|perplexity|ppl)$/;

/**
 * The least and the most that a metric can be by its name; of a name that says nothing, any number.
 */
export function knownRangeOf(name: string): readonly [number, number] {
  const its = canonical(name);
  if (FRACTION.test(its)) return [0, 1];
  if (NOT_NEGATIVE.test(its)) return [0, Infinity];
  if (its === 'mcc' || its === 'kappa' || its === 'matthews-correlation') return [-1, 1];
  return its === 'r2' ? [-Infinity, 1] : [-Infinity, Infinity];
}

/** Whether two names are of one metric: `roc_auc` and `AUROC`, but not `f1` and `accuracy`. */
export function isSameMetric(one: string, other: string): boolean {
  const [a, b] = [canonical(one), canonical(other)];
  return a === b || (entryOf(NAMES, a) !== undefined && entryOf(NAMES, a) === entryOf(NAMES, b));
}

function canonical(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[_\s]+/g, '-');
}

/**
 * The largest difference that counts as a tie, unless the project says otherwise: three points of a metric from 0 to 1. A
 * tie must be shown, and what 400 test examples and five seeds can show to be equal is not finer.
 */
const TIE_MARGIN = 0.03;

/**
 * What counts as a small difference, whatever the margin: one point, about what repeating a training with other seeds
 * moves it by (Bouthillier et al. 2021; the tuning playbook, Godbole et al. 2023).
 */
const SMALL = 0.01;

const SHARES = new Set(['accuracy', 'balanced-accuracy', 'macro-f1', 'auroc', 'r2']);

/** The margin in the metric's own unit; of one without a fixed scale, that part of what the control reaches. */
export function marginOf(metric: MetricSpec, control: number, tieMargin = TIE_MARGIN): number {
  return scaled(metric, control, tieMargin);
}

/** A small difference in the metric's own unit. */
export function smallDifference(metric: MetricSpec, control: number): number {
  return scaled(metric, control, SMALL);
}

function scaled({ name }: MetricSpec, control: number, part: number): number {
  return SHARES.has(name) ? part : part * Math.abs(control);
}

/** The smallest step of a metric: that of one test example where it counts examples; none of others. */
export function resolutionOf({ name }: MetricSpec, tested: number): number {
  return SHARES.has(name) && name !== 'r2' && tested > 0 ? 1 / tested : 0;
}

/** What a metric can be at best; unknown for a program's own. */
export function idealOf({ name }: MetricSpec): number | undefined {
  if (SHARES.has(name)) return 1;
  return name === 'mae' ? 0 : undefined;
}

/** The least and the most that a metric can be. */
export function rangeOf({ name }: MetricSpec): readonly [number, number] {
  if (name === 'r2') return [-Infinity, 1];
  if (name === 'mae') return [0, Infinity];
  return SHARES.has(name) ? [0, 1] : [-Infinity, Infinity];
}
