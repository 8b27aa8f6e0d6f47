import { createHash } from 'node:crypto';
import type { Problem } from '../../annotations/problem';
import { dataFingerprint } from '../../data';
import type { DataSpec } from '../spec';
import type { Question } from './question';

/** A hash of what the annotations say about a question, wherever they stand: moving a line changes nothing. */
export function annotationFingerprint({
  task,
  problem,
  transferFrom,
  multitaskWith,
  pipeline,
}: Question): string {
  const stages = pipeline?.stages.map(({ name }) => name) ?? [];
  const involved = new Set([task.name, ...transferFrom, ...multitaskWith, ...stages]);
  const said: Omit<Problem, 'diagnostics'> = {
    tasks: problem.tasks.filter(({ name }) => involved.has(name)),
    datasets: problem.datasets.filter(({ tasks }) => tasks.some(name => involved.has(name))),
    pipelines: problem.pipelines.filter(each => each.task === task.name),
  };
  const text = JSON.stringify(said, (key, value: unknown) => (key === 'reference' ? undefined : value));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A hash of the data of each dataset, by name. */
export async function dataFingerprints(
  specs: readonly DataSpec[],
  signal?: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const prints: Record<string, string> = {};
  for (const { name, path, request } of specs)
    prints[name] = (await dataFingerprint(path, { table: request.table, signal })).slice(0, 32);
  return prints;
}
