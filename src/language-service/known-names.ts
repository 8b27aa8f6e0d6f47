import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';
import { type ValueKind, keySchema } from '../language/key-schema';
import { type Dataset, type Problem, type Task, datasetSize } from '../language/learning-problem';
import { printStep } from '../language/value-syntax';
import type { CursorContext } from './cursor-context';

/** The names of a problem, for completion. */
export interface KnownNames {
  readonly datasets: readonly string[];
  readonly tasks: readonly string[];
  readonly declaredTasks: ReadonlySet<string>;
  /** Values that pipelines pass through. */
  readonly values: readonly string[];
  /** Steps of pipelines: `audio->phonemes`. */
  readonly steps: readonly string[];
  /** A sentence on a dataset, a task, or a step or value of a pipeline; `undefined` where nothing is known. */
  readonly describe: (name: string, kind: 'dataset' | 'task') => string | undefined;
}

/** As many names as a sentence can hold. */
const MOST_NAMES = 5;

/** The names in a problem, each once. */
export function knownNames(problem: Problem): KnownNames {
  const { datasets, tasks, pipelines } = problem;
  const steps = pipelines.flatMap(pipeline => pipeline.steps);
  return {
    datasets: datasets.map(({ name }) => name),
    tasks: tasks.map(({ name }) => name),
    declaredTasks: new Set(tasks.filter(({ declared }) => declared).map(({ name }) => name)),
    values: [...new Set(steps.flatMap(({ from, to }) => [from, to]))],
    steps: [...new Set(steps.map(printStep))],
    describe: describer(problem),
  };
}

const KINDS_WITH_NAMES: ReadonlySet<ValueKind> = new Set([
  'tasks',
  'shared-features',
  'names',
  'steps',
  'modules',
  'shares',
  'columns',
]);

/** Whether names are among what may be written at a cursor. */
export function completesNames(cursor: CursorContext): boolean {
  switch (cursor.kind) {
    case 'directive':
    case 'key':
      return false;
    case 'name':
      return cursor.directive !== 'dataset';
    case 'step':
      return true;
    case 'value': {
      const kind = keySchema(cursor.directive, cursor.key)?.kind;
      return kind !== undefined && cursor.of === undefined && KINDS_WITH_NAMES.has(kind);
    }
  }
}

/** Looks names up in what is gathered when the first is asked for: there may be thousands. */
function describer(problem: Problem): KnownNames['describe'] {
  let known: Known | undefined;
  return (name, kind) => {
    known ??= gather(problem);
    return kind === 'dataset' ? aboutDataset(known, name) : aboutTask(known, name);
  };
}

interface Known {
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly tasks: ReadonlyMap<string, Task>;
  /** The datasets of each task or step. */
  readonly data: ReadonlyMap<string, readonly Dataset[]>;
  /** The pipeline of each step and value. */
  readonly chains: ReadonlyMap<string, string>;
}

function gather({ datasets, tasks, pipelines }: Problem): Known {
  const data = new Map<string, Dataset[]>();
  for (const dataset of datasets)
    for (const task of dataset.tasks) {
      const known = data.get(task);
      if (known) known.push(dataset);
      else data.set(task, [dataset]);
    }
  const parts = pipelines.flatMap(({ task, steps }) =>
    steps.flatMap(step => [printStep(step), step.from, step.to].map(part => [part, task] as const)),
  );
  return {
    datasets: new Map(datasets.map(dataset => [dataset.name, dataset])),
    tasks: new Map(tasks.map(task => [task.name, task])),
    data,
    chains: new Map(parts),
  };
}

function aboutDataset({ datasets }: Known, name: string): string | undefined {
  const dataset = datasets.get(name);
  if (!dataset) return undefined;
  const tasks = listed(dataset.tasks);
  const { file } = dataset.reference;
  return tasks === ''
    ? l10n.t('{0}; in {1}.', sizeOf(dataset), file)
    : l10n.t('{0} for {1}; in {2}.', sizeOf(dataset), tasks, file);
}

function aboutTask({ tasks, data, chains }: Known, name: string): string | undefined {
  const task = tasks.get(name);
  const chain = chains.get(name);
  const place = task
    ? placeOf(task)
    : chain === undefined
      ? undefined
      : l10n.t('Part of the pipeline {0}', chain);
  if (place === undefined) return undefined;
  const from = data.get(name) ?? [];
  if (from.length === 0) return l10n.t('{0}; no dataset.', place);
  const shown = from.slice(0, MOST_NAMES + 1).map(dataset => `${dataset.name} (${sizeOf(dataset)})`);
  return l10n.t('{0}; trained on {1}.', place, listed(shown));
}

function placeOf({ category, declared, reference: { file } }: Task): string {
  if (category !== undefined) return l10n.t('{0}, in {1}', category, file);
  return declared ? l10n.t('Declared in {0}', file) : l10n.t('Mentioned in {0}', file);
}

function sizeOf(dataset: Dataset): string {
  const size = datasetSize(dataset);
  return size ? `${formatExactCount(size.value)} ${size.unit}` : l10n.t('size not stated');
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown}, …` : shown;
}
