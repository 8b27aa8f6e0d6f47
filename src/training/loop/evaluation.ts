import type { LayersModel } from '@tensorflow/tfjs-layers';
import { throwIfAborted } from '../../common/abort';
import { type Weights, compileInference } from '../../engine';
import { type Head, INPUT } from '../architectures/network';
import { type Examples, sameType, widthOf } from '../datasets/examples';
import type { MetricName, MetricSpec, Predictions } from '../../protocol/job-files';
import { metricsOf } from '../metrics';
import { trainingError } from '../training-error';
import { predictionsOf } from './predictions';
import { classLabels, metricUnavailable, numericLabels } from '../../messages/training-messages';
import { entryOf } from '../../common/named-entries';

/** A compiled model's outputs for any number of examples. */
export interface Predictor {
  /** By the name of the output: `[count, width]`, row by row. */
  readonly predict: (
    examples: Examples,
    options: { readonly signal: AbortSignal; readonly weights?: Weights },
  ) => Promise<Readonly<Record<string, Float32Array>>>;
  readonly dispose: () => Promise<void>;
}

/** Examples to a batch: large enough for speed, small enough to stop soon. */
const BATCH = 64;

export async function createPredictor(model: LayersModel): Promise<Predictor> {
  const inference = await compileInference(model, { batchSize: BATCH, threads: 1 });
  return {
    dispose: inference.dispose,
    predict: async ({ count, shape, inputs }, { signal, weights }) => {
      const width = widthOf(shape);
      const outputs = new Map<string, Float32Array>();
      for (let first = 0; first < count; first += BATCH) {
        throwIfAborted(signal);
        const rows = Math.min(BATCH, count - first);
        const batch = sameType(inputs, BATCH * width);
        batch.set(inputs.subarray(first * width, (first + rows) * width));
        for (const [name, values] of Object.entries(await inference.run({ [INPUT]: batch }, weights))) {
          const each = values.length / BATCH;
          const output = outputs.get(name) ?? new Float32Array(count * each);
          outputs.set(name, output);
          output.set(values.subarray(0, rows * each), first * each);
        }
      }
      return Object.fromEntries(outputs);
    },
  };
}

/** The mean error of predictions: cross-entropy in nats, or the square in standard deviations of the label. */
function meanLoss(
  { label }: Pick<Head, 'label'>,
  { kind, labels, predictions, width = 1 }: Predictions,
): number {
  const losses = labels.map((truth, row) => {
    if (label.kind === 'real') return ((truth - (predictions[row] ?? 0)) / label.deviation) ** 2;
    if (kind !== 'scores') return Number(truth !== predictions[row]);
    const score = predictions[width === 1 ? row : row * width + truth] ?? 0;
    return -Math.log(Math.max(1e-12, width === 1 && truth === 0 ? 1 - score : score));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}

/** How good some weights are. Of two scores, the one of the better metric wins; then the one of less loss. */
export interface Score {
  /** The more the better, whatever the metric. */
  readonly value: number;
  readonly loss: number;
}

export interface EvaluationResult {
  readonly score: Score;
  /** Metrics by name, as they are shown. */
  readonly report: Readonly<Record<string, number>>;
}

export type Outputs = Readonly<Record<string, Float32Array>>;
/** Judges a model's outputs for examples that it was not trained on. */
export type Evaluator = (outputs: Outputs, examples: Examples) => EvaluationResult;

export function isBetter(a: Score, b: Score | undefined): boolean {
  return b === undefined || a.value > b.value || (a.value === b.value && a.loss < b.loss);
}

/** Judges by the run's metric on the target. */
export function evaluatorForTarget(head: Head, metric: MetricSpec): Evaluator {
  return (outputs, examples) => {
    const predictions = predictionsOf(head, outputOf(head, outputs), examples);
    return judgePredictions(predictions, head.label, metric);
  };
}

/** How good predictions are by the run's metric. */
export function judgePredictions(
  predictions: Predictions,
  label: Head['label'],
  metric: MetricSpec,
): EvaluationResult {
  const metrics = metricsOf(predictions);
  const loss = meanLoss({ label }, predictions);
  const value = metrics[metric.name as MetricName];
  // Few examples may lack a class, and some metrics then do not exist: the loss decides.
  const score = value === undefined ? -loss : metric.higherIsBetter ? value : -value;
  return { score: { value: score, loss }, report: { loss, ...metrics } };
}

/** Judges by the mean error over all heads, as nothing is known of what the features will be used for. */
export function evaluatorForHeads(heads: readonly Head[]): Evaluator {
  return (outputs, examples) => {
    const losses = heads.map(head => meanLoss(head, predictionsOf(head, outputOf(head, outputs), examples)));
    const loss = losses.reduce((sum, each) => sum + each, 0) / losses.length;
    const report = Object.fromEntries(heads.map(({ task }, i) => [`${task}.loss`, losses[i] ?? 0]));
    return { score: { value: -loss, loss }, report: { loss, ...report } };
  };
}

export function outputOf({ layer }: Head, outputs: Outputs): Float32Array {
  return entryOf(outputs, layer.name) ?? new Float32Array();
}

/** The run's metric of some predictions. @throws TrainingError `bad-metric` where it does not exist for them */
export function metricValue(
  metrics: Partial<Record<MetricName, number>>,
  metric: MetricSpec,
  { kind }: Predictions,
): number {
  const value = metrics[metric.name as MetricName];
  if (value !== undefined) return value;
  throw trainingError(
    'bad-metric',
    metricUnavailable({
      metric: metric.name,
      labels: kind === 'values' ? numericLabels() : classLabels(),
      available: Object.keys(metrics).join(', '),
    }),
  );
}
