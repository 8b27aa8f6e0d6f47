import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { textOfFile } from './file-hash';
import { liesIn, realFolder } from './allowed-folders';
import { homeFolder } from './user-state';

/** Whose code it is. */
export interface Repository {
  /** The folder that holds `.git`; the folder itself outside a repository. */
  readonly root: string;
  /** Where it was cloned from, as its `.git/config` says; that is text of whoever wrote it. */
  readonly origin?: string;
}

/** The folder around `folder` that holds `.git`; `folder` itself where none does, links followed. */
export function repositoryRoot(folder: string): string {
  const start = realFolder(folder);
  const home = homeFolder();
  const top = home === undefined ? undefined : realFolder(home);
  for (let each = start; ; each = path.dirname(each)) {
    if (existsSync(path.join(each, '.git'))) return each;
    if (each === top || each === path.dirname(each)) return start;
  }
}

const LARGEST_CONFIG = 256 * 1024;

/** Reads files only: git itself would run what the repository's configuration names. */
export async function repositoryAround(folder: string): Promise<Repository> {
  const root = repositoryRoot(folder);
  const config = (await textOfFile(path.join(root, '.git', 'config'), LARGEST_CONFIG)) ?? '';
  const origin = originIn(config);
  return { root, ...(origin === undefined ? {} : { origin }) };
}

function originIn(config: string): string | undefined {
  let inOrigin = false;
  for (const line of config.split('\n').map(each => each.trim())) {
    if (line.startsWith('[')) inOrigin = line === '[remote "origin"]';
    else if (inOrigin && line.startsWith('url')) {
      const rest = line.slice('url'.length).trimStart();
      if (rest.startsWith('=')) return rest.slice(1).trim();
    }
  }
  return undefined;
}

/**
 * The file that a program's name stands for, as the system looks it up in `PATH`; `undefined` where there is none.
 * Entries of `PATH` may be relative: they count from the folder in which the program starts.
 */
export function programOnPath(name: string, cwd: string): string | undefined {
  const folders = foldersOnPath().map(each => path.resolve(cwd, each));
  // Windows looks in the current folder first.
  return programIn(process.platform === 'win32' ? [cwd, ...folders] : folders, name);
}

/**
 * The same for a program that is to be the system's: not what a repository brings along, in the one around `cwd` or in
 * any `node_modules`, which package managers put into `PATH`.
 */
export function programOutside(name: string, cwd: string): string | undefined {
  const root = repositoryRoot(cwd);
  const isRepository = root !== homeFolder() && existsSync(path.join(root, '.git'));
  const folders = foldersOnPath().filter(
    each =>
      path.isAbsolute(each) &&
      !each.split(/[/\\]/).includes('node_modules') &&
      !(isRepository && liesIn(root, realFolder(each))),
  );
  return programIn(folders, name);
}

function foldersOnPath(): string[] {
  return (process.env['PATH'] ?? process.env['Path'] ?? '').split(path.delimiter);
}

function programIn(folders: readonly string[], name: string): string | undefined {
  const isWindows = process.platform === 'win32';
  for (const folder of folders)
    for (const ending of isWindows ? ['', '.com', '.exe', '.cmd', '.bat'] : ['']) {
      const file = path.join(folder, name + ending);
      const status = statSync(file, { throwIfNoEntry: false });
      if (status?.isFile() === true && (isWindows || (status.mode & 0o111) !== 0)) return file;
    }
  return undefined;
}
