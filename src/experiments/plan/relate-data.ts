import { type DataFiles, type HeldOutData, dataFiles } from '../../data';
import { isUserError } from '../../common/errors';
import type { Dataset, Problem, Task } from '../../language/learning-problem';
import type { DataSpec } from '../../protocol/job-files';
import { type ResolvePath, dataSpec } from './dataset-spec';
import { entryOf } from '../../common/named-entries';

/** How the datasets of a problem are to be read, given what they share with one another. */
export interface RelatedData {
  /** What is read of a dataset whose data is there; the same in all jobs of a run. */
  readonly specOf: (dataset: Dataset) => DataSpec | undefined;
  /** Whether the target's test split is drawn from its examples, one by one: then each seed can have its own. */
  readonly canFold: boolean;
}

interface Known {
  readonly spec: DataSpec;
  readonly files: DataFiles | undefined;
}

/**
 * Settles what must not depend on the arm: a column that any annotation of a table names as a label is no input of any
 * other; datasets of the target's own tables are divided as it is; and examples that the target holds out for
 * validation and test are in no other training data.
 *
 * @param target the task that the run is for
 */
export async function relateData(
  problem: Problem,
  target: Task,
  locate: ResolvePath,
  signal?: AbortSignal,
): Promise<RelatedData> {
  const known: Known[] = [];
  for (const dataset of problem.datasets) {
    const place = locate(dataset);
    if (place?.kind !== 'local' || !place.exists) continue;
    const spec = dataSpec(dataset, place, problem.tasks);
    const files = await filesOf(spec, signal);
    known.push({ spec: files ? labelledByFolder(spec, dataset, files) : spec, files });
  }
  const own = known.filter(({ spec }) => entryOf(spec.request.labels, target.name) !== undefined);
  const related = new Map(
    known.map(each => [each.spec.name, relate(each, { known, own, target: target.name })] as const),
  );
  const canFold =
    own.length > 0 &&
    own.every(
      ({ spec: { request }, files }) =>
        files?.hasTest === false && request.group === undefined && request.time === undefined,
    );
  return { specOf: ({ name }) => related.get(name), canFold };
}

/**
 * How a dataset is read by one seed of several that are tested on different examples: the target's own tables are divided
 * accordingly, and what the target then holds out is left out of all others.
 */
export function withFold(spec: DataSpec, target: string, fold: number): DataSpec {
  const { request } = spec;
  const apart = request.apart?.map(other => ({ ...other, request: { ...other.request, fold } }));
  const isDividedAlike =
    entryOf(request.labels, target) !== undefined ||
    apart?.some(({ trainOnly }) => trainOnly === true) === true;
  return {
    ...spec,
    request: { ...request, ...(isDividedAlike ? { fold } : {}), ...(apart ? { apart } : {}) },
  };
}

/** Where each example is a file, a label that no annotation names is the file's folder. */
function labelledByFolder(spec: DataSpec, dataset: Dataset, { kind, tables }: DataFiles): DataSpec {
  if (kind === 'table' || tables.length > 0) return spec;
  const labels = Object.entries(spec.request.labels).map(([task, label]) => [
    task,
    entryOf(dataset.labels, task) === undefined ? { ...label, column: 'class' } : label,
  ]);
  return {
    ...spec,
    request: { ...spec.request, labels: Object.fromEntries(labels) as DataSpec['request']['labels'] },
  };
}

async function filesOf(
  { path, request }: DataSpec,
  signal: AbortSignal | undefined,
): Promise<Known['files']> {
  try {
    return await dataFiles(path, { table: request.table, signal });
  } catch (error) {
    // Data that cannot be read is an error where it is needed.
    if (isUserError(error, 'data')) return undefined;
    throw error;
  }
}

function relate(
  each: Known,
  {
    known,
    own,
    target,
  }: { readonly known: readonly Known[]; readonly own: readonly Known[]; target: string },
): DataSpec {
  const { spec } = each;
  const beside = own.find(other => isSameData(each, other));
  const isOwn = entryOf(spec.request.labels, target) !== undefined;
  const stratify = isOwn
    ? entryOf(spec.request.labels, target)
    : entryOf(beside?.spec.request.labels, target);
  const apart = own
    .filter(other => other !== each)
    .map((other): HeldOutData => {
      const theirs = withLabels(other, known, target);
      const trainOnly = isOwn || isSameData(each, other);
      return { path: theirs.path, request: theirs.request, ...(trainOnly ? { trainOnly } : {}) };
    });
  const { request } = withoutForeignLabels(each, known);
  return {
    ...spec,
    request: { ...request, ...(stratify ? { stratify } : {}), ...(apart.length > 0 ? { apart } : {}) },
  };
}

function withLabels(each: Known, known: readonly Known[], target: string): DataSpec {
  const spec = withoutForeignLabels(each, known);
  const stratify = entryOf(spec.request.labels, target);
  return { ...spec, request: { ...spec.request, ...(stratify ? { stratify } : {}) } };
}

/** Columns that another annotation of the same table names as a label: learning from them would be cheating. */
function withoutForeignLabels(each: Known, known: readonly Known[]): DataSpec {
  const { spec } = each;
  const own = new Set(Object.values(spec.request.labels).map(({ column }) => column));
  const foreign = known
    .filter(other => other !== each && isSameData(each, other))
    .flatMap(other => Object.values(other.spec.request.labels).map(({ column }) => column))
    .filter(column => !own.has(column));
  if (foreign.length === 0) return spec;
  const except = [...new Set([...(spec.request.input?.except ?? []), ...foreign])].sort();
  return { ...spec, request: { ...spec.request, input: { ...spec.request.input, except } } };
}

/** Whether two annotations name one table, or two copies of it. */
function isSameData({ files: one }: Known, { files: other }: Known): boolean {
  if (!one || !other || one.tables.length === 0 || other.tables.length === 0) return false;
  return one.content === other.content || one.tables.some(table => other.tables.includes(table));
}
