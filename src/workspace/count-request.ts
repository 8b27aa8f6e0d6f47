import type { DataPath } from '../data/paths/node-file-system';
import type { Unit } from '../language/annotation-model';
import type { Dataset } from '../language/learning-problem';
import type { DatasetRequest } from '../protocol/preprocessing';

/** What to count, and in what; plain values, so that another thread can be asked. */
export interface CountRequest {
  readonly path: string | readonly string[];
  /** The table of a database, or the array of an archive. */
  readonly table?: string;
  readonly unit: Unit;
  /** The column that holds the label of each task. */
  readonly label?: Readonly<Record<string, string>>;
  readonly positive?: string;
  /** The folders that links of the data may lead into. */
  readonly readable?: readonly string[];
}

/** Asks for the sizes that a dataset states: in its unit, with the labels whose columns it names. */
export function countRequest(
  { unit, labels, positive }: Pick<Dataset, 'unit' | 'labels' | 'positive'>,
  place: Extract<DataPath, { kind: 'local' }>,
): CountRequest {
  return {
    path: place.list ?? place.path,
    ...(place.fragment === undefined ? {} : { table: place.fragment }),
    unit,
    ...(Object.keys(labels).length > 0 ? { label: labels } : {}),
    ...(positive === undefined ? {} : { positive }),
    ...(place.readable ? { readable: place.readable } : {}),
  };
}

/** What of an annotation says how its data is to be checked; plain values. */
export interface CheckedColumns {
  /** The column of each label: of files the folder that they are in, unless one is named. */
  readonly labels: Readonly<Record<string, string>>;
  readonly group?: string;
  readonly features?: readonly string[];
  readonly ignore?: readonly string[];
}

export function checkedColumns({ tasks, labels, input, group, features, ignore }: Dataset): CheckedColumns {
  const isMedia = input?.modality === 'image' || input?.modality === 'audio';
  const isNamed = Object.keys(labels).length > 0;
  return {
    labels: isMedia && !isNamed ? Object.fromEntries(tasks.map(task => [task, 'class'])) : labels,
    ...(group === undefined ? {} : { group }),
    ...(features ? { features } : {}),
    ...(ignore ? { ignore } : {}),
  };
}

/** Asks for the checks of what is counted. */
export function checkRequest(
  { labels, group, features, ignore }: CheckedColumns,
  { table, positive, readable }: CountRequest,
): DatasetRequest {
  return {
    labels: Object.fromEntries(
      Object.entries(labels).map(([task, column]) => [
        task,
        { column, ...(positive === undefined ? {} : { positive }) },
      ]),
    ),
    input: { ...(features ? { columns: features } : {}), ...(ignore ? { except: ignore } : {}) },
    ...(table === undefined ? {} : { table }),
    ...(group === undefined ? {} : { group }),
    ...(readable ? { readable } : {}),
  };
}
