import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { sep } from 'node:path';
import type { FileSystem } from './file-system';
import { fsPathOf, uriOfFsPath } from './file-uri';
import { findPath } from './find-path';

const isWindows = sep === '\\';

/** The files of this machine. */
export const nodeFileSystem: FileSystem = {
  async stat(uri) {
    try {
      const found = await stat(fsPathOf(uri, isWindows));
      return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', size: found.size };
    } catch {
      return undefined;
    }
  },
  readFile: uri => readFile(fsPathOf(uri, isWindows)),
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
  const uriOf = (fsPath: string): ReturnType<typeof uriOfFsPath> => uriOfFsPath(fsPath, isWindows);
  const context = {
    file: uriOf(file),
    workspaceFolders: workspaceFolders.map(uriOf),
    home: uriOf(homedir()),
    isWindows,
  };
  const found = await findPath(written, context, nodeFileSystem);
  if (found.kind === 'remote') return found;
  const { uri, list, fragment, entry } = found;
  return {
    kind: 'local',
    path: fsPathOf(uri, isWindows),
    ...(list ? { list: list.map(each => fsPathOf(each, isWindows)) } : {}),
    ...(fragment === undefined ? {} : { fragment }),
    exists: entry !== undefined,
  };
}
