/**
 * Trains what a job says: a strategy, at a size, with a seed. Statistics, planning and verdicts are beside it.
 */
// Bundlers take TensorFlow.js's gradients for free of side effects and drop them.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import './quiet';

export { runJob } from './run-job';
export { TrainingError, type TrainingErrorCode } from './errors';
export type { JobContext, RunJob } from './job';
export type { JobFailure, MetricEvent, Predictions, StageResult, TrialResult } from './result';
export type * from './spec';
export { defaultSettings } from './settings';
export { BUILT_INS } from './pipeline/built-ins';
