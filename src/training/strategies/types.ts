import type { Encoder } from '../networks/encoder';
import type { Head } from '../networks/heads';
import type { ClassWeights } from '../fit/batches';
import type { Budget, Outcome } from '../fit/phase';
import type { Checkpoints } from '../fit/checkpoints';
import type { Reporter } from '../fit/reporter';
import type { Examples } from '../material/examples';
import type { Material } from '../material/material';
import type { Arm, DataSpec, MetricSpec, TaskSpec, TrainingSettings } from '../spec';

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
}

export type Pretrained = { readonly folder: string } | { readonly model: string };

/** What a job may use of the world around it. */
export interface World {
  readonly cache: string;
  readonly signal: AbortSignal;
  readonly reporter: Reporter;
  readonly checkpoints: Checkpoints;
}

/** The data of one learning task, as all arms see it. */
export interface LearningData {
  readonly material: Material;
  readonly metric: MetricSpec;
  /** The training split; of the target, only the chosen rows are labelled. */
  readonly train: Examples;
  /** The chosen rows of it. */
  readonly rows: Int32Array;
  readonly validation: Examples;
  readonly test: Examples;
  readonly classWeights: ClassWeights;
}

/** A network that predicts the target, with the weights that validated best. */
export interface Learned {
  readonly encoder: Encoder;
  readonly head: Head;
  readonly data: LearningData;
  readonly chosen: { readonly learningRate: number; readonly steps: number };
  readonly validation: number;
  /** Heads of tasks that were trained along. */
  readonly others: readonly Head[];
  readonly warnings: readonly string[];
}

/** One way of learning. */
export type Learn = (spec: LearnSpec, data: LearningData, world: World) => Promise<Learned>;

/** What a phase may spend: the same in every arm. */
export function budgetOf(
  settings: TrainingSettings,
  { signal, checkpoints }: World,
  reporter: Reporter,
): Budget {
  const { batchSize, validateEvery, patience } = settings;
  return { batchSize, validateEvery, patience, reporter, signal, checkpoints };
}

export function chosenOf(learningRate: number, { step }: Outcome): Learned['chosen'] {
  return { learningRate, steps: step };
}

/**
 * Weights that have learned something else before move more slowly than new ones, or they forget it before it helps:
 * a third of the rate. (Published recipes go from a tenth to all of it; candidates cover a tenfold range around this.)
 */
export const FINE_TUNING = 0.3;

/** One phase after another, as one: what the later came to, after the steps of both. */
export function followedBy(before: Outcome | undefined, next: Outcome): Outcome {
  const steps = before?.steps ?? 0;
  return { ...next, step: next.step + steps, steps: next.steps + steps };
}
