import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { env } from '@tensorflow/tfjs-core';

// TensorFlow.js greets with an advertisement of its other packages unless it is told that this is production.
env().set('PROD', true);

/**
 * Trains what a job says: a strategy, at a size, with a seed. Statistics, planning and verdicts are beside it.
 */
// Bundlers take TensorFlow.js's gradients for free of side effects and drop them.

export { runJob } from './run-job';
export type { TrainingError, TrainingErrorCode } from './training-error';
export type { JobContext, RunJob } from './job-context';
export { defaultSettings } from './default-settings';
export { BUILT_INS } from './pipeline/engineered-stage';
