import * as l10n from '@vscode/l10n';
import { TrainingError } from '../errors';
import type { Examples } from '../material/examples';
import { metricsOf } from '../metrics';
import type { Head } from '../networks/heads';
import type { Predictions } from '../result';
import type { MetricName, MetricSpec } from '../spec';
import { meanLoss, predictionsOf } from './predictions';

/** How good some weights are. Of two scores, the one of the better metric wins; then the one of less loss. */
export interface Score {
  /** The more the better, whatever the metric. */
  readonly value: number;
  readonly loss: number;
}

export interface Judgement {
  readonly score: Score;
  /** Metrics by name, as they are shown. */
  readonly report: Readonly<Record<string, number>>;
}

export type Outputs = Readonly<Record<string, Float32Array>>;
/** Judges a model's outputs for examples that it was not trained on. */
export type Judge = (outputs: Outputs, examples: Examples) => Judgement;

export function isBetter(a: Score, b: Score | undefined): boolean {
  return b === undefined || a.value > b.value || (a.value === b.value && a.loss < b.loss);
}

/** Judges by the run's metric on the target. */
export function judgeTarget(head: Head, metric: MetricSpec): Judge {
  return (outputs, examples) => {
    const predictions = predictionsOf(head, outputOf(head, outputs), examples);
    const metrics = metricsOf(predictions);
    const loss = meanLoss(head, predictions);
    const value = metrics[metric.name as MetricName];
    // Few examples may lack a class, and some metrics then do not exist: the loss decides.
    const score = value === undefined ? -loss : metric.higherIsBetter ? value : -value;
    return { score: { value: score, loss }, report: { loss, ...metrics } };
  };
}

/** Judges by the mean error over all heads, as nothing is known of what the features will be used for. */
export function judgeAll(heads: readonly Head[]): Judge {
  return (outputs, examples) => {
    const losses = heads.map(head => meanLoss(head, predictionsOf(head, outputOf(head, outputs), examples)));
    const loss = losses.reduce((sum, each) => sum + each, 0) / losses.length;
    const report = Object.fromEntries(heads.map(({ task }, i) => [`${task}.loss`, losses[i] ?? 0]));
    return { score: { value: -loss, loss }, report: { loss, ...report } };
  };
}

export function outputOf({ layer }: Head, outputs: Outputs): Float32Array {
  return outputs[layer.name] ?? new Float32Array();
}

/** The run's metric of some predictions. @throws TrainingError `bad-metric` where it does not exist for them */
export function valueOf(
  metrics: Partial<Record<MetricName, number>>,
  metric: MetricSpec,
  { kind }: Predictions,
): number {
  const value = metrics[metric.name as MetricName];
  if (value !== undefined) return value;
  throw new TrainingError(
    'bad-metric',
    l10n.t(
      'The metric "{0}" cannot be computed for this test split: it has {1}, with {2}',
      metric.name,
      kind === 'values' ? l10n.t('numbers') : l10n.t('classes'),
      Object.keys(metrics).join(', '),
    ),
  );
}
