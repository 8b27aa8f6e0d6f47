import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import { openArrow } from '../formats/arrow/arrow';
import { openCsv } from '../formats/csv/table';
import { openIdx } from '../formats/arrays/idx';
import { openJsonLines } from '../formats/lines/jsonl';
import { openNpy } from '../formats/arrays/npy';
import { openNpz } from '../formats/arrays/npz';
import { openParquet } from '../formats/parquet/parquet';
import { openSqlite } from '../formats/sqlite/sqlite';
import type { TableFormat } from '../path/formats';
import type { IssueLog } from '../issues';
import { canonicalSplit, type SplitName } from '../splits/names';
import type { SourcePart } from './source';

export interface TableFile {
  readonly path: string;
  readonly name: string;
  readonly split?: SplitName;
}

export interface TablesOptions {
  readonly table?: string | undefined;
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
}

/** Opens files of one format; those that cannot be read are reported and left out. */
export async function openTables(
  files: readonly TableFile[],
  format: TableFormat,
  options: TablesOptions,
): Promise<SourcePart[]> {
  const parts: SourcePart[] = [];
  for (const group of format === 'idx' ? pairs(files) : files.map(file => [file])) {
    try {
      parts.push(...(await openGroup(group, format, options)));
    } catch (error) {
      if (!(error instanceof DataError) || files.length === group.length) throw error;
      options.issues.addError(error);
    }
  }
  return parts;
}

async function openGroup(
  group: readonly TableFile[],
  format: TableFormat,
  options: TablesOptions,
): Promise<SourcePart[]> {
  const [file] = group;
  if (!file) return [];
  const { path, split } = file;
  const whole = { ...(split !== undefined && { split }) };
  switch (format) {
    case 'csv':
      return [{ ...whole, table: await openCsv(path, options.signal) }];
    case 'jsonl':
      return [{ ...whole, table: await openJsonLines(path, options.signal) }];
    case 'parquet':
      return [{ ...whole, table: await openParquet(path, options.signal) }];
    case 'arrow':
      return [{ ...whole, table: await openArrow(path, options.signal) }];
    case 'sqlite':
      return [{ ...whole, table: await openSqlite(path, options.table) }];
    case 'npy':
      return [{ ...whole, table: await openNpy(path, options.signal) }];
    case 'npz':
      return openArchive(path, split, options);
    case 'idx': {
      const named = group.map(each => ({ path: each.path, name: idxColumn(each.name) }));
      return [{ ...whole, table: await openIdx(named, options.signal) }];
    }
  }
}

async function openArchive(
  path: string,
  split: SplitName | undefined,
  { table, signal }: TablesOptions,
): Promise<SourcePart[]> {
  const parts = await openNpz(path, signal);
  const chosen = table === undefined ? parts : parts.filter(part => hasColumn(part.table, table));
  if (chosen.length === 0)
    throw new DataError('unknown-table', l10n.t('{0} has no array "{1}"', path, table ?? ''), path);
  return chosen.map(part => {
    const of = canonicalSplit(part.split ?? '') ?? split;
    return { table: part.table, ...(of !== undefined && { split: of }) };
  });
}

function hasColumn(table: SourcePart['table'], name: string): boolean {
  return table.columns.some(column => column.name === name);
}

function idxColumn(name: string): string {
  return /label/i.test(name) ? 'label' : /image/i.test(name) ? 'image' : 'data';
}

/** Images with their labels: names that differ in those words and the number of axes alone. */
function pairs(files: readonly TableFile[]): TableFile[][] {
  const groups = new Map<string, TableFile[]>();
  for (const file of files) {
    const key = file.path
      .replace(/images?|labels?/i, '*')
      .replace(/idx\d/i, 'idx')
      .replace(/\.gz$/i, '');
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}
