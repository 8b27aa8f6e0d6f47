import type { Batch } from './definition';

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

/** What runs a training step. */
export interface Executor {
  readonly name: ExecutorName;
  readonly run: (chunk: Chunk, firstStep: number) => Promise<ChunkResult>;
  readonly evaluate: (batch: Batch<BatchElements>) => Promise<Evaluation>;
  readonly weights: () => Promise<Weights>;
  readonly setWeights: (weights: Weights) => Promise<void>;
  readonly dispose: () => Promise<void>;
}
