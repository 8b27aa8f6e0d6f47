import type { Problem } from '../annotations/problem';
import { printStep } from '../annotations/values';

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
