import type { TrainingSettings } from './spec';

/** The tuning budget of every arm of a run. */
export function defaultSettings(target: { readonly available: number }): TrainingSettings {
  return {
    learningRates: [3e-3, 1e-3, 3e-4],
    batchSize: target.available < 64 ? 16 : 64,
    maxSteps: 1000,
    patience: 8,
    validateEvery: 25,
    temperature: 2,
  };
}
