import type { DataPath } from '../data/paths/node-file-system';
import type { Unit } from '../language/annotation-model';
import type { Dataset } from '../language/learning-problem';

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
