import { unknownArray } from '../../messages/array-messages';
import type { RawDatasetPart } from '../data-tables';
import { openCsv } from '../formats/csv';
import { openIdx } from '../formats/idx';
import { openJsonLines } from '../formats/json-lines';
import { openNpy } from '../formats/npy';
import { openNpz } from '../formats/npz';
import { openSqlite } from '../formats/sqlite';
import { dataError, isDataError, type IssueLog } from '../issues';
import type { TableFormat } from '../paths/file-formats';
import { type SplitName, canonicalSplit } from '../splits';
import { assertDownloaded } from './unusable-files';

export interface TableFile {
  readonly path: string;
  readonly name: string;
  readonly split?: SplitName;
}

export interface TablesOptions {
  /** The table of a database, the array of an archive, the sheet of a workbook. */
  readonly table?: string | undefined;
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
}

/** Opens files of one format; those that cannot be read are reported and left out. */
export async function openTables(
  files: readonly TableFile[],
  format: TableFormat,
  options: TablesOptions,
): Promise<RawDatasetPart[]> {
  const parts: RawDatasetPart[] = [];
  for (const group of format === 'idx' ? imageLabelPairs(files) : files.map(file => [file])) {
    try {
      for (const { path } of group) await assertDownloaded(path);
      parts.push(...(await openGroup(group, format, options)));
    } catch (error) {
      if (!isDataError(error) || files.length === group.length) throw error;
      options.issues.addError(error);
    }
  }
  return parts;
}

async function openGroup(
  group: readonly TableFile[],
  format: TableFormat,
  options: TablesOptions,
): Promise<RawDatasetPart[]> {
  const [file] = group;
  if (!file) return [];
  const { path, split } = file;
  const whole = { ...(split !== undefined && { split }) };
  switch (format) {
    case 'csv':
      return [{ ...whole, table: await openCsv(path, options.signal) }];
    case 'jsonl':
      return [{ ...whole, table: await openJsonLines(path, options.signal) }];
    case 'json': {
      const { openJson } = await import('../formats/json');
      return [{ ...whole, table: await openJson(path, options.table, options.signal) }];
    }
    case 'parquet': {
      // A third of the bytes that all readers have: its compressions.
      const { openParquet } = await import('../formats/parquet');
      return [{ ...whole, table: await openParquet(path, options.signal) }];
    }
    case 'arrow': {
      const { openArrow } = await import('../formats/arrow');
      return [{ ...whole, table: await openArrow(path, options.signal) }];
    }
    case 'sqlite':
      return [{ ...whole, table: await openSqlite(path, options.table) }];
    case 'zip': {
      const { openZip } = await import('../formats/zip');
      const parts = await openZip(path, options.table, options.signal);
      return parts.map(part => ({ ...whole, ...part }));
    }
    case 'arff': {
      const { openArff } = await import('../formats/arff');
      return [{ ...whole, table: await openArff(path, options.signal) }];
    }
    case 'svmlight': {
      const { openSvmlight } = await import('../formats/svmlight');
      return [{ ...whole, table: await openSvmlight(path, options.signal) }];
    }
    case 'tfrecord': {
      const { openTfrecord } = await import('../formats/tfrecord');
      return [{ ...whole, table: await openTfrecord(path, options.signal) }];
    }
    case 'excel': {
      const { openExcel } = await import('../formats/excel');
      return [{ ...whole, table: await openExcel(path, options.table, options.signal) }];
    }
    case 'hdf5': {
      const { openHdf5 } = await import('../formats/hdf5');
      return ofSplit(await openHdf5(path, options), split);
    }
    case 'matlab': {
      const { openMatlab } = await import('../formats/matlab');
      return ofSplit(await openMatlab(path, options.table, options.signal), split);
    }
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

/** Parts of a file that name no split are of that of the file. */
function ofSplit(parts: readonly RawDatasetPart[], split: SplitName | undefined): RawDatasetPart[] {
  return parts.map(part => ({ ...(split !== undefined && { split }), ...part }));
}

async function openArchive(
  path: string,
  split: SplitName | undefined,
  { table, signal }: TablesOptions,
): Promise<RawDatasetPart[]> {
  const parts = await openNpz(path, signal);
  const chosen = table === undefined ? parts : parts.filter(part => hasColumn(part.table, table));
  if (chosen.length === 0)
    throw dataError('unknown-table', unknownArray({ file: path, array: table ?? '' }), path);
  return chosen.map(part => {
    const of = canonicalSplit(part.split ?? '') ?? split;
    return { table: part.table, ...(of !== undefined && { split: of }) };
  });
}

function hasColumn(table: RawDatasetPart['table'], name: string): boolean {
  return table.columns.some(column => column.name === name);
}

function idxColumn(name: string): string {
  return /label/i.test(name) ? 'label' : /image/i.test(name) ? 'image' : 'data';
}

/** Images with their labels: names that differ only in those words and the number of axes. */
function imageLabelPairs(files: readonly TableFile[]): TableFile[][] {
  const groups = new Map<string, TableFile[]>();
  for (const file of files) {
    const key = file.path
      .replace(/images?|labels?/i, '*')
      .replace(/idx\d/i, 'idx')
      .replace(/\.gz$/i, '');
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(file);
  }
  return [...groups.values()];
}
