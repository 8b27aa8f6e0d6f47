import type { Batch } from './step-definition';

export type ExecutorName = 'onnxruntime' | 'tensorflow' | 'cpu';

export type BatchElements = Float32Array | Int32Array;

/** Consecutive batches: in each array the steps follow one another. */
export interface Chunk extends Batch<BatchElements> {
  readonly steps: number;
}

/** What each step of a chunk came to. */
export interface ChunkResult {
  /** The number of the first step, counted from 0. */
  readonly firstStep: number;
  readonly losses: Float32Array;
  /** Losses and metrics by name (`output.loss`, `output.accuracy`), one number per step. */
  readonly report: Readonly<Record<string, Float32Array>>;
}

export interface Evaluation {
  readonly loss: number;
  readonly report: Readonly<Record<string, number>>;
  /** The model's outputs by name. */
  readonly outputs: Readonly<Record<string, Float32Array>>;
}

/** A model's weights by name, in TensorFlow.js's layout. */
export type Weights = ReadonlyMap<string, Float32Array>;

/**
 * All that a step carries from one batch to the next (weights, what the optimizer remembers, moving averages), in an
 * order of the executor's own: the same definition on the same executor goes on from it as if nothing had happened.
 */
export interface StepState {
  readonly executor: ExecutorName;
  /** How many steps had been run. */
  readonly stepsRun: number;
  readonly arrays: readonly Float32Array[];
}

/** What runs a training step. */
export interface Executor {
  readonly name: ExecutorName;
  readonly run: (chunk: Chunk, firstStep: number) => Promise<ChunkResult>;
  readonly evaluate: (batch: Batch<BatchElements>) => Promise<Evaluation>;
  readonly weights: () => Promise<Weights>;
  readonly setWeights: (weights: Weights) => Promise<void>;
  /** Copies of what is carried between batches. */
  readonly state: () => Promise<readonly Float32Array[]>;
  /** Takes arrays of the sizes that `state` gives. */
  readonly setState: (arrays: readonly Float32Array[]) => Promise<void>;
  readonly dispose: () => Promise<void>;
}
