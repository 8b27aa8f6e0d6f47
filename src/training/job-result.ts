/** What a trial predicted for the test split, in the order of the split: what paired statistics are made from. */
export interface Predictions {
  /** `classes`: class numbers; `scores`: `width` numbers for each example; `values`: real numbers in the label's own units. */
  readonly kind: 'classes' | 'scores' | 'values';
  readonly labels: readonly number[];
  /** One for each example, or `width` for each, row by row. */
  readonly predictions: readonly number[];
  readonly width?: number;
  /** The names of the classes, by number. */
  readonly classes?: readonly string[];
}

/** How the error of a pipeline divides among its stages. */
export interface StageResult {
  readonly stage: string;
  /** The stage's own metric on its own test split, where it is learned. */
  readonly own?: { readonly metric: string; readonly value: number };
  /**
   * The final metric when this stage and all before it give true values; the first stage's gain is measured against
   * the trial's own value, each later one's against that of the stage before it. Absent without true intermediate values.
   */
  readonly withTrueOutput?: number;
}

/** What one trial came to, written once and whole. */
export interface TrialResult {
  readonly version: 1;
  readonly id: string;
  /** The run's metric on the test split. */
  readonly value: number;
  /** All metrics that fit the task, on the test split, by name. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Absent where the user's program reports metrics only. */
  readonly test?: Predictions;
  /** The run's metric on the validation split, which chose rate and stopping. */
  readonly validation?: number;
  readonly chosen?: { readonly learningRate: number; readonly steps: number };
  readonly examples: { readonly train: number; readonly validation: number; readonly test: number };
  /** The metric of each task that was trained along. */
  readonly tasks?: Readonly<Record<string, { readonly metric: string; readonly value: number }>>;
  readonly stages?: readonly StageResult[];
  readonly numParams?: number;
  /** Seconds that training took; not part of what equal seeds make equal. */
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/** A job that failed: shown as such, and never counted as a result. */
export interface JobFailure {
  readonly version: 1;
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

/** A point of a training run: one line of `metrics.jsonl`. */
export interface MetricEvent {
  /** Seconds since the job began. */
  readonly t: number;
  /** `pretrain`, `train`, `joint`, `head`, `fine-tune`, or a stage's name. */
  readonly phase: string;
  /** The learning rate of the candidate that is being trained. */
  readonly learningRate?: number;
  readonly step: number;
  readonly epoch?: number;
  /** Mean training loss since the last event. */
  readonly loss?: number;
  /** Metrics on the validation split, by name; `loss` among them. */
  readonly validation?: Readonly<Record<string, number>>;
  /** How far the job is, 0 to 1. */
  readonly progress?: number;
}
