import type { DatasetRequest } from '../dataset/dataset-request';
import { openOptions } from '../dataset/dataset-request';
import { openRawDataset } from '../dataset/open-raw-dataset';
import { createIssueLog, isDataError } from '../issues';
import { isFileTable } from '../data-tables';

/** Where fewer of the target's columns are also the source's, what a network learned of one table says little of the other. */
const LEAST_SHARED = 0.5;

/**
 * The names of the columns that may be the input of a table, without reading its rows; `undefined` of files, and where
 * nothing can be read.
 */
export async function inputColumnNames(
  path: string | readonly string[],
  request: Pick<DatasetRequest, 'labels' | 'input' | 'group' | 'splitColumn' | 'table' | 'readable'>,
  signal?: AbortSignal,
): Promise<readonly string[] | undefined> {
  const { labels, input, group, splitColumn } = request;
  try {
    const options = openOptions(request, signal ? { signal } : {}, createIssueLog());
    const { kind, parts } = await openRawDataset(path, options);
    const table = parts[0]?.table;
    // One column of texts or arrays is called as its maker liked.
    if (kind !== 'table' || !table || isFileTable(table) || table.columns.some(({ shape }) => shape))
      return undefined;
    const others = new Set([
      ...Object.values(labels).map(({ column }) => column),
      ...(input?.except ?? []),
      group,
      splitColumn,
    ]);
    return table.columns
      .map(({ name }) => name)
      .filter(name => !others.has(name) && input?.columns?.includes(name) !== false);
  } catch (error) {
    if (isDataError(error)) return undefined;
    throw error;
  }
}

/** How two tables differ that one network is to read; `undefined` where they are alike. */
export interface UnlikeColumns {
  readonly shared: readonly string[];
  readonly onlyTarget: readonly string[];
  readonly onlySource: readonly string[];
}

export function unlikeColumns(
  target: readonly string[],
  source: readonly string[],
): UnlikeColumns | undefined {
  const [ours, theirs] = [new Set(target), new Set(source)];
  const shared = target.filter(name => theirs.has(name));
  if (target.length === 0 || shared.length >= LEAST_SHARED * target.length) return undefined;
  return {
    shared,
    onlyTarget: target.filter(name => !theirs.has(name)),
    onlySource: source.filter(name => !ours.has(name)),
  };
}
