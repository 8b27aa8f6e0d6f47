import { constants, lstatSync } from 'node:fs';
import path from 'node:path';
import { linkInTheWay } from '../messages/own-file-messages';
import { refused } from './file-errors';

/** The folder of everything that this program keeps in a workspace. */
const HOME = '.strategy-advisor';
/** Below the folder of a run, wherever it was moved to. */
const JOBS = 'jobs';

/**
 * A link in place of a file is not followed: what is read and written beside a repository's files is what stands there.
 * Windows has no such flag; there links need a privilege.
 */
export const NO_LINK = (constants as Readonly<Record<string, number>>)['O_NOFOLLOW'] ?? 0;

/** Milliseconds for which a folder counts as looked at: a run that is followed has thousands of files, in few folders. */
const FRESH = 50;
const MOST = 10_000;
const seen = new Map<string, number>();

/**
 * Throws where one of our own folders on the way to a file is a symbolic link: a repository could have brought it, and
 * lead what we read or write to anywhere. Looked at are `.strategy-advisor` and what is below or, of a run that was moved
 * elsewhere, what is below the run. A folder that is missing is none.
 *
 * @throws FileRefused `link`
 */
export function assertOwnFolders(file: string): void {
  for (const folder of ownFolders(path.resolve(file))) {
    const now = performance.now();
    if (now - (seen.get(folder) ?? -Infinity) < FRESH) continue;
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (!found) return;
    if (found.isSymbolicLink()) throw refused('link', linkInTheWay(folder), folder);
    if (seen.size >= MOST) seen.clear();
    seen.set(folder, now);
  }
}

function ownFolders(file: string): string[] {
  const steps = path.dirname(file).split(path.sep);
  const home = steps.lastIndexOf(HOME);
  const first = home >= 0 ? home : steps.lastIndexOf(JOBS);
  if (first < 0) return [];
  return steps.slice(first).map((_, i) => steps.slice(0, first + i + 1).join(path.sep));
}
