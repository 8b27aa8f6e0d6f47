import type { TextRange } from '../common/text-ranges';
import type { Diagnostic } from './annotation-diagnostics';
import type { InputSpec, OutputSpec, Size, Step, Unit } from './annotation-model';
import { entryOf } from '../common/named-entries';

/** Where something was declared. `file` is the caller's own name for it (a path or a URI). */
export interface FileLocation {
  readonly file: string;
  readonly range: TextRange;
}

export interface Task {
  readonly name: string;
  /** Where it is declared with `@task`, or else first named. */
  readonly reference: FileLocation;
  /** False where the task is only named by a dataset or a pipeline. */
  readonly declared: boolean;
  readonly target: boolean;
  readonly category?: string;
  readonly input?: InputSpec;
  readonly output?: OutputSpec;
  readonly metric?: string;
  readonly sharesFeaturesWith?: 'none' | readonly string[];
  readonly numParams?: number;
  readonly train?: string;
  /** What to transfer from, as it is written: a file, a folder or a well-known name. */
  readonly checkpoint?: string;
}

export interface Dataset {
  readonly name: string;
  readonly reference: FileLocation;
  /** Names of tasks; a step of a pipeline reads `a->b`. */
  readonly tasks: readonly string[];
  readonly input?: InputSpec;
  /** What there is in all, in `unit`; `datasetSize` also looks at the splits. */
  readonly numExamples?: number;
  readonly unit: Unit;
  readonly splits?: Readonly<Record<string, number>>;
  /** Share of the examples that carry a label, 0 to 1, by task; a task that is not listed has all. */
  readonly labelsPresent: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly positive?: string;
  readonly path?: string;
  /** The columns that are the input; all that may be unless stated. */
  readonly features?: readonly string[];
  /** Columns that are no input. */
  readonly ignore?: readonly string[];
  readonly group?: string;
  /** The column of dates or numbers by which splits are made in order. */
  readonly time?: string;
  readonly sensor?: string;
  readonly instancesPerExample?: number;
  /** A checkpoint that was trained on it, as it is written: a file, a folder or a well-known name. */
  readonly checkpoint?: string;
  readonly sourceDatasets: readonly string[];
}

export interface Pipeline {
  /** The task it ends in. */
  readonly task: string;
  readonly reference: FileLocation;
  readonly steps: readonly Step[];
  readonly engineered: readonly Step[];
  /** What engineered steps run: a built-in's name, or a file's path as it is written. */
  readonly modules?: readonly StepModule[];
}

export interface StepModule extends Step {
  readonly module: string;
}

/** All annotations of a workspace folder, names resolved across its files. */
export interface Problem {
  readonly tasks: readonly Task[];
  readonly datasets: readonly Dataset[];
  readonly pipelines: readonly Pipeline[];
  /** What is wrong between annotations; what is wrong inside one is kept with that annotation. */
  readonly diagnostics: readonly (Diagnostic & { readonly file: string })[];
}

/**
 * How many examples a dataset has in all: what is stated, else the sum of its splits.
 * `undefined` where nothing is stated: an unknown size is never taken for zero.
 */
export function datasetSize(dataset: Dataset): Size | undefined {
  const { numExamples, splits, unit } = dataset;
  if (numExamples !== undefined) return { value: numExamples, unit };
  return splits ? { value: sum(Object.values(splits)), unit } : undefined;
}

/**
 * What there is to train on: the training split where splits are stated, else everything. Where only
 * parts that are held out are stated, the rest of `num_examples`.
 */
export function trainingSize(dataset: Dataset): Size | undefined {
  const { splits, numExamples, unit } = dataset;
  if (!splits) return datasetSize(dataset);
  const training = Object.entries(splits).filter(
    ([name]) => !/^(?:val|valid|validation|dev|test|eval|evaluation|holdout)/i.test(name),
  );
  if (training.length === 0 && numExamples !== undefined)
    return { value: Math.max(0, numExamples - sum(Object.values(splits))), unit };
  return { value: sum(training.map(([, count]) => count)), unit };
}

/** As if the annotation said `num_examples=value` and nothing of splits: all of it is there to train on. */
export function resized(dataset: Dataset, value: number): Dataset {
  const { splits: _splits, ...rest } = dataset;
  return { ...rest, numExamples: value };
}

/** The share of a dataset's examples that carry a label for `task`, 0 to 1; `undefined` where it is not stated. */
export function labelShare(dataset: Pick<Dataset, 'labelsPresent'>, task: string): number | undefined {
  return entryOf(dataset.labelsPresent, task);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
