import { setTimeout as wait } from 'node:timers/promises';
import { stateOf } from '../store/process-identity';
import { readState } from '../store/read-run';
import { isHeld, ownerOf } from '../store/run-lock';
import { forgetStop, requestStop } from '../store/stop-request';
import { commandLineOf, endMarked } from './local/process-tree';

export type StopEnd =
  | 'stopped'
  /** Nobody executes it. */
  | 'not-running'
  /** Its process does not answer, and is none that may be ended from here: on another machine, mostly. */
  | 'no-answer';

/** Milliseconds for which a run may take to end in order before its process is ended. */
const PATIENCE = 10_000;
const EVERY = 100;

/**
 * Stops a run, whatever process executes it: asks it to end, and ends it by force where it does not, if it is a
 * process of this program on this machine.
 *
 * @throws RunError `not-found`, `disk-full` or `gone`
 */
export async function stopRun(run: string, patience = PATIENCE): Promise<StopEnd> {
  if ((await readState(run)).state !== 'running') return 'not-running';
  await requestStop(run);
  try {
    if (await hasEnded(run, patience)) return 'stopped';
    if (!(await endByForce(run))) return 'no-answer';
    return (await hasEnded(run, patience)) ? 'stopped' : 'no-answer';
  } finally {
    await forgetStop(run).catch(() => undefined);
  }
}

async function hasEnded(run: string, patience: number): Promise<boolean> {
  const start = performance.now();
  while (performance.now() - start < patience) {
    if (!(await isHeld(run))) return true;
    await wait(EVERY);
  }
  return false;
}

/** Locks are in a folder that others may have written: a process is ended only where it is seen to be a runner. */
async function endByForce(run: string): Promise<boolean> {
  const owner = await ownerOf(run);
  if (!owner) return false;
  const state = await stateOf(owner);
  if (state !== 'alive' && state !== 'stopped') return false;
  if (!/[\\/](?:runner|cli)\.mjs\b/.test(commandLineOf(owner.pid))) return false;
  process.kill(owner.pid, 'SIGKILL');
  endMarked('run', run);
  return true;
}
