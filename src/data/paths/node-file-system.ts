import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { sep } from 'node:path';
import { readRegular } from '../../files/regular-file';
import type { FileSystem } from './file-system';
import { type FileUri, fsPathOf, uriOfFsPath } from './file-uri';
import { listedPaths } from '../../common/path-syntax';
import { findPath } from './annotated-path';
import type { OutsidePlace } from '../../messages/outside-messages';
import { type ReadableFolders, assertReadable, outsidePlace, reachOf } from './readable-folders';

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
/** The files of this machine that may be read: of others nobody learns whether they are there. */
export interface GuardedFileSystem extends FileSystem {
  /** The first place outside that was asked for. */
  readonly refused: () => string | undefined;
}

/** @param files what answers for those that may be read */
export function guardedFileSystem(readable: ReadableFolders, files = nodeFileSystem): GuardedFileSystem {
  let refused: string | undefined;
  return {
    async stat(uri) {
      const reach = await reachOf(localPath(uri), readable);
      if (reach.kind === 'inside') return files.stat(uri);
      if (reach.kind !== 'loop') refused ??= reach.place;
      return undefined;
    },
    async readFile(uri) {
      await assertReadable(localPath(uri), readable);
      return files.readFile(uri);
    },
    refused: () => refused,
  };
}

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
      /** The folders that its links may lead into. */
      readonly readable?: ReadableFolders;
      readonly exists: boolean;
    }
  /** Nothing was looked for: it lies, or leads, outside of what may be read. */
  | ({ readonly kind: 'outside' } & OutsidePlace)
  | { readonly kind: 'remote'; readonly url: string };

/**
 * What a `path=` in `file` names on this machine: see {@link findPath}.
 *
 * @param file the annotated file, absolute
 * @param workspaceFolders what `${workspaceFolder}` may stand for, best first
 * @param readable what may be looked at; all where it is absent
 */
export async function resolveDataPath(
  written: string,
  file: string,
  workspaceFolders: readonly string[] = [],
  readable?: ReadableFolders,
): Promise<DataPath> {
  const context = {
    file: fileUri(file),
    workspaceFolders: workspaceFolders.map(fileUri),
    home: fileUri(homedir()),
    isWindows,
  };
  const guarded = readable && guardedFileSystem(readable);
  const found = await findPath(written, context, guarded ?? nodeFileSystem);
  if (found.kind === 'remote') return found;
  const { uri, list, fragment, entry } = found;
  const place =
    entry || !readable ? undefined : await refusedPlace(localPath(uri), readable, guarded?.refused());
  if (place !== undefined) return { kind: 'outside', ...outsidePlace(localPath(uri), place) };
  return {
    kind: 'local',
    path: localPath(uri),
    ...(list ? { list: list.map(localPath) } : {}),
    ...(fragment === undefined ? {} : { fragment }),
    ...(readable ? { readable } : {}),
    exists: entry !== undefined,
  };
}

/** Where a path that was not found lies, if that is outside; of a list, where the first of its files does that is. */
async function refusedPlace(
  path: string,
  readable: ReadableFolders,
  refused: string | undefined,
): Promise<string | undefined> {
  if (refused === undefined) return undefined;
  const reach = await reachOf(path, readable);
  if (reach.kind === 'outside' || reach.kind === 'kernel') return reach.place;
  return listedPaths(path).length > 1 ? refused : undefined;
}
