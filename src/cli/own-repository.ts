import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { unsafeFolder } from '../trust/safe-folder';
import { foldersUpToRepository } from '../workspace/gitignore';

export function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

export function isRepositoryRoot(folder: string): boolean {
  return existsSync(path.join(folder, '.git'));
}

/**
 * The folders above one, nearest first, as far as the root of its repository. None where there is none, or where another
 * user has made a folder one: what lies in it would count as the user's own.
 */
export function foldersUpToOwnRepository(folder: string): readonly string[] {
  const above = foldersUpToRepository(folder);
  const root = above.at(-1);
  return root === undefined || unsafeFolder(root, ['.git']) ? [] : above;
}
