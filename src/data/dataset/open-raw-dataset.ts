import { basename, join } from 'node:path';
import {
  emptyFolder,
  folderWithoutKnownFormat,
  mixedFormats,
  nothingReadable,
  unsupportedFormat,
} from '../../messages/data-access-messages';
import { isAbort } from '../../common/abort';
import type { RawDataset, RawDatasetPart } from '../data-tables';
import { openCertainTable } from '../formats/csv';
import { withoutCompanions } from '../formats/folder-layout';
import { openTextLines } from '../formats/text-lines';
import { dataError, isDataError, type DataError } from '../issues';
import { type FileFamily, type Format, formatOfName, isFileFamily } from '../paths/file-formats';
import { type ResolveOptions, type ResolvedPath, resolvePath } from '../paths/resolve-path';
import { reportMissingShards, reportUnlikeTables } from './incomplete-data';
import { type TableFile, openTables } from './open-tables';
import { splitOfFileName, splitOfFolder } from '../splits';
import { ofDefaultConfiguration } from './configurations';
import { reportUnread, withoutPlaceholders, withoutUnlabelled } from './unusable-files';

export interface OpenOptions extends ResolveOptions {
  /** The table of a database that holds several. */
  readonly table?: string | undefined;
  /** The columns of labels, where they are known: a test split without them is left out. */
  readonly labels?: readonly string[] | undefined;
  /** What examples are where a table only names them, in a column of files. */
  readonly named?: FileFamily | undefined;
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
  const location = withoutCompanions(
    await ofDefaultConfiguration(await resolvePath(path, options), options),
    options,
  );
  reportMissingShards(location, options.issues);
  const format = pickFormat(location, options);
  const tables = format === 'text' ? await tablesInText(location, options) : undefined;
  if (tables) return { path: location.path, kind: 'table', parts: tables };
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
  if (options.named && (format === 'csv' || format === 'jsonl')) {
    const { openNamedFiles } = await import('../formats/named-files');
    const named = await openNamedFiles(location, options.named, options);
    if (named) return named;
  }
  const table = options.table ?? location.part;
  const parts = await openTables(tableFiles(location, format), format, { ...options, table });
  if (parts.length === 0) {
    throw dataError('empty', nothingReadable(location.path), location.path);
  }
  const { labels = [], issues } = options;
  reportUnlikeTables(location.path, parts, issues);
  return {
    path: location.path,
    kind: 'table',
    parts: withoutUnlabelled(parts, labels, { path: location.path, issues }),
  };
}

/** Texts are many, and each is an example; tables with the ending of texts are few. */
const MOST_TEXT_TABLES = 20;

/** The tables that text files are, where all of them are tables and have names that say nothing of it. */
async function tablesInText(
  location: ResolvedPath,
  { signal }: OpenOptions,
): Promise<RawDatasetPart[] | undefined> {
  const files = tableFiles(location, 'text');
  if (files.length > MOST_TEXT_TABLES) return undefined;
  const parts: RawDatasetPart[] = [];
  for (const { path, split } of files) {
    const table = await openCertainTable(path, signal);
    if (!table) return undefined;
    parts.push({ table, ...(split !== undefined && { split }) });
  }
  return parts;
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

/** Media before tables of the same number, and JSON, text and archives last: descriptions, notes and copies are often next to data. */
function rank([format, count]: readonly [Format, number]): number {
  return format === 'text' || format === 'json' || format === 'zip'
    ? count / 1000
    : isFileFamily(format)
      ? count + 0.5
      : count;
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
