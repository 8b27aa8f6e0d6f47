import { type BigIntStats, lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { shellWord } from '../common/shell-word';
import { foreignFolder, sharedFolder } from '../messages/trust-messages';
import { isFolderAllowed, realFolder } from './allowed-folders';
import { trustError } from './trust-errors';
import { homeFolder } from './user-state';

/** Why what a folder holds is not taken for the user's own. */
export interface UnsafeFolder {
  /** The folder that would have to be allowed. */
  readonly folder: string;
  /** What belongs to others, or can be changed by them: the folder, or something in it. */
  readonly place: string;
  /** The owner's number where it belongs to another user. */
  readonly owner?: number;
}

/**
 * Whether others could have put something into a folder, or could exchange it: `.strategy-advisor`, a project file, a
 * repository. `undefined` where they could not, where the user has allowed the folder, and on Windows, which has no such
 * owners and modes.
 *
 * @param names what is used of the folder; what of it is missing does not count
 */
export function unsafeFolder(folder: string, names: readonly string[]): UnsafeFolder | undefined {
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  const found = holderFault(folder, uid) ?? firstFault(folder, names, uid);
  return found && !isFolderAllowed('discovery', folder) ? found : undefined;
}

/** @throws TrustError `unsafe-folder`, with the command that allows the folder */
export function assertSafeFolder(folder: string, names: readonly string[]): void {
  const unsafe = unsafeFolder(folder, names);
  if (unsafe) throw trustError('unsafe-folder', unsafeFolderText(unsafe));
}

/** What is wrong with a folder, and the command that allows it. */
export function unsafeFolderText({ folder, place, owner }: UnsafeFolder): string {
  const command = allowCommandFor(folder);
  return owner === undefined
    ? sharedFolder({ place, command })
    : foreignFolder({ place, owner: String(owner), command });
}

/** The folder that holds something: the administrator's will do, and so will one like `/tmp`, where all keep their own. */
function holderFault(folder: string, uid: number): UnsafeFolder | undefined {
  const status = statusOf(folder, statSync);
  if (!status) return undefined;
  const owner = Number(status.uid);
  if (owner !== uid && owner !== 0) return { folder: realFolder(folder), place: folder, owner };
  const isSticky = (status.mode & 0o1000n) !== 0n;
  return isOpen(status) && !isSticky ? { folder: realFolder(folder), place: folder } : undefined;
}

function firstFault(folder: string, names: readonly string[], uid: number): UnsafeFolder | undefined {
  for (const name of names) {
    const place = path.join(folder, name);
    // A link is its owner's, and what it leads to somebody's too.
    for (const status of [statusOf(place, lstatSync), statusOf(place, statSync)]) {
      if (!status) continue;
      const owner = Number(status.uid);
      if (owner !== uid) return { folder: realFolder(folder), place, owner };
      if (!status.isSymbolicLink() && isOpen(status)) return { folder: realFolder(folder), place };
    }
  }
  return undefined;
}

/** Whether others can write. A group that is the user's alone (its number is the user's own) does not count. */
function isOpen({ mode, uid, gid }: BigIntStats): boolean {
  if ((mode & 0o002n) !== 0n) return true;
  return (mode & 0o020n) !== 0n && !(gid === uid && gid === BigInt(process.getgid?.() ?? -1));
}

function statusOf(place: string, stat: typeof statSync): BigIntStats | undefined {
  try {
    return stat(place, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function allowCommandFor(folder: string): string {
  return `strategy-advisor allow ${shellWord(folder)} --shared`;
}

/**
 * The folder and those above it, nearest first, in which a search for something of the user's may look: up to the root
 * of the repository or the user's home, whichever is nearer.
 *
 * @param isRoot whether a repository begins in a folder
 */
export function searchedFolders(start: string, isRoot: (folder: string) => boolean): readonly string[] {
  const home = homeFolder();
  const tops = new Set(home === undefined ? [] : [home, realFolder(home)]);
  const found: string[] = [];
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    found.push(folder);
    if (isRoot(folder) || tops.has(folder) || folder === path.dirname(folder)) return found;
  }
}
