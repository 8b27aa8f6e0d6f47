import type { InputPreprocessing } from '../data';
import type { TrainingSettings } from '../protocol/job-files';

/** Kinds of input, as far as training differs between them. */
export type InputKind = InputPreprocessing['kind'];

/**
 * Three peaks, about a factor of three apart, around what Adam does well with at these sizes: the learning rate is
 * the one thing always worth tuning (Godbole et al. 2023, Deep Learning Tuning Playbook), and it shifts between arms.
 */
const RATES = [0.001, 0.003, 0.01];

/** Small batches, which do best on little data (Masters and Luschi 2018). */
const BATCH = 32;

/** Steps of one candidate at most, from so many training examples on. */
type StepsFrom = readonly (readonly [examples: number, steps: number])[];

/**
 * Few examples need few steps, and the number rises in stairs with their number, as in the BiT-HyperRule
 * (Kolesnikov et al. 2020), scaled down to networks of a hundred thousand parameters. A step of a table costs a
 * hundredth of one of an image.
 */
const STEPS: Readonly<Record<InputKind, StepsFrom>> = {
  columns: [
    [0, 600],
    [500, 1000],
    [5000, 2000],
    [50_000, 5000],
  ],
  vector: [
    [0, 400],
    [500, 800],
    [5000, 2000],
    [50_000, 4000],
  ],
  image: [
    [0, 300],
    [200, 500],
    [2000, 1000],
    [20_000, 3000],
  ],
  audio: [
    [0, 300],
    [200, 500],
    [2000, 1000],
    [20_000, 3000],
  ],
  checkpoint: [
    [0, 400],
    [500, 800],
    [5000, 2000],
  ],
  text: [
    [0, 300],
    [500, 600],
    [5000, 1500],
    [50_000, 4000],
  ],
};

/** Kinds of input that a linear model is a serious rival on; of pixels and sound it would tell nothing. */
export function hasBaseline(kind: InputKind): boolean {
  return kind === 'columns' || kind === 'vector' || kind === 'text';
}

/** Kinds of input that trees ask for: numbers that mean something one by one. */
export function hasTrees(kind: InputKind): boolean {
  return kind === 'columns' || kind === 'vector';
}

/** Validations of one candidate; half of them without an improvement end it. */
const VALIDATIONS = 20;

/** T = 2: between sampling by size (T = 1), which drowns small tasks, and all tasks alike (Arivazhagan et al. 2019). */
const TEMPERATURE = 0.5;

/**
 * The tuning budget for a kind of input and a number of training examples: of the target in a trial, of the sources
 * in pre-training. Arms that do not pre-train get the steps of both, so that all arms of a size get the same.
 */
export function defaultSettings(kind: InputKind, examples: number): TrainingSettings {
  const maxSteps = STEPS[kind].reduce((steps, [from, given]) => (examples >= from ? given : steps), 0);
  return withSteps(
    {
      learningRates: RATES,
      batchSize: BATCH,
      maxSteps,
      validateEvery: maxSteps,
      patience: VALIDATIONS / 2,
      temperature: TEMPERATURE,
    },
    maxSteps,
  );
}

/** The same budget with other steps, validated as often. */
export function withSteps(settings: TrainingSettings, maxSteps: number): TrainingSettings {
  return { ...settings, maxSteps, validateEvery: Math.max(10, Math.round(maxSteps / VALIDATIONS)) };
}
