/**
 * The training engine: a training step written with TensorFlow.js, compiled once for ONNX Runtime, or run eagerly
 * where it cannot be. See docs/engine.md.
 */
// Models need a backend that holds their weights, whatever executes their steps.
import '@tensorflow/tfjs-backend-cpu';

export { compileStep, type CompileOptions, type TrainingStep } from './step/compile';
export type { Batch, LossKind, LossSpec, Metric, StepDefinition, TensorSpec } from './step/definition';
export type { OptimizerSpec } from './step/optimizers';
export type {
  BatchElements,
  Chunk,
  ChunkResult,
  Evaluation,
  ExecutorName,
  StepState,
  Weights,
} from './step/executor';
export { batchSpecs } from './step/ports';
export { train, type TrainOptions } from './step/train';
export { compileInference, type Inference } from './step/inference';
export { exportOnnx, onnxModel, type ExportOptions } from './files/export';
export { loadModel, saveModel } from './files/model-folder';
export { forgetIdle as freeIdleSteps } from './runtime/session-cache';
export { EngineError, type EngineErrorCode } from './errors';
