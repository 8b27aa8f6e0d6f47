import type { LayersModel } from '@tensorflow/tfjs-layers';
import { throwIfAborted } from '../../common/abort';
import { type Weights, compileInference } from '../../engine';
import { type Head, INPUT } from '../architectures/network';
import { type Examples, sameType, widthOf } from '../datasets/examples';
import type { MetricName, MetricSpec, Predictions } from '../../protocol/job-files';
import { metricsOf } from '../metrics';
import { trainingError } from '../training-error';
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

/** The output of a model for a task; `width` numbers for each example. */
export type TaskOutput = Pick<Head, 'task' | 'label' | 'width'>;

/** What a head's outputs say of the examples that are labelled for its task. */
export function predictionsOf(head: TaskOutput, outputs: Float32Array, examples: Examples): Predictions {
  const predictions = ungrouped(head, outputs, examples);
  return { ...predictions, ...groupsOf(examples, head.task) };
}

/** The groups of the examples that are labelled for a task, numbered as they come. */
export function groupsOf({ groups, labels }: Examples, task: string): Pick<Predictions, 'groups'> {
  if (!groups) return {};
  const numbers = new Map<number, number>();
  const label = entryOf(labels, task);
  const found = Array.from(groups)
    .filter((_, row) => label?.present[row] === 1)
    .map(group => {
      const number = numbers.get(group) ?? numbers.size;
      numbers.set(group, number);
      return number;
    });
  return { groups: found };
}

function ungrouped(head: TaskOutput, outputs: Float32Array, { labels, count }: Examples): Predictions {
  const { label, task, width } = head;
  const column = entryOf(labels, task);
  const rows = Array.from({ length: count }, (_, row) => row).filter(row => column?.present[row] === 1);
  const truth = rows.map(row => column?.values[row] ?? 0);
  switch (label.kind) {
    case 'real': {
      const inUnits = (value: number): number => value * label.deviation + label.mean;
      return {
        kind: 'values',
        labels: truth.map(inUnits),
        predictions: rows.map(row => inUnits(outputs[row] ?? 0)),
      };
    }
    case 'binary':
      return {
        kind: 'scores',
        labels: truth,
        predictions: rows.map(row => 1 / (1 + Math.exp(-(outputs[row] ?? 0)))),
        width: 1,
      };
    case 'class': {
      const scores = rows.flatMap(row => softmax(outputs.subarray(row * width, (row + 1) * width)));
      return { kind: 'scores', labels: truth, predictions: scores, width, classes: label.classes };
    }
  }
}

function softmax(logits: Float32Array): number[] {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Array.from(logits, logit => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / sum);
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
