import path from 'node:path';
import { type ReadableFolders, isBroadFolder } from '../data/paths/readable-folders';
import { isInside } from '../data/paths/file-access';
import { allowedFolders } from '../trust/allowed-folders';
import { foldersUpToOwnRepository, isFolder, isRepositoryRoot } from './own-repository';
import type { Io } from './terminal';

/**
 * What may be read for the annotations of a file: the folders that were named, its repository or else the current
 * folder around it, and what the user has allowed.
 *
 * @param paths what was named on the command line
 */
export function readableFoldersOf(
  file: string,
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
): ReadableFolders {
  return [...new Set([...insideOf(path.resolve(io.cwd, file), paths, io), ...allowedFolders('outside')])];
}

function insideOf(file: string, paths: readonly string[], io: Pick<Io, 'cwd'>): readonly string[] {
  const named = paths.map(each => path.resolve(io.cwd, each));
  // A folder that was named may be as broad as it is; one that merely lies around may not.
  const around = [path.dirname(file), repositoryAround(path.dirname(file)), io.cwd];
  return [
    ...named.filter(each => isInside(each, file) && isFolder(each)),
    ...around.filter(each => each !== undefined).filter(each => isInside(each, file) && !isBroadFolder(each)),
  ];
}

function repositoryAround(folder: string): string | undefined {
  return isRepositoryRoot(folder) ? folder : foldersUpToOwnRepository(folder).at(-1);
}
