import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../../common/errors';
import { runError, writeError } from '../experiment-errors';
import { RUN } from './run-folder';
import { runLocked } from '../../messages/run-messages';

/** Holds a run or a job for this process; `release` it once. */
export interface Lock {
  readonly release: () => Promise<void>;
}

let taken = 0;

/** Milliseconds between two signs of life of a lock: its time is set anew. */
const BEAT = 10_000;
/**
 * A lock of another machine without a sign of life for so long counts as left behind. It covers several beats, and
 * the 60 s for which NFS clients may keep a file's times (`acregmax`).
 */
const SILENCE = 70_000;

/**
 * Takes a run, or one of its jobs, for this process alone. The lock of a process that is gone does not count. It
 * appears with its content (a link to a file that is written before), so that a kill at any moment leaves no lock
 * that nobody is behind.
 *
 * The process of a lock from another machine cannot be looked up: it is watched until it shows a sign of life, and
 * taken over where it shows none for {@link SILENCE}.
 *
 * @throws RunError `locked` where another process holds it
 */
export async function lockRun(folder: string): Promise<Lock> {
  const file = path.join(folder, RUN.lock);
  const draft = `${file}.${hostname()}.${process.pid}.${taken++}`;
  const content = `${process.pid} ${await startOf(process.pid)} ${hostname()}\n`;
  try {
    await writeFile(draft, content);
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(draft, file)) return heldLock(file, content);
      const held = await readLock(file);
      if (held !== undefined && (await isOfLiving(held, () => showsLife(file)))) break;
      if (held !== undefined) await removeStale(file, held, `${draft}.stale`);
    }
  } catch (error) {
    throw writeError(error, file);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
  throw runError('locked', runLocked(path.basename(folder)));
}

function heldLock(file: string, content: string): Lock {
  const beat = setInterval(() => {
    const now = new Date();
    // A lock that cannot be touched belongs to a folder that is gone: the next write says so.
    utimes(file, now, now).catch(() => undefined);
  }, BEAT);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      // A process that was held up for long may have lost it to another machine.
      if ((await readLock(file)) === content) await rm(file, { force: true });
    },
  };
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
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
  if ((await readLock(aside)) !== stale) await linked(aside, file);
  await rm(aside, { force: true });
}

/** Whether a process that is alive holds a run or a job; of another machine's, whether it has shown life of late. */
export async function isHeld(folder: string): Promise<boolean> {
  const file = path.join(folder, RUN.lock);
  const held = await readLock(file);
  return (
    held !== undefined &&
    isOfLiving(held, async () => Date.now() - ((await beatOf(file)) ?? -Infinity) < SILENCE)
  );
}

async function readLock(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

async function isOfLiving(lock: string, elsewhere: () => Promise<boolean>): Promise<boolean> {
  const [id = '', start = '', host = hostname()] = lock.trim().split(' ');
  if (host !== hostname()) return elsewhere();
  const pid = Number(id);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && (await startOf(pid)) === start;
}

/** Watches a lock until it shows a sign of life. Only differences count: clocks of machines are not compared. */
async function showsLife(file: string): Promise<boolean> {
  const first = await beatOf(file);
  for (const start = performance.now(); performance.now() - start < SILENCE;) {
    await wait(500);
    const now = await beatOf(file);
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/**
 * When a process started, in the system's own count: numbers of processes are used again. One that has ended and that
 * its parent has not yet asked after (a zombie) has no start. Linux only; elsewhere `-`.
 */
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in parentheses may hold anything, spaces too; the state follows, and the start is the 20th field.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields?.[0] === 'Z' || fields?.[0] === 'X') return 'ended';
  return fields?.[19] ?? '-';
}
