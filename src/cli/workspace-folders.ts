import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PilotResult } from '../advisor/advice';
import { resolveDataPath } from '../data/paths/node-file-system';
import type { DataPaths } from '../experiments/plan/dataset-spec';
import type { Problem } from '../language/learning-problem';
import { searchedFolders, unsafeFolder, unsafeFolderText } from '../trust/safe-folder';
import { loadRuns } from './launch-run';
import { foldersUpToOwnRepository, isFolder, isRepositoryRoot } from './own-repository';
import { readableFoldersOf } from './readable-folders';
import type { Io } from './terminal';

/** What `${workspaceFolder}` may mean in a terminal: a folder that was named, one around it up to its repository's root, or this one. */
export function workspaceFoldersOf(file: string, paths: readonly string[], io: Pick<Io, 'cwd'>): string[] {
  const absolute = path.resolve(io.cwd, file);
  const named = paths
    .map(each => path.resolve(io.cwd, each))
    .filter(each => absolute.startsWith(each + path.sep) && isFolder(each));
  return [...named, ...foldersUpToOwnRepository(named[0] ?? path.dirname(absolute)), io.cwd];
}

/** Where the files of a problem's datasets are, for training. */
export async function dataPathsOf(
  problem: Problem,
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
): Promise<DataPaths> {
  const { findDataPaths } = await loadRuns();
  return findDataPaths(problem, async ({ path: written, reference }) => {
    if (written === undefined) return undefined;
    const folders = workspaceFoldersOf(reference.file, paths, io);
    const readable = readableFoldersOf(reference.file, paths, io);
    return resolveDataPath(written, path.resolve(io.cwd, reference.file), folders, readable);
  });
}

/**
 * The folder that keeps the runs of a path: the nearest one around it that keeps some, else its own. One that others could
 * have put there is not taken, which is printed where there is something to print to.
 */
export function workspaceForRuns(given: string, io: Pick<Io, 'cwd'> & Partial<Pick<Io, 'stderr'>>): string {
  const start = path.resolve(io.cwd, given);
  const own = isFolder(start) ? start : path.dirname(start);
  for (const folder of searchedFolders(own, isRepositoryRoot)) {
    if (!existsSync(path.join(folder, '.strategy-advisor', 'runs'))) continue;
    const unsafe =
      folder === own ? undefined : unsafeFolder(folder, ['.strategy-advisor', '.strategy-advisor/runs']);
    if (!unsafe) return folder;
    io.stderr?.line(unsafeFolderText(unsafe));
    break;
  }
  return own;
}

/** The folders of paths, or around them, that keep runs. */
function workspacesWithRuns(paths: readonly string[], io: Pick<Io, 'cwd'>): readonly string[] {
  const folders = new Set(paths.map(given => workspaceForRuns(given, io)));
  return [...folders].filter(folder => existsSync(path.join(folder, '.strategy-advisor', 'runs')));
}

/** What pilots have measured in the folders given; what reads runs is loaded only where there are some. */
export async function pilotResults(
  paths: readonly string[],
  problem: Problem,
  io: Pick<Io, 'cwd'> & Partial<Pick<Io, 'stderr'>>,
): Promise<readonly PilotResult[]> {
  const folders = workspacesWithRuns(paths, io);
  if (folders.length === 0) return [];
  const { pilotFindings, unsafeHome } = await loadRuns();
  // Advice is given all the same, by the rules.
  for (const folder of folders) {
    const unsafe = unsafeHome(folder);
    if (unsafe) io.stderr?.line(unsafeFolderText(unsafe));
  }
  const found = folders.map(folder => pilotFindings(folder, problem, () => dataPathsOf(problem, paths, io)));
  return (await Promise.all(found)).flat();
}
