import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locate } from '../training/pilot/data-spec';
import { resolveDataPath } from '../workspace/data-path';
import { foldersUpToRepository } from '../workspace/gitignore';
import type { Io } from './io';

/** What `${workspaceFolder}` may mean in a terminal: a folder that was named, one around it up to its repository's root, or this one. */
export function workspaceFoldersOf(file: string, paths: readonly string[], io: Pick<Io, 'cwd'>): string[] {
  const absolute = path.resolve(io.cwd, file);
  const named = paths
    .map(each => path.resolve(io.cwd, each))
    .filter(each => absolute.startsWith(each + path.sep) && isFolder(each));
  return [...named, ...foldersUpToRepository(named[0] ?? path.dirname(absolute)), io.cwd];
}

/** Where a dataset's files are, for training. */
export function locateData(paths: readonly string[], io: Pick<Io, 'cwd'>): Locate {
  return dataset => {
    if (dataset.path === undefined) return undefined;
    const file = path.resolve(io.cwd, dataset.reference.file);
    const place = resolveDataPath(dataset.path, file, workspaceFoldersOf(dataset.reference.file, paths, io));
    if (place.kind === 'remote') return place;
    const { exists, fragment, list } = place;
    return {
      kind: 'local',
      path: list ?? place.path,
      exists,
      ...(fragment === undefined ? {} : { table: fragment }),
    };
  };
}

/** The folder that keeps the runs of a path: the nearest one around it that keeps some, else its own. */
export function runsWorkspace(given: string, io: Pick<Io, 'cwd'>): string {
  const start = path.resolve(io.cwd, given);
  const own = isFolder(start) ? start : path.dirname(start);
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.strategy-advisor', 'runs'))) return folder;
    if (folder === path.dirname(folder)) return own;
  }
}

/** The folders of paths, or around them, that keep runs. */
export function runsOfPaths(paths: readonly string[], io: Pick<Io, 'cwd'>): readonly string[] {
  const folders = new Set(paths.map(given => runsWorkspace(given, io)));
  return [...folders].filter(folder => existsSync(path.join(folder, '.strategy-advisor', 'runs')));
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}
