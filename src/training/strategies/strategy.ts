import type { Embed, InputPreprocessing } from '../../data';
import type { Encoder } from '../architectures/encoders';
import type { Head } from '../architectures/network';
import type { Examples } from '../datasets/examples';
import type { LoadedDatasets } from '../datasets/load-datasets';
import type { Arm, DataSpec, MetricSpec, TaskSpec, TrainingSettings } from '../../protocol/job-files';
import type { ClassWeights } from '../loop/class-weights';
import type { Checkpoints } from '../loop/checkpoints';
import type { ProgressReporter } from '../loop/progress-reporter';
import type { PhaseBudget, PhaseOutcome } from '../loop/train-phase';

/** What is to be learned, and how: a trial, or one learned stage of a pipeline. */
export interface LearnSpec {
  readonly target: TaskSpec;
  readonly sources: readonly TaskSpec[];
  readonly datasets: readonly DataSpec[];
  readonly arm: Pick<Arm, 'strategy' | 'variant' | 'from'>;
  /** Training examples of the target; all where there are fewer. */
  readonly n: number;
  readonly seed: number;
  /** What candidates are chosen by; the one that fits the labels unless given. */
  readonly metric?: MetricSpec;
  readonly settings: TrainingSettings;
  /** A folder with the model that `pretrain` left, or a saved TensorFlow.js model. */
  readonly pretrained?: Pretrained;
  /** What a pipeline is tested on, as inputs of the stage that is learned: they are not trained on. */
  readonly heldOut?: (input: InputPreprocessing) => Promise<Examples>;
}

export type Pretrained = { readonly folder: string } | { readonly model: string };

/** What a job may use of the world around it. */
export interface TrainingContext {
  readonly cache: string;
  readonly signal: AbortSignal;
  readonly reporter: ProgressReporter;
  readonly checkpoints: Checkpoints;
  /** What gives features, where the preprocessing is a checkpoint. */
  readonly embed?: Embed | undefined;
}

/** The data of one learning task, as all arms see it. */
export interface LearningData {
  readonly material: LoadedDatasets;
  readonly metric: MetricSpec;
  /** The training split; of the target, only the chosen rows are labelled. */
  readonly train: Examples;
  /** The chosen rows of it. */
  readonly rows: Int32Array;
  readonly validation: Examples;
  readonly test: Examples;
  readonly classWeights: ClassWeights;
  /** Examples that were not trained on because a pipeline is tested on them. */
  readonly leftOut?: number;
}

/** A network that predicts the target, with the weights that validated best. */
export interface TrainedNetwork {
  readonly encoder: Encoder;
  readonly head: Head;
  readonly data: LearningData;
  readonly chosen: { readonly learningRate: number; readonly steps: number };
  /** What training the chosen candidate took, and whether more would have helped. */
  readonly trained: { readonly steps: number; readonly improving: boolean };
  readonly validation: number;
  /** Heads of tasks that were trained along. */
  readonly others: readonly Head[];
  readonly warnings: readonly string[];
}

/** One way of learning. */
export type TrainingStrategy = (
  spec: LearnSpec,
  data: LearningData,
  world: TrainingContext,
) => Promise<TrainedNetwork>;

/** What a phase may spend: the same in every arm. */
export function budgetOf(
  settings: TrainingSettings,
  { signal, checkpoints }: TrainingContext,
  reporter: ProgressReporter,
): PhaseBudget {
  const { batchSize, validateEvery, patience } = settings;
  return { batchSize, validateEvery, patience, reporter, signal, checkpoints };
}

export function chosenOf(learningRate: number, { step }: PhaseOutcome): TrainedNetwork['chosen'] {
  return { learningRate, steps: step };
}

export function trainedOf({ steps, improving = false }: PhaseOutcome): TrainedNetwork['trained'] {
  return { steps, improving };
}

/**
 * Weights that have learned something else before move more slowly than new ones, or they forget it before it helps:
 * a third of the rate. (Published recipes go from a tenth to all of it; candidates cover a tenfold range around this.)
 */
export const FINE_TUNING = 0.3;

/** One phase after another, as one: what the later came to, after the steps of both. */
export function combineOutcomes(before: PhaseOutcome | undefined, next: PhaseOutcome): PhaseOutcome {
  const steps = before?.steps ?? 0;
  return { ...next, step: next.step + steps, steps: next.steps + steps };
}
