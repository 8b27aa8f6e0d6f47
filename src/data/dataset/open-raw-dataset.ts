import { basename, join } from 'node:path';
import { unknownArray } from '../../messages/array-messages';
import {
  emptyFolder,
  folderWithoutKnownFormat,
  mixedFormats,
  nothingReadable,
  unsupportedFormat,
} from '../../messages/data-access-messages';
import { isAbort } from '../../common/abort';
import type { RawDataset, RawDatasetPart } from '../data-tables';
import { openCsv } from '../formats/csv';
import { withoutCompanions } from '../formats/folder-layout';
import { openIdx } from '../formats/idx';
import { openJsonLines } from '../formats/json-lines';
import { openNpy } from '../formats/npy';
import { openNpz } from '../formats/npz';
import { openSqlite } from '../formats/sqlite';
import { openTextLines } from '../formats/text-lines';
import { dataError, isDataError, type DataError, type IssueLog } from '../issues';
import { type Format, type TableFormat, formatOfName, isFileFamily } from '../paths/file-formats';
import { type ResolveOptions, type ResolvedPath, resolvePath } from '../paths/resolve-path';
import { type SplitName, canonicalSplit, splitOfFileName, splitOfFolder } from '../splits';
import { assertDownloaded, reportUnread, withoutPlaceholders, withoutUnlabelled } from './unusable-files';

interface TableFile {
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
async function openTables(
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

export interface OpenOptions extends ResolveOptions {
  /** The table of a database that holds several. */
  readonly table?: string | undefined;
  /** The columns of labels, where they are known: a test split without them is left out. */
  readonly labels?: readonly string[] | undefined;
}

/**
 * Opens what `path` names. Files that cannot be read are reported and left out.
 *
 * @throws DataError where nothing can be read
 */
export async function openRawDataset(
  path: string | readonly string[],
  options: OpenOptions,
): Promise<RawDataset> {
  const location = withoutCompanions(await resolvePath(path, options), options);
  const format = pickFormat(location, options);
  if (isFileFamily(format)) {
    if (!location.isFolder && format === 'text') {
      return {
        path: location.path,
        kind: 'text',
        parts: [{ table: await openTextLines(location.path, options.signal) }],
      };
    }
    const named = location.folders.map(folder => ({ ...folder, files: ofFormat(folder.files, format) }));
    const files = format === 'text' ? named : await withoutPlaceholders(location.path, named, options);
    const { openFiles } = await import('../formats/file-folders');
    return {
      path: location.path,
      kind: format,
      parts: await openFiles(location, files, format, options),
    };
  }
  const table = options.table ?? location.part;
  const parts = await openTables(tableFiles(location, format), format, { ...options, table });
  if (parts.length === 0) {
    throw dataError('empty', nothingReadable(location.path), location.path);
  }
  const { labels = [], issues } = options;
  return {
    path: location.path,
    kind: 'table',
    parts: withoutUnlabelled(parts, labels, { path: location.path, issues }),
  };
}

/** Most folders contain one format only: these keep their list. */
function ofFormat(files: readonly string[], format: Format): readonly string[] {
  const others = files.some(name => formatOfName(name) !== format);
  return others ? files.filter(name => formatOfName(name) === format) : files;
}

function tableFiles({ folders, isFolder }: ResolvedPath, format: Format): TableFile[] {
  return folders
    .flatMap(({ steps, path, files }) =>
      files
        .filter(name => formatOfName(name) === format)
        .map((name): TableFile => {
          const split = steps.map(splitOfFolder).find(found => found !== undefined) ?? splitOfFileName(name);
          return { path: join(path, name), name, ...(split !== undefined && isFolder && { split }) };
        }),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The commonest format among the files; the rest are said to be left out. */
function pickFormat(location: ResolvedPath, { issues }: OpenOptions): Format {
  const counts = new Map<Format, number>();
  for (const { files } of location.folders) {
    for (const name of files) {
      const format = formatOfName(name);
      if (format) counts.set(format, (counts.get(format) ?? 0) + 1);
    }
  }
  const [best, ...others] = [...counts].sort((a, b) => rank(b) - rank(a));
  if (!best) throw unknownFormat(location);
  for (const [format, count] of others) {
    // Those may be labels of the files; what they are is told where they are read.
    if (isFileFamily(best[0]) && (format === 'csv' || format === 'jsonl')) continue;
    issues.add(
      'information',
      'mixed-formats',
      mixedFormats({ folder: location.path, format }),
      location.path,
      count,
    );
  }
  if (location.isFolder) reportUnread(location, issues);
  return best[0];
}

/** Media before tables of the same number, and text last: notes are often next to data. */
function rank([format, count]: readonly [Format, number]): number {
  return format === 'text' ? count / 1000 : isFileFamily(format) ? count + 0.5 : count;
}

function unknownFormat({ path, isFolder, folders }: ResolvedPath): DataError {
  const files = folders.reduce((sum, folder) => sum + folder.files.length, 0);
  if (isFolder && files === 0) return dataError('empty', emptyFolder(path), path);
  return dataError(
    'unknown-format',
    isFolder ? folderWithoutKnownFormat({ folder: path, files }) : unsupportedFormat(basename(path)),
    path,
  );
}

/** Whether an error of one file among many may be reported and passed over. */
export function isFileProblem(error: unknown): error is DataError {
  return isDataError(error) && !isAbort(error);
}
