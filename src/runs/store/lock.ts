import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { errorCode, RunError, writeError } from '../errors';
import { RUN } from './paths';

/** Holds a run for this process; `release` it once. */
export interface Lock {
  readonly release: () => Promise<void>;
}

let taken = 0;

/** Milliseconds between two signs of life, and those after which a process of another machine counts as gone. */
const HEARTBEAT = 10_000;
const SILENCE = 60_000;

/**
 * Takes a run, or one of its jobs, for this process alone. The lock of a process that is gone does not count; that of
 * another machine, which shares the folder, counts while it is touched now and then. It appears with its content
 * (a link to a file that is written before), so that a kill at any moment leaves no lock that nobody is behind.
 *
 * @throws RunError `locked` where another process runs it
 */
export async function lockRun(folder: string): Promise<Lock> {
  const file = path.join(folder, RUN.lock);
  const draft = `${file}.${process.pid}.${taken++}`;
  try {
    await writeFile(draft, `${process.pid} ${await startOf(process.pid)} ${hostname()}\n`);
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(draft, file)) return held(file);
      const found = await readLock(file);
      if (found !== undefined && (await isOfLiving(found, file))) break;
      if (found !== undefined) await removeStale(file, found, `${draft}.stale`);
    }
  } catch (error) {
    throw writeError(error, file);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
  throw new RunError(
    'locked',
    l10n.t('Another process is running {0}. Stop it there, or wait.', path.basename(folder)),
  );
}

function held(file: string): Lock {
  const beat = setInterval(() => {
    const now = new Date();
    // A folder that was removed is found out by those who write into it.
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      return rm(file, { force: true });
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

/** Whether a process that is alive holds the run. */
export async function isHeld(folder: string): Promise<boolean> {
  const file = path.join(folder, RUN.lock);
  const found = await readLock(file);
  return found !== undefined && isOfLiving(found, file);
}

async function readLock(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

async function isOfLiving(lock: string, file: string): Promise<boolean> {
  const [id = '', start = '', host = hostname()] = lock.trim().split(' ');
  if (host !== hostname()) return Date.now() - (await changed(file)) < SILENCE;
  const pid = Number(id);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && (await startOf(pid)) === start;
}

async function changed(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
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

/** When a process started, in the system's own count: numbers of processes are used again. Linux only; elsewhere `-`. */
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in parentheses may hold anything, spaces too; the start is the 20th field behind it.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
}
