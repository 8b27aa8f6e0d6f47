import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { errorCode, RunError, writeError } from '../errors';
import { RUN } from './paths';

/** Holds a run for this process; `release` it once. */
export interface Lock {
  readonly release: () => Promise<void>;
}

/**
 * Takes a run for this process alone. The lock of a process that is gone does not count.
 *
 * @throws RunError `locked` where another process runs it
 */
export async function lockRun(folder: string): Promise<Lock> {
  const file = path.join(folder, RUN.lock);
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(`${process.pid} ${await startOf(process.pid)}\n`);
      await handle.close();
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw writeError(error, file);
      if (attempt > 1 || (await isHeld(folder)))
        throw new RunError(
          'locked',
          l10n.t('Another process is running {0}. Stop it there, or wait.', path.basename(folder)),
        );
      await rm(file, { force: true });
    }
  }
}

/** Whether a process that is alive holds the run. */
export async function isHeld(folder: string): Promise<boolean> {
  const text = await readFile(path.join(folder, RUN.lock), 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const [id = '', start = ''] = text.trim().split(' ');
  const pid = Number(id);
  // Between being made and being written a lock is empty, for a moment.
  if (text === '') return true;
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
