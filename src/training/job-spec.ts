import type { Strategy } from '../advisor/advice';
import type { DatasetRequest } from '../data';

/** Where a dataset's examples lie and how they are read: plain JSON, paths absolute. */
export interface DataSpec {
  /** The annotation's name. */
  readonly name: string;
  readonly path: string | readonly string[];
  /** Labels go by the names of their tasks. */
  readonly request: DatasetRequest;
}

/** A task that a job trains or pre-trains on. */
export interface TaskSpec {
  readonly name: string;
  /** The names of the datasets that have labels for it. */
  readonly datasets: readonly string[];
  /** Class numbers, 0 or 1, or a real number; found from the labels where it is not said. */
  readonly kind?: 'class' | 'binary' | 'real';
}

export type TransferVariant = 'head' | 'gradual' | 'full';
export type MultitaskVariant = 'joint' | 'fine-tuned';

/** One way of training the target. The arms of a pilot differ in nothing else. */
export interface Arm {
  /** `single-task`, `transfer-head`, `multitask-fine-tuned`: unique in a run and fit for a file name. */
  readonly id: string;
  readonly strategy: Strategy;
  readonly variant?: TransferVariant | MultitaskVariant;
  /** The source tasks, best first. */
  readonly from: readonly string[];
}

/** One step of a pipeline, learned from its own data or engineered. */
export interface StageSpec {
  /** `audio->phonemes` */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** The names of the datasets of a learned stage; none where it is engineered. */
  readonly datasets: readonly string[];
  /** What an engineered stage runs: a built-in's name, a table (`.csv`) or the absolute path of a JavaScript module. */
  readonly engineered?: string;
  /** How a learned stage is learned; from its own data alone unless given. */
  readonly learning?: StageLearning;
  /** The job's own unless given; an input of another kind may need others. */
  readonly settings?: TrainingSettings;
}

/** A stage is a target of its own: it can use transfer and multitask too. */
export interface StageLearning {
  readonly strategy: 'single-task' | 'transfer' | 'multitask';
  readonly variant?: TransferVariant | MultitaskVariant;
  readonly from: readonly string[];
  /** What `from` names. */
  readonly sources: readonly TaskSpec[];
  /** The job that pre-trained for this stage (its target being the stage's task), where it is a transfer. */
  readonly pretrained?: string;
}

export interface PipelineSpec {
  readonly stages: readonly StageSpec[];
}

/** The tuning budget and its limits: the same for every arm of a run, or the comparison is worth nothing. */
export interface TrainingSettings {
  /** Candidates; the one with the best validation metric is kept. */
  readonly learningRates: readonly number[];
  readonly batchSize: number;
  /** Steps of one candidate, at most. */
  readonly maxSteps: number;
  /** Validations without an improvement before training stops. */
  readonly patience: number;
  /** Steps between two validations. */
  readonly validateEvery: number;
  /** Exponent 1/T of temperature sampling over tasks of unequal sizes. */
  readonly temperature: number;
  /**
   * Loss weights of the other tasks in multitask training, the target's being 1: the candidate of rate `i` takes
   * weight `i`, over and over, so that tuning them costs no more than other arms have. All 1 unless given.
   */
  readonly sourceWeights?: readonly number[];
}

interface JobBase {
  readonly version: 1;
  /** Unique in a run and fit for a file name. */
  readonly id: string;
  readonly seed: number;
  readonly target: TaskSpec;
  readonly sources: readonly TaskSpec[];
  readonly datasets: readonly DataSpec[];
  readonly settings: TrainingSettings;
  /** The jobs whose artifacts this one reads; they come earlier in the run. */
  readonly needs: readonly string[];
}

/** Trains an encoder on the sources, once for each seed; trials at all sizes start from it. */
export interface PretrainSpec extends JobBase {
  readonly kind: 'pretrain';
}

/** One training run of a pilot: arm × size × seed; or the training of the winner on all data. */
export interface TrialSpec extends JobBase {
  readonly kind: 'trial';
  readonly arm: Arm;
  /** Training examples of the target; the first `n` of an order that depends on the seed only. */
  readonly n: number;
  readonly metric: MetricSpec;
  readonly pipeline?: PipelineSpec;
  /** A saved TensorFlow.js model whose encoder takes the place of pre-training. */
  readonly pretrained?: string;
  /** The user's own training program, run in place of the built-in networks. */
  readonly program?: ProgramSpec;
  /** Whether the trained model and its preprocessing are kept. */
  readonly keepModel: boolean;
}

export type JobSpec = PretrainSpec | TrialSpec;

/** A program and its arguments, as they are given to the system: no shell reads them. */
export interface ProgramSpec {
  readonly command: readonly string[];
  readonly cwd: string;
}

export type MetricName = 'accuracy' | 'balanced-accuracy' | 'macro-f1' | 'auroc' | 'r2' | 'mae';

export interface MetricSpec {
  /** One of {@link MetricName}, or what the user's program calls its own. */
  readonly name: string;
  readonly higherIsBetter: boolean;
}
