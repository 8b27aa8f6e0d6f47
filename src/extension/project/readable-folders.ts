import path from 'node:path';
import { isInside } from '../../data/paths/file-access';
import {
  type DataPath,
  type GuardedFileSystem,
  guardedFileSystem,
  resolveDataPath,
} from '../../data/paths/node-file-system';
import { type ReadableFolders, folderToAllow, isBroadFolder } from '../../data/paths/readable-folders';
import { allowFolder, allowedFolders, revokeFolder } from '../../trust/allowed-folders';

/**
 * What may be read for the annotations of a file on this machine (of one that was never saved, `undefined`): the folders of the window or, for a file outside of
 * them, the file's own folder; and what the user has allowed.
 */
export function readableFoldersOf(
  file: string | undefined,
  workspaceFolders: readonly string[],
): ReadableFolders {
  const isOutside = file !== undefined && !workspaceFolders.some(folder => isInside(folder, file));
  const own = isOutside ? [path.dirname(file)].filter(folder => !isBroadFolder(folder)) : [];
  return [...workspaceFolders, ...own, ...allowedFolders('outside')];
}

/** The files in those folders; of others nobody learns whether they are there. */
export function readableFilesOf(
  file: string | undefined,
  workspaceFolders: readonly string[],
): GuardedFileSystem {
  return guardedFileSystem(readableFoldersOf(file, workspaceFolders));
}

/** What a `path=` in a file names, where that may be read. */
export function readablePath(
  written: string,
  file: string,
  workspaceFolders: readonly string[],
): Promise<DataPath> {
  return resolveDataPath(written, file, workspaceFolders, readableFoldersOf(file, workspaceFolders));
}

/** What the user has allowed to be read outside of all workspaces, in the user's own state. */
export interface OutsidePermissions {
  /** What the user allows so that a place can be read: its folder, mostly. */
  readonly folderOf: (place: string) => string;
  readonly list: () => readonly string[];
  /** @throws TrustError where it cannot be kept */
  readonly allow: (folder: string) => Promise<void>;
  /** @throws TrustError where it cannot be kept */
  readonly revoke: (folder: string) => Promise<void>;
}

export const outsidePermissions: OutsidePermissions = {
  folderOf: folderToAllow,
  list: () => allowedFolders('outside'),
  async allow(folder) {
    await allowFolder('outside', folder);
  },
  async revoke(folder) {
    await revokeFolder('outside', folder);
  },
};
