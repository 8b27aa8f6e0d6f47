import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { errorCode, RunError, writeError } from '../errors';
import { RUN } from './paths';

/** Holds a run for this process; `release` it once. */
export interface Lock {
  readonly release: () => Promise<void>;
}

let taken = 0;

/**
 * Takes a run for this process alone. The lock of a process that is gone does not count. It appears with its content
 * (a link to a file that is written before), so that a kill at any moment leaves no lock that nobody is behind.
 *
 * @throws RunError `locked` where another process runs it
 */
export async function lockRun(folder: string): Promise<Lock> {
  const file = path.join(folder, RUN.lock);
  const draft = `${file}.${process.pid}.${taken++}`;
  try {
    await writeFile(draft, `${process.pid} ${await startOf(process.pid)}\n`);
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(draft, file)) return { release: () => rm(file, { force: true }) };
      const held = await readLock(file);
      if (held !== undefined && (await isOfLiving(held))) break;
      if (held !== undefined) await removeStale(file, held, `${draft}.stale`);
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
  const held = await readLock(path.join(folder, RUN.lock));
  return held !== undefined && isOfLiving(held);
}

async function readLock(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

async function isOfLiving(lock: string): Promise<boolean> {
  const [id = '', start = ''] = lock.trim().split(' ');
  const pid = Number(id);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && (await startOf(pid)) === start;
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
