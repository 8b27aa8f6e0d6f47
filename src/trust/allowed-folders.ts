import { realpathSync } from 'node:fs';
import path from 'node:path';
import { changeUserState, readUserState } from './user-state';

/**
 * `discovery`: folders of others whose `.strategy-advisor` and project file count all the same. `outside`: folders
 * outside the workspace whose data may be read.
 */
export type FolderPermission = 'discovery' | 'outside';

/** The folder with its links followed, as permissions are kept; as it is where it is not there. */
export function realFolder(folder: string): string {
  const absolute = path.resolve(folder);
  try {
    return realpathSync.native(absolute);
  } catch {
    return absolute;
  }
}

/** Whether `place` is `folder` or lies in it; both absolute, links not followed. */
export function liesIn(folder: string, place: string): boolean {
  const steps = path.relative(folder, place);
  return steps === '' || (!path.isAbsolute(steps) && steps !== '..' && !steps.startsWith(`..${path.sep}`));
}

/** Whether the user has allowed a folder: that very one for `discovery`, it or one around it for `outside`. */
export function isFolderAllowed(permission: FolderPermission, place: string): boolean {
  const allowed = readUserState().state[permission];
  if (allowed.length === 0) return false;
  const real = realFolder(place);
  return allowed.some(folder => folder === real || (permission === 'outside' && liesIn(folder, real)));
}

/**
 * Remembers that a folder is allowed; gives it as it is kept.
 *
 * @throws TrustError where that cannot be written
 */
export async function allowFolder(permission: FolderPermission, folder: string): Promise<string> {
  const real = realFolder(folder);
  await changeUserState(state =>
    state[permission].includes(real) ? state : { ...state, [permission]: [...state[permission], real] },
  );
  return real;
}

/**
 * Forgets that a folder is allowed; says whether it was.
 *
 * @throws TrustError where that cannot be written
 */
export async function revokeFolder(permission: FolderPermission, folder: string): Promise<boolean> {
  const names = new Set([realFolder(folder), path.resolve(folder)]);
  let found = false;
  await changeUserState(state => {
    const left = state[permission].filter(each => !names.has(each));
    found = left.length < state[permission].length;
    return found ? { ...state, [permission]: left } : state;
  });
  return found;
}

/** The folders that are allowed, in the order in which they were. */
export function allowedFolders(permission: FolderPermission): readonly string[] {
  return readUserState().state[permission];
}
