import * as v from 'valibot';
import { type Infer, check, parseJson } from '../common/validation';
import { datasetRequest } from './preprocessing';
import { STRATEGIES, byName, count, figure, figures, text, texts } from './schema-helpers';

/** The files in a job's folder: `job.json`, `metrics.jsonl`, `result.json`, `failure.json`, `checkpoint.json`. */

const version = v.literal(1);

/** A job's name becomes a folder's: one that leads elsewhere is refused. */
export const jobName = v.pipe(text, v.regex(/^[\w][\w.-]*$/));

const variant = v.picklist([
  'head',
  'gradual',
  'full',
  'joint',
  'fine-tuned',
  'trees',
  'probe',
  'prototypes',
  'knn',
]);

export type MetricName = 'accuracy' | 'balanced-accuracy' | 'macro-f1' | 'auroc' | 'r2' | 'mae';

export const metricSpec = v.object({
  /** One of {@link MetricName}, or what the user's program calls its own. */
  name: text,
  higherIsBetter: v.boolean(),
});

/** One way of training the target. The arms of a pilot differ in nothing else. */
export const arm = v.object({
  /** `single-task`, `transfer-head`, `multitask-fine-tuned`: unique in a run and fit for a file name. */
  id: text,
  /** `baseline` is a simple model (linear, or with the variant `trees` boosted trees) that strategies are shown beside; it is never recommended. */
  strategy: v.picklist([...STRATEGIES, 'baseline']),
  variant: v.exactOptional(variant),
  /** The source tasks, best first. */
  from: texts,
});

/** Where a dataset's examples lie and how they are read: plain JSON, paths absolute. */
const dataSpec = v.object({
  /** The annotation's name. */
  name: text,
  path: v.union([text, texts]),
  /** Labels go by the names of their tasks. */
  request: datasetRequest,
});

/** A task that a job trains or pre-trains on. */
const taskSpec = v.object({
  name: text,
  /** The names of the datasets that have labels for it. */
  datasets: texts,
  /** Class numbers, 0 or 1, or a real number; found from the labels where it is not said. */
  kind: v.exactOptional(v.picklist(['class', 'binary', 'real'])),
});

/** The tuning budget and its limits: the same for every arm of a run, or the comparison is worth nothing. */
const trainingSettings = v.object({
  /** Candidates; the one with the best validation metric is kept. */
  learningRates: v.array(v.number()),
  batchSize: v.number(),
  /** Steps of one candidate, at most. */
  maxSteps: v.number(),
  /** Validations without an improvement before training stops. */
  patience: v.number(),
  /** Steps between two validations. */
  validateEvery: v.number(),
  /** Exponent 1/T of temperature sampling over tasks of unequal sizes. */
  temperature: v.number(),
  /**
   * Loss weights of the other tasks in multitask training, the target's being 1: the candidate of rate `i` takes
   * weight `i`, over and over, so that tuning them costs no more than other arms have. All 1 unless given.
   */
  sourceWeights: v.exactOptional(v.array(v.number())),
});

/** A stage is a target of its own: it can use transfer and multitask too. */
const stageLearning = v.object({
  strategy: v.picklist(['single-task', 'transfer', 'multitask']),
  variant: v.exactOptional(variant),
  from: texts,
  /** What `from` names. */
  sources: v.array(taskSpec),
  /** The job that pre-trained for this stage (its target being the stage's task), where it is a transfer. */
  pretrained: v.exactOptional(jobName),
});

/** One step of a pipeline, learned from its own data or engineered. */
const stageSpec = v.object({
  /** `audio->phonemes` */
  name: text,
  from: text,
  to: text,
  /** The names of the datasets of a learned stage; none where it is engineered. */
  datasets: texts,
  /** What an engineered stage runs: a built-in's name, a table (`.csv`) or the absolute path of a JavaScript module. */
  engineered: v.exactOptional(text),
  /** How a learned stage is learned; from its own data alone unless given. */
  learning: v.exactOptional(stageLearning),
  /** The job's own unless given; an input of another kind may need others. */
  settings: v.exactOptional(trainingSettings),
});

const pipelineSpec = v.object({ stages: v.array(stageSpec) });

/** A program and its arguments, as they are given to the system: no shell reads them. */
export const programSpec = v.object({ command: texts, cwd: text });

const jobBase = {
  version,
  /** Unique in a run and fit for a file name. */
  id: jobName,
  seed: v.number(),
  /** Which test split the target is measured on, where none is given: each seed has its own. */
  fold: v.exactOptional(count),
  target: taskSpec,
  sources: v.array(taskSpec),
  datasets: v.array(dataSpec),
  settings: trainingSettings,
  /** The jobs whose artifacts this one reads; they come earlier in the run. */
  needs: v.array(jobName),
};

/** Trains an encoder on the sources, once for each seed; trials at all sizes start from it. */
const pretrainSpec = v.object({ ...jobBase, kind: v.literal('pretrain') });

/** One training run of a pilot: arm × size × seed; or the training of the winner on all data. */
const trialSpec = v.object({
  ...jobBase,
  kind: v.literal('trial'),
  arm,
  /** Training examples of the target; the first `n` of an order that depends on the seed only. */
  n: v.number(),
  metric: metricSpec,
  pipeline: v.exactOptional(pipelineSpec),
  /**
   * What takes the place of pre-training: a saved TensorFlow.js model whose encoder is trained on, or for the variants
   * `probe`, `prototypes` and `knn` the ONNX file, or its folder, whose features are used as they are.
   */
  pretrained: v.exactOptional(text),
  /** The user's own training program, run in place of the built-in networks. */
  program: v.exactOptional(programSpec),
  /** Whether the trained model and its preprocessing are kept. */
  keepModel: v.boolean(),
});

/** `job.json`: what a job is to do. */
export const jobSpec = v.variant('kind', [pretrainSpec, trialSpec]);

export type TransferVariant = 'head' | 'gradual' | 'full';
export type MultitaskVariant = 'joint' | 'fine-tuned';
export type MetricSpec = Infer<typeof metricSpec>;
export type Arm = Infer<typeof arm>;
export type DataSpec = Infer<typeof dataSpec>;
export type TaskSpec = Infer<typeof taskSpec>;
export type TrainingSettings = Infer<typeof trainingSettings>;
export type StageLearning = Infer<typeof stageLearning>;
export type StageSpec = Infer<typeof stageSpec>;
export type PipelineSpec = Infer<typeof pipelineSpec>;
export type ProgramSpec = Infer<typeof programSpec>;
export type PretrainSpec = Infer<typeof pretrainSpec>;
export type TrialSpec = Infer<typeof trialSpec>;
export type JobSpec = Infer<typeof jobSpec>;

/** What a trial predicted for the test split, in the order of the split: what paired statistics are made from. */
const predictions = v.object({
  /** `classes`: class numbers; `scores`: `width` numbers for each example; `values`: real numbers in the label's own units. */
  kind: v.picklist(['classes', 'scores', 'values']),
  labels: figures,
  /** One for each example, or `width` for each, row by row. */
  predictions: figures,
  width: v.exactOptional(count),
  /** The names of the classes, by number. */
  classes: v.exactOptional(texts),
  /** The group of each example by number, where the data has groups. */
  groups: v.exactOptional(figures),
});

export const metricValue = v.object({ metric: text, value: figure });

/** How the error of a pipeline divides among its stages. */
export const stageResult = v.object({
  stage: text,
  /** The stage's own metric on its own test split, where it is learned. */
  own: v.exactOptional(metricValue),
  /**
   * The final metric when this stage and all before it give true values; the first stage's gain is measured against
   * the trial's own value, each later one's against that of the stage before it. Absent without true intermediate values.
   */
  withTrueOutput: v.exactOptional(figure),
});

/** `result.json`: what one trial came to, written once and whole. */
export const trialResult = v.object({
  version,
  id: text,
  /** The run's metric on the test split. */
  value: v.number(),
  /** All metrics that fit the task, on the test split, by name. */
  metrics: byName(figure),
  /** Absent where the user's program reports metrics only. */
  test: v.exactOptional(predictions),
  /** The run's metric on the validation split, which chose rate and stopping. */
  validation: v.exactOptional(figure),
  chosen: v.exactOptional(v.object({ learningRate: v.number(), steps: v.number() })),
  /** Steps that the chosen candidate was trained for, and whether validation still improved when they ended. */
  trained: v.exactOptional(v.object({ steps: v.number(), improving: v.boolean() })),
  examples: v.object({ train: v.number(), validation: v.number(), test: v.number() }),
  /** Of a linear model, how freely it follows its examples: the inverse of the penalty that validation chose. */
  strength: v.exactOptional(v.number()),
  /** Of boosted trees, how many they are, and leaves of each at most: validation chose both. */
  trees: v.exactOptional(v.object({ count, leaves: count })),
  /** Of k-NN, how many neighbours validation chose. */
  neighbours: v.exactOptional(count),
  /** A hash of what the target's inputs are made of and of its test labels: equal in all arms that may be compared. */
  inputs: v.exactOptional(text),
  /** The metric of each task that was trained along. */
  tasks: v.exactOptional(byName(metricValue)),
  stages: v.exactOptional(v.array(stageResult)),
  /** Of a pipeline: examples that its stages did not train on, because they are parts of what it is tested on. */
  partsLeftOut: v.exactOptional(count),
  /** Of a pipeline or a program: the examples that `validation` was measured on. */
  validated: v.exactOptional(count),
  /** Of a program: whether the labels that it gave with its predictions are not those of its test list. */
  testsOthers: v.exactOptional(v.boolean()),
  numParams: v.exactOptional(v.number()),
  /** Seconds that training took; not part of what equal seeds make equal. */
  seconds: v.pipe(v.number(), v.minValue(0)),
  warnings: texts,
});

/** `failure.json`: a job that failed is shown as such, and never counted as a result. */
export const jobFailure = v.object({ version, id: text, code: text, message: text });

export type Predictions = Infer<typeof predictions>;
export type StageResult = Infer<typeof stageResult>;
export type TrialResult = Infer<typeof trialResult>;
export type JobFailure = Infer<typeof jobFailure>;

/** One line of `metrics.jsonl`: a point of a training run. */
export const metricEvent = v.object({
  /** Seconds since the job began. */
  t: v.number(),
  /** `pretrain`, `train`, `joint`, `head`, `fine-tune`, or a stage's name. */
  phase: text,
  /** The learning rate of the candidate that is being trained. */
  learningRate: v.exactOptional(v.number()),
  step: v.number(),
  epoch: v.exactOptional(v.number()),
  /** Mean training loss since the last event. */
  loss: v.exactOptional(figure),
  /** Metrics on the validation split, by name; `loss` among them. */
  validation: v.exactOptional(byName(figure)),
  /** How far the job is, 0 to 1. */
  progress: v.exactOptional(v.number()),
});

export type MetricEvent = Infer<typeof metricEvent>;

/** Reads one line of `metrics.jsonl`; `undefined` for a torn or foreign one. */
export function readEvent(line: string): MetricEvent | undefined {
  const value = parseJson(line);
  if (isPlainEvent(value)) return value;
  const read = check(metricEvent, value);
  return read.ok ? read.value : undefined;
}

/**
 * Whether a value is an event without null among its figures. A run may have a million lines: this look at each takes
 * a tenth of the time that the schema does, which decides on all others.
 */
function isPlainEvent(value: unknown): value is MetricEvent {
  if (typeof value !== 'object' || value === null) return false;
  const {
    t,
    phase,
    learningRate,
    step,
    epoch,
    loss,
    validation,
    progress,
  }: Partial<Record<keyof MetricEvent, unknown>> = value;
  return (
    typeof t === 'number' &&
    typeof phase === 'string' &&
    typeof step === 'number' &&
    isNumberOrAbsent(learningRate) &&
    isNumberOrAbsent(epoch) &&
    isNumberOrAbsent(loss) &&
    isNumberOrAbsent(progress) &&
    (validation === undefined || isNumbers(validation))
  );
}

const isNumberOrAbsent = (value: unknown): boolean => value === undefined || typeof value === 'number';

function isNumbers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const each of Object.values(value)) if (typeof each !== 'number') return false;
  return true;
}

/** A checkpoint's file: its name leads to no other folder. */
const checkpointFile = v.pipe(text, v.regex(/^[\w-]+\.bin$/));

/** `checkpoint.json`; what it does not name is not part of the checkpoint. */
export const checkpointIndex = v.object({
  version,
  /** Points of training that had been reported. */
  events: v.number(),
  seconds: v.number(),
  /** The files of phases by their numbers; `null` for one that has not ended, or ended in an error. */
  ended: v.array(v.nullable(checkpointFile)),
  open: v.exactOptional(v.object({ phase: v.number(), file: checkpointFile })),
});

export type CheckpointIndex = Infer<typeof checkpointIndex>;
