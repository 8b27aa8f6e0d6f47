import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { sep } from 'node:path';
import { readRegular } from '../../files/regular-file';
import type { FileSystem } from './file-system';
import { type FileUri, fsPathOf, uriOfFsPath } from './file-uri';
import { findPath } from './annotated-path';

const isWindows = sep === '\\';

/** The URI of an absolute path of this machine. */
export function fileUri(path: string): FileUri {
  return uriOfFsPath(path, isWindows);
}

/** The path of a file of this machine, as its system writes it. */
export function localPath(uri: FileUri): string {
  return fsPathOf(uri, isWindows);
}

/** In bytes. A project's own files are kilobytes. */
const MAX_SMALL_FILE = 16_000_000;

/** The files of this machine. */
export const nodeFileSystem: FileSystem = {
  async stat(uri) {
    try {
      const found = await stat(localPath(uri));
      return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', size: found.size };
    } catch {
      return undefined;
    }
  },
  readFile: uri => readRegular(localPath(uri), MAX_SMALL_FILE),
};

/** Where the data of a dataset lies, for what runs on the machine that has it. Plain values, to be sent to a process. */
export type DataPath =
  | {
      readonly kind: 'local';
      /** Absolute. */
      readonly path: string;
      /** The files of a list that is joined by commas. */
      readonly list?: readonly string[];
      /** What stands behind a `#`: the table of a database. */
      readonly fragment?: string;
      readonly exists: boolean;
    }
  | { readonly kind: 'remote'; readonly url: string };

/**
 * What a `path=` in `file` names on this machine: see {@link findPath}.
 *
 * @param file the annotated file, absolute
 * @param workspaceFolders what `${workspaceFolder}` may stand for, best first
 */
export async function resolveDataPath(
  written: string,
  file: string,
  workspaceFolders: readonly string[] = [],
): Promise<DataPath> {
  const context = {
    file: fileUri(file),
    workspaceFolders: workspaceFolders.map(fileUri),
    home: fileUri(homedir()),
    isWindows,
  };
  const found = await findPath(written, context, nodeFileSystem);
  if (found.kind === 'remote') return found;
  const { uri, list, fragment, entry } = found;
  return {
    kind: 'local',
    path: localPath(uri),
    ...(list ? { list: list.map(localPath) } : {}),
    ...(fragment === undefined ? {} : { fragment }),
    exists: entry !== undefined,
  };
}
