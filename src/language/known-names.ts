import type { Problem } from '../annotations/problem';
import { keySchema, type ValueKind } from '../annotations/schema';
import { printStep } from '../annotations/values';
import type { Cursor } from './cursor';

/** The names of a problem, for completion. */
export interface KnownNames {
  readonly datasets: readonly string[];
  readonly tasks: readonly string[];
  readonly declaredTasks: ReadonlySet<string>;
  /** Values that pipelines pass through. */
  readonly values: readonly string[];
  /** Steps of pipelines: `audio->phonemes`. */
  readonly steps: readonly string[];
}

/** The names in a problem, each once. */
export function knownNames({ datasets, tasks, pipelines }: Problem): KnownNames {
  const steps = pipelines.flatMap(pipeline => pipeline.steps);
  return {
    datasets: datasets.map(({ name }) => name),
    tasks: tasks.map(({ name }) => name),
    declaredTasks: new Set(tasks.filter(({ declared }) => declared).map(({ name }) => name)),
    values: [...new Set(steps.flatMap(({ from, to }) => [from, to]))],
    steps: [...new Set(steps.map(printStep))],
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
export function wantsNames(cursor: Cursor): boolean {
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
