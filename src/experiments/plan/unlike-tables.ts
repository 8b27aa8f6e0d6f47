import { inputColumnNames, unlikeColumns } from '../../data';
import { tablesUnlike } from '../../messages/data-check-messages';
import type { DataSpec, TaskSpec } from '../../protocol/job-files';

/** Sources whose tables can be read by one network with the target's, and what differs. */
export interface ComparedSources {
  readonly tasks: readonly TaskSpec[];
  readonly warnings: readonly string[];
}

/**
 * Compares the columns of the target's table with those of its sources. A source with no column in common is left out: a
 * network for one cannot read the other.
 *
 * @param own the names of the target's datasets
 */
export async function compareSources(
  tasks: readonly TaskSpec[],
  own: ReadonlySet<string>,
  datasets: readonly DataSpec[],
  signal?: AbortSignal,
): Promise<ComparedSources> {
  const first = datasets.find(({ name }) => own.has(name));
  const target = first && (await inputColumnNames(first.path, first.request, signal));
  if (!target) return { tasks, warnings: [] };
  const warnings: string[] = [];
  const apart = new Set<string>();
  for (const { name, path, request } of datasets) {
    const used = !own.has(name) && tasks.some(task => task.datasets.includes(name));
    const columns = used ? await inputColumnNames(path, request, signal) : undefined;
    const unlike = columns && unlikeColumns(target, columns);
    if (!unlike) continue;
    warnings.push(tablesUnlike({ target: first.name, source: name, ...unlike }));
    if (unlike.shared.length === 0) apart.add(name);
  }
  const left = tasks.map(task => ({ ...task, datasets: task.datasets.filter(name => !apart.has(name)) }));
  return {
    tasks: left.filter((task, i) => task.datasets.length > 0 || tasks[i]?.datasets.length === 0),
    warnings,
  };
}
