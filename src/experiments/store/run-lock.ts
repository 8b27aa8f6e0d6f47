import { constants } from 'node:fs';
import { link, lstat, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../../common/errors';
import { lockInTheWay, runLocked } from '../../messages/run-messages';
import { runError, writeError } from '../experiment-errors';
import { type LockContent, parseLock, writeLock } from './lock-content';
import { type ProcessIdentity, type ProcessSystem, stateOf, thisSystem } from './process-identity';
import { beatFile } from './pulse';
import { RUN } from './run-folder';

/** Holds a run or a job for this process; `release` it once. */
export interface Lock {
  readonly release: () => Promise<void>;
}

/** What tests replace. */
export interface LockOptions {
  readonly system?: ProcessSystem;
  /** Makes a hard link; some file systems have none. */
  readonly link?: (existing: string, made: string) => Promise<void>;
  /** Milliseconds; {@link SILENCE} by default. */
  readonly silence?: number;
}

let taken = 0;

/**
 * A lock whose process cannot be seen counts as left behind after so many milliseconds without a sign of life. It
 * covers several beats, and the 60 s for which NFS clients may keep a file's times (`acregmax`).
 */
const SILENCE = 70_000;

/** The file in a lock that is a folder. */
const OWNER = 'owner';
/** A lock is a line; what is longer is none. */
const LONGEST = 4096;

/**
 * Takes a run, or one of its jobs, for this process alone. The lock of a process that is gone does not count. It
 * appears with its content (a link to a file that is written before; where the file system has no links, a folder
 * that is renamed), so that a kill at any moment leaves no lock that nobody is behind.
 *
 * The process of a lock from another machine or container cannot be looked up: it is watched until it shows a sign of
 * life, and taken over where it shows none for {@link SILENCE}.
 *
 * @throws RunError `locked` where another process holds it, `broken` where something else has the name of the lock
 */
export async function lockRun(folder: string, options: LockOptions = {}): Promise<Lock> {
  const { system = thisSystem } = options;
  const file = path.join(folder, RUN.lock);
  const self = await system.self();
  const draft = `${file}.${self.host}.${process.pid}.${taken++}`;
  const content = writeLock(self);
  try {
    await writeFile(draft, content);
    const written = (await stat(draft)).mtimeMs;
    for (let attempt = 0; attempt < 3; attempt++) {
      const owner = await place(draft, file, content, options.link ?? link);
      if (owner !== undefined) return heldLock(file, owner, content);
      const held = await readLock(file);
      if (held === undefined) continue;
      if (held.parsed.kind === 'foreign') throw runError('broken', lockInTheWay(file));
      const alive = await isOfLiving(held.parsed, system, () =>
        showsLife(held, written, options.silence ?? SILENCE),
      );
      if (alive) break;
      await removeStale(file, held.content, `${draft}.stale`);
    }
  } catch (error) {
    throw writeError(error, file);
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
  throw runError('locked', runLocked(path.basename(folder)));
}

function heldLock(file: string, owner: string, content: string): Lock {
  const still = beatFile(owner, content);
  return {
    async release() {
      still();
      // A process that was held up for long may have lost it to another machine.
      if ((await readLock(file))?.content !== content) return;
      if (owner === file) return rm(file, { force: true });
      // A folder that were emptied first could be another's lock by the time it is removed.
      const aside = `${file}.released.${process.pid}.${taken++}`;
      await rename(file, aside).catch(() => undefined);
      await rm(aside, { recursive: true, force: true });
    },
  };
}

/** Codes that say something else than that the file system has no links. */
const NOT_ABOUT_LINKS = new Set(['ENOENT', 'ENOTDIR', 'ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'ESTALE']);

/** Puts a lock in its place, and gives the file that has its content; `undefined` where there is one already. */
async function place(
  draft: string,
  file: string,
  content: string,
  makeLink: NonNullable<LockOptions['link']>,
): Promise<string | undefined> {
  try {
    await makeLink(draft, file);
    return file;
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'EEXIST') return undefined;
    if (NOT_ABOUT_LINKS.has(code)) throw error;
    return placeFolder(`${draft}.folder`, file, content);
  }
}

/** The same without a link: a folder cannot be renamed to one that is not empty, nor to a file. */
async function placeFolder(draft: string, file: string, content: string): Promise<string | undefined> {
  // Windows renames to no folder at all, and would say that it is not permitted.
  if (await lstat(file).catch(() => undefined)) return undefined;
  try {
    await mkdir(draft);
    await writeFile(path.join(draft, OWNER), content);
    await rename(draft, file);
    return path.join(file, OWNER);
  } catch (error) {
    if (await lstat(file).catch(() => undefined)) return undefined;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Takes a stale lock away; one that a third process has put in its place meanwhile goes back. */
async function removeStale(file: string, stale: string, aside: string): Promise<void> {
  try {
    await rename(file, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readLock(aside))?.content !== stale)
    await link(aside, file).catch(() => rename(aside, file).catch(() => undefined));
  await rm(aside, { recursive: true, force: true });
}

/** Whether a process that goes on holds a run or a job; of one that cannot be seen, whether it has shown life of late. */
export async function isHeld(
  folder: string,
  { system = thisSystem, silence = SILENCE }: LockOptions = {},
): Promise<boolean> {
  const held = await readLock(path.join(folder, RUN.lock));
  if (held === undefined) return false;
  return isOfLiving(held.parsed, system, async () => {
    const beat = await beatOf(held.owner);
    return beat !== undefined && Date.now() - beat < silence;
  });
}

/** The process that a lock names, whether it goes on or not; `undefined` where there is no whole lock. */
export async function ownerOf(folder: string): Promise<ProcessIdentity | undefined> {
  const parsed = (await readLock(path.join(folder, RUN.lock)))?.parsed;
  if (parsed?.kind !== 'process') return undefined;
  const { pid, start, host, boot, namespace } = parsed;
  return host === undefined || boot === undefined || namespace === undefined
    ? undefined
    : { pid, start, host, boot, namespace };
}

interface FoundLock {
  /** The file that has its content, and whose time is that of its last sign of life. */
  readonly owner: string;
  readonly content: string;
  readonly parsed: LockContent;
}

/** No link is followed, and nothing that blocks is read. `undefined` where there is no lock. */
async function readLock(file: string): Promise<FoundLock | undefined> {
  const entry = await lstat(file).catch(() => undefined);
  if (!entry) return undefined;
  const owner = entry.isDirectory() ? path.join(file, OWNER) : file;
  const content = await readLine(owner);
  // It may have been released in between.
  if (content === undefined && !(await lstat(file).catch(() => undefined))) return undefined;
  return { owner, content: content ?? '', parsed: content === undefined ? FOREIGN : parseLock(content) };
}

const FOREIGN: LockContent = { kind: 'foreign' };

async function readLine(file: string): Promise<string | undefined> {
  try {
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
    const handle = await open(file, (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK);
    try {
      const found = await handle.stat();
      return found.isFile() && found.size <= LONGEST ? await handle.readFile('utf8') : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

async function isOfLiving(
  lock: LockContent,
  system: ProcessSystem,
  elsewhere: () => Promise<boolean>,
): Promise<boolean> {
  if (lock.kind !== 'process') return false;
  const self = await system.self();
  const { host = self.host, boot = self.boot, namespace = self.namespace, ...known } = lock;
  const state = await stateOf({ ...known, host, boot, namespace }, system);
  return state === 'unseen' ? elsewhere() : state !== 'gone';
}

/**
 * Watches a lock until it shows a sign of life. Clocks of machines are not compared: a lock's time and that of what
 * this process has just written beside it are both by the clock of the file system.
 */
async function showsLife({ owner, parsed }: FoundLock, written: number, silence: number): Promise<boolean> {
  const first = await beatOf(owner);
  if (first === undefined) return false;
  // Earlier releases set the time by their own clock.
  const before = parsed.kind === 'process' && parsed.boot !== undefined ? Math.max(0, written - first) : 0;
  for (const start = performance.now(); before + performance.now() - start < silence;) {
    await wait(Math.min(500, silence / 10));
    const now = await beatOf(owner);
    if (now === undefined) return false;
    if (now !== first) return true;
  }
  return false;
}

/** When a lock last showed life, in milliseconds of its file system's clock. */
async function beatOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
