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
  const allowed = allowedFolders(permission);
  if (allowed.length === 0) return false;
  const real = realFolder(place);
  return allowed.some(folder => folder === real || (permission === 'outside' && liesIn(folder, real)));
}

/**
 * Remembers that a folder is allowed; gives it as it is kept. Data outside may be named by a link on the way to it as well,
 * which nothing outside is asked about: the name that the user gave is kept beside the folder.
 *
 * @throws TrustError where that cannot be written
 */
export async function allowFolder(permission: FolderPermission, folder: string): Promise<string> {
  const real = realFolder(folder);
  const names = permission === 'outside' ? [real, path.resolve(folder)] : [real];
  await changeUserState(state => {
    const added = [...new Set(names)].filter(each => !state[permission].includes(each));
    return added.length === 0 ? state : { ...state, [permission]: [...state[permission], ...added] };
  });
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
    const left = state[permission].filter(each => !names.has(each) && !names.has(realFolder(each)));
    found = left.length < state[permission].length;
    return found ? { ...state, [permission]: left } : state;
  });
  return found;
}

/**
 * The folders that are allowed, in the order in which they were, and for data outside the links that lead into them. What has
 * become a link since, or leads elsewhere now, is not among them: whoever owns it has not been given more.
 */
export function allowedFolders(permission: FolderPermission): readonly string[] {
  const kept = readUserState().state[permission];
  if (permission === 'discovery') return kept;
  const places = kept.map(folder => ({ folder, real: realFolder(folder) }));
  const real = places.filter(each => each.folder === each.real);
  return places
    .filter(each => real.some(({ folder }) => liesIn(folder, each.real)))
    .map(({ folder }) => folder);
}
