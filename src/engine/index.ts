/**
 * The training engine: a training step written with TensorFlow.js, compiled once for ONNX Runtime, or run eagerly
 * where it cannot be. See docs/engine.md.
 */
// Models need a backend that holds their weights, whatever executes their steps.
import '@tensorflow/tfjs-backend-cpu';

export { compileStep, type CompileOptions, type TrainingStep } from './training-step/compile-step';
export type {
  Batch,
  LossKind,
  LossSpec,
  Metric,
  StepDefinition,
  TensorSpec,
} from './training-step/step-definition';
export type { OptimizerSpec } from './training-step/optimizer/optimizers';
export type {
  BatchElements,
  Chunk,
  ChunkResult,
  Evaluation,
  ExecutorName,
  StepState,
  Weights,
} from './training-step/step-executor';
export { batchSpecs } from './training-step/batch-specs';
export { train, type TrainOptions } from './training-step/train-in-chunks';
export { compileInference, type Inference } from './training-step/compile-inference';
export { exportOnnx, onnxModel, type ExportOptions } from './model-files/onnx-export';
export {
  exportTrees,
  treeModel,
  type DecisionTree,
  type TreeEnsemble,
  type TreeExportOptions,
} from './model-files/tree-ensemble';
export { loadModel, saveModel, writeModelFile } from './model-files/tfjs-layers-model';
export { releaseIdleSessions as freeIdleSteps } from './runtime/session-cache';
export { openEncoder, type EncoderFeeds, type FrozenEncoder } from './checkpoints/open-encoder';
export type { LinearHead } from './checkpoints/cut-graph';
export type { OutputHints } from './checkpoints/find-features';
export { isEngineError, type EngineError, type EngineErrorCode } from './engine-error';
