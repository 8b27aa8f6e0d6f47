import { basename, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { DataError, isAbort } from '../errors';
import { formatOfName, isFileFamily, type Format } from '../path/formats';
import { locate, type LocateOptions, type Location } from '../path/locate';
import { canonicalSplit, splitOfFileName } from '../splits/names';
import { openFiles } from '../formats/files/file-table';
import { openTextLines } from '../formats/lines/text';
import { openTables, type TableFile } from './tables';
import type { Source } from './source';

export interface OpenOptions extends LocateOptions {
  /** The table of a database that holds several. */
  readonly table?: string | undefined;
}

/**
 * Opens what `path` names. Files that cannot be read are reported and left out.
 *
 * @throws DataError where nothing can be read
 */
export async function openSource(path: string | readonly string[], options: OpenOptions): Promise<Source> {
  const location = await locate(path, options);
  const format = pickFormat(location, options);
  if (isFileFamily(format)) {
    if (!location.isFolder && format === 'text') {
      return {
        path: location.path,
        kind: 'text',
        parts: [{ table: await openTextLines(location.path, options.signal) }],
      };
    }
    const files = location.folders.map(folder => ({
      ...folder,
      files: ofFormat(folder.files, format),
    }));
    return {
      path: location.path,
      kind: format,
      parts: await openFiles(location, files, format, options),
    };
  }
  const table = options.table ?? location.part;
  const parts = await openTables(tableFiles(location, format), format, { ...options, table });
  if (parts.length === 0) {
    throw new DataError('empty', l10n.t('{0} has no file that can be read', location.path), location.path);
  }
  return { path: location.path, kind: 'table', parts };
}

/** Most folders hold files of one format alone: those keep their list. */
function ofFormat(files: readonly string[], format: Format): readonly string[] {
  const others = files.some(name => formatOfName(name) !== format);
  return others ? files.filter(name => formatOfName(name) === format) : files;
}

function tableFiles({ folders, isFolder }: Location, format: Format): TableFile[] {
  return folders
    .flatMap(({ steps, path, files }) =>
      files
        .filter(name => formatOfName(name) === format)
        .map((name): TableFile => {
          const split = steps.map(canonicalSplit).find(found => found !== undefined) ?? splitOfFileName(name);
          return { path: join(path, name), name, ...(split !== undefined && isFolder && { split }) };
        }),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The commonest format among the files; the rest are said to be left out. */
function pickFormat(location: Location, { issues }: OpenOptions): Format {
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
    if (isFileFamily(best[0]) && (format === 'csv' || format === 'jsonl')) continue;
    issues.add(
      'information',
      'mixed-formats',
      l10n.t('{0} holds files of several formats; those of {1} are not counted', location.path, format),
      location.path,
      count,
    );
  }
  return best[0];
}

/** Media before tables of the same number, and text last: notes often lie beside data. */
function rank([format, count]: readonly [Format, number]): number {
  return format === 'text' ? count / 1000 : isFileFamily(format) ? count + 0.5 : count;
}

function unknownFormat({ path, isFolder, folders }: Location): DataError {
  const files = folders.reduce((sum, folder) => sum + folder.files.length, 0);
  if (isFolder && files === 0) return new DataError('empty', l10n.t('{0} has no files', path), path);
  return new DataError(
    'unknown-format',
    isFolder
      ? l10n.t('{0} has {1} files, but none of a format that is read', path, files)
      : l10n.t('{0} is of a format that is not read', basename(path)),
    path,
  );
}

/** Whether an error of one file among many may be reported and passed over. */
export function isFileProblem(error: unknown): error is DataError {
  return error instanceof DataError && !isAbort(error);
}
