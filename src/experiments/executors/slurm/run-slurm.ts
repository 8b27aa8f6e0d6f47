import { rm } from 'node:fs/promises';
import type { JobFailure } from '../../../protocol/job-files';
import type { TrialProgram } from '../../../protocol/worker-messages';
import { isRunError } from '../../experiment-errors';
import { readFailure, readResult } from '../../store/read-run';
import type { QueueState } from '../../../protocol/run-files';
import type { ExecutionEnd, PoolJob } from '../local/worker-pool';
import {
  type JobArray,
  type QueuedElement,
  assertThere,
  cancel,
  endFiles,
  queued,
  submitArray,
} from './job-arrays';
import { slurmEndedTwice } from '../../../messages/run-messages';

export interface SlurmOptions extends TrialProgram {
  /** The folder of the run, on a file system that all nodes share. */
  readonly run: string;
  /** Jobs that have finished before. */
  readonly finished: ReadonlySet<string>;
  readonly onFinish: (job: string) => void;
  /** A job failed; where it was lost there is no file that says so yet. */
  readonly onFail: (job: string, failure: JobFailure, died: boolean) => void;
  readonly onQueue: (queue: QueueState) => void;
  readonly signal: AbortSignal;
  /** Milliseconds between two looks. */
  readonly interval?: number;
}

/** Slurm takes arrays of up to 1,001 elements unless it is told otherwise (`MaxArraySize`). */
const LARGEST_ARRAY = 1000;
/** How often a job may be lost (killed, its node gone) before it counts as failed. */
const ATTEMPTS = 2;
/** Looks at the queue without a job and at its folder without an end, before it counts as lost: files of a shared file system may come late. */
const LATE = 3;
/** Looks at the queue that may fail in a row: a controller that restarts is no reason to give up. */
const DEAF = 30;

/** What a run is called in the queue. */
export function queueName(run: string): string {
  return `strategy-advisor-${run.split(/[/\\]/).at(-1) ?? ''}`;
}

/**
 * Runs jobs as job arrays of Slurm, in their order; those that others start from go first. What an earlier process
 * left in the queue is taken out of it. Resolves when nothing is left to do or the signal has ended it, and nothing
 * is in the queue then.
 */
export async function runSlurm(jobs: readonly PoolJob[], options: SlurmOptions): Promise<ExecutionEnd> {
  const { run, signal } = options;
  const stopped = (): boolean => signal.aborted;
  const name = queueName(run);
  const open = new Set(jobs.map(({ id }) => id).filter(id => !options.finished.has(id)));
  const lost = new Map<string, number>();
  let arrays: JobArray[] = [];
  try {
    await emptyQueue(name);
    for (const job of open) await rm(endFiles(run, job).failure, { force: true });
    if (open.size > 0 && !stopped()) arrays = await submitAll(jobs, open, name, options);
    const missing = new Map<string, number>();
    for (let deaf = 0; open.size > 0 && !stopped();) {
      await pause(options.interval ?? 1000, signal);
      await assertThere(run);
      await conclude(open, options);
      if (open.size === 0 || stopped()) break;
      const elements = await queued(name).catch((error: unknown) => {
        if (++deaf > DEAF) throw error;
      });
      if (!elements) continue;
      deaf = 0;
      options.onQueue(queueState(elements));
      const again = lostJobs(open, arrays, elements, missing).filter(job => {
        missing.delete(job);
        const times = (lost.get(job) ?? 0) + 1;
        lost.set(job, times);
        if (times < ATTEMPTS) return true;
        open.delete(job);
        options.onFail(job, lostFailure(job), true);
        return false;
      });
      if (again.length > 0)
        arrays.push(...(await submitAll(jobs, new Set(again), name, options, arrays, open)));
    }
    return stopped() ? { kind: 'aborted' } : { kind: 'done' };
  } catch (error) {
    if (isRunError(error)) return { kind: 'fatal', code: error.code, message: error.message };
    throw error;
  } finally {
    await emptyQueue(name).catch(() => undefined);
  }
}

/**
 * What has to be there first is an array of its own; then all others, so that they run in the order of the plan. Those
 * also wait for arrays from `before` that have something unfinished which others start from.
 */
async function submitAll(
  jobs: readonly PoolJob[],
  open: ReadonlySet<string>,
  name: string,
  options: SlurmOptions,
  before: readonly JobArray[] = [],
  unfinished: ReadonlySet<string> = open,
): Promise<JobArray[]> {
  const needed = new Set(jobs.flatMap(({ needs }) => needs));
  const awaited = before.filter(array => array.jobs.some(job => needed.has(job) && unfinished.has(job)));
  const ids = jobs.map(({ id }) => id).filter(id => open.has(id));
  const first: JobArray[] = [];
  for (const part of parts(ids.filter(id => needed.has(id))))
    first.push(await submitArray(options.run, name, part, options, []));
  const rest: JobArray[] = [];
  for (const part of parts(ids.filter(id => !needed.has(id))))
    rest.push(await submitArray(options.run, name, part, options, [...awaited, ...first]));
  return [...first, ...rest];
}

function parts(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / LARGEST_ARRAY) }, (_, i) =>
    ids.slice(i * LARGEST_ARRAY, (i + 1) * LARGEST_ARRAY),
  );
}

/** Looks for the ends of jobs in their folders. */
async function conclude(open: Set<string>, { run, onFinish, onFail }: SlurmOptions): Promise<void> {
  for (const job of [...open]) {
    // A file that is just being written is looked at again later.
    const failure = await readFailure(run, job);
    if (await readResult(run, job)) {
      open.delete(job);
      onFinish(job);
    } else if (failure) {
      open.delete(job);
      onFail(job, failure, false);
    }
  }
}

/** Jobs that have been neither in the queue nor at their end for some looks: killed, or their node is gone. */
function lostJobs(
  open: ReadonlySet<string>,
  arrays: readonly JobArray[],
  elements: readonly QueuedElement[],
  missing: Map<string, number>,
): string[] {
  const waiting = new Set(
    elements.map(({ array, index }) => arrays.find(({ id }) => id === array)?.jobs[index]),
  );
  const gone = [...open].filter(job => !waiting.has(job));
  for (const job of missing.keys()) if (!gone.includes(job)) missing.delete(job);
  for (const job of gone) missing.set(job, (missing.get(job) ?? 0) + 1);
  return gone.filter(job => (missing.get(job) ?? 0) >= LATE);
}

function lostFailure(id: string): JobFailure {
  return { version: 1, id, code: 'died', message: slurmEndedTwice() };
}

function queueState(elements: readonly QueuedElement[]): QueueState {
  const pending = elements.filter(({ state }) => state === 'pending');
  const reason = pending.map(each => each.reason).find(each => each !== 'None' && each !== 'Dependency');
  return {
    pending: pending.length,
    running: elements.length - pending.length,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Takes a run's jobs out of the queue and waits until they are gone, for some seconds at most. */
async function emptyQueue(name: string): Promise<void> {
  for (let i = 0; i < 20; i++) {
    if ((await queued(name)).length === 0) return;
    await cancel(name);
    await pause(250 * Math.min(4, i + 1));
  }
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}
