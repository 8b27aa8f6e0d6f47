import { readlink, realpath } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { linkLoop } from '../../messages/data-access-messages';
import { type OutsidePlace, dataOutside, kernelFolder } from '../../messages/outside-messages';
import { errorCode } from '../../common/errors';
import { isKernelFile } from '../../common/kernel-files';
import { globFolder } from '../../common/path-syntax';
import { dataError } from '../issues';
import { isInside } from './file-access';
import { formatOfName } from './file-formats';

/** Folders (or single files) that may be read; absolute. Links may lead from one into another, and nowhere else. */
export type ReadableFolders = readonly string[];

/** Where a path leads. `place` is the first place on the way that lies outside, which has not been looked at. */
export type Reach =
  | { readonly kind: 'inside'; readonly real: string }
  | { readonly kind: 'outside' | 'kernel' | 'loop'; readonly place: string };

/** Links on one path; Linux follows as many. */
const MOST_LINKS = 40;

/**
 * Follows a path, link by link, as long as it stays in folders that may be read. What lies outside is never looked at,
 * not even whether it is there: that alone would tell of it, and may make a machine call a server of somebody else.
 * What is missing counts as where it would be.
 */
export async function reachOf(path: string, readable: ReadableFolders): Promise<Reach> {
  const roots = await Promise.all(
    readable.map(async given => ({ given: resolve(given), real: await realOf(given) })),
  );
  /** The real folder that a place without links above it lies in, and the steps from there. */
  const enter = (place: string, steps: readonly string[]): Position | undefined => {
    for (const { given, real } of roots)
      for (const root of [real, given])
        if (isInside(root, place)) return { at: real, steps: [...stepsOf(relative(root, place)), ...steps] };
    return undefined;
  };
  let position: Position | undefined = enter(resolve(path), []);
  if (!position) return outside(resolve(path));
  for (let links = 0; ;) {
    const step: string | undefined = position.steps[0];
    const rest: readonly string[] = position.steps.slice(1);
    if (step === undefined) break;
    const next: string = join(position.at, step);
    const way: 'look' | 'known' | 'outside' = step === '..' ? 'known' : wayTo(next, roots);
    if (way === 'outside') return outside(join(next, ...rest));
    const target: string | undefined = way === 'known' ? undefined : await linkAt(next);
    if (target === undefined) {
      position = { at: next, steps: rest };
      continue;
    }
    if (++links > MOST_LINKS) return { kind: 'loop', place: resolve(path) };
    if (!isAbsolute(target)) {
      position = { at: position.at, steps: [...stepsOf(target), ...rest] };
      continue;
    }
    // Up to the first step back nothing depends on links that are not followed yet.
    const { root } = parse(target);
    const inner = stepsOf(target.slice(root.length));
    const back = inner.indexOf('..');
    const head = join(root, ...(back < 0 ? inner : inner.slice(0, back)));
    const entered = enter(head, [...(back < 0 ? [] : inner.slice(back)), ...rest]);
    if (!entered) return outside(join(root, ...inner, ...rest));
    position = entered;
  }
  const { at: real } = position;
  return isKernelFile(real) || !roots.some(root => isInside(root.real, real))
    ? outside(real)
    : { kind: 'inside', real };
}

/**
 * Whether what is at a place has to be looked at, to see if it is a link: not where a folder that may be read lies there
 * or below, by its real path, and not outside. A link may go back out of a folder and into it again.
 */
function wayTo(place: string, roots: readonly { readonly real: string }[]): 'look' | 'known' | 'outside' {
  if (roots.some(({ real }) => isInside(place, real))) return 'known';
  return roots.some(({ real }) => isInside(real, place)) ? 'look' : 'outside';
}

function outside(place: string): Reach {
  return { kind: isKernelFile(place) ? 'kernel' : 'outside', place };
}

/** A real folder or file, and the steps that are left from there. */
interface Position {
  readonly at: string;
  readonly steps: readonly string[];
}

function stepsOf(path: string): string[] {
  return path.split(sep === '\\' ? /[/\\]/ : '/').filter(step => step !== '' && step !== '.');
}

async function realOf(folder: string): Promise<string> {
  return realpath(folder).catch(() => resolve(folder));
}

async function linkAt(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    // No link, or nothing there: who opens it says what is wrong.
    if (errorCode(error) !== undefined) return undefined;
    throw error;
  }
}

/**
 * Throws `outside-root` where `path`, its links followed, lies outside of what may be read: a name in a file of
 * somebody else's must not lead a reader to the rest of the disk.
 *
 * @param readable no limit where it is absent, but for the kernel's own files
 */
export async function assertReadable(path: string, readable: ReadableFolders | undefined): Promise<void> {
  const reach = await (readable ? reachOf(path, readable) : unlimited(path));
  switch (reach.kind) {
    case 'inside':
      return;
    case 'loop':
      throw dataError('link-loop', linkLoop(path), path);
    case 'kernel':
      throw dataError('unsupported', kernelFolder(path), path);
    case 'outside':
      throw dataError('outside-root', dataOutside(outsidePlace(resolve(path), reach.place)), reach.place);
  }
}

async function unlimited(path: string): Promise<Reach> {
  const real = await realOf(path);
  return isKernelFile(real) ? { kind: 'kernel', place: real } : { kind: 'inside', real };
}

/** The place outside that a path leads to, for messages. */
export function outsidePlace(path: string, place: string): OutsidePlace {
  return { file: path, place, allow: folderToAllow(place) };
}

/**
 * What a user allows, so that a place outside can be read: the folder of a file, or where a glob starts. Of a file in
 * a folder that holds all sorts of things, the file alone.
 */
export function folderToAllow(place: string): string {
  const folder = globFolder(place, sep === '\\' ? '/\\' : '/');
  if (folder !== place || formatOfName(basename(place)) === undefined) return folder;
  const around = dirname(place);
  return isBroadFolder(around) ? place : around;
}

/**
 * Whether a folder holds more than one project: the root of a file system, the user's home and what is above it, the
 * folder for temporary files. Being in one says nothing about what may be read.
 */
export function isBroadFolder(folder: string): boolean {
  const asked = resolve(folder);
  return (
    [homeOrNone(), tmpdir()].some(each => each !== undefined && isInside(asked, each)) ||
    dirname(asked) === asked
  );
}

function homeOrNone(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}
