import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JobFailure } from '../../protocol/job-files';
import type { RunState } from '../../protocol/run-files';
import { readFailure, readManifest, readState } from './read-run';
import { JOB, jobFolder } from './run-folder';

/** How far a run is, and what is new since the last step. */
export interface RunStep {
  readonly state: RunState;
  /** Jobs with a result, those that had one before among them. */
  readonly finished: number;
  readonly total: number;
  /** Jobs that have finished since the last step; the first step names none. */
  readonly newlyFinished: readonly string[];
  /** Jobs that have failed since the last step. */
  readonly newlyFailed: readonly JobFailure[];
}

export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks; 400 by default. */
  readonly every?: number;
}

/**
 * Follows how far a run is, in whatever process it is executed, until it does not go on any more: it has finished,
 * failed or been stopped, or its process is gone. Points of training are not read; `watchRun` has these.
 *
 * @returns the last state; that it is `running` means that the signal has ended the following
 * @throws RunError `not-found`, `broken` or `newer-version`
 */
export async function followState(
  run: string,
  onStep: (step: RunStep) => void,
  { signal, every = 400 }: FollowOptions = {},
): Promise<RunState> {
  const { jobs } = await readManifest(run);
  const open = new Set(jobs);
  const failed = new Set<string>();
  let told = '';
  for (let first = true; ; first = false) {
    // Before the jobs: what a run that has ended left behind is all there then.
    const state = await readState(run);
    const newlyFinished: string[] = [];
    const newlyFailed: JobFailure[] = [];
    for (const job of open) {
      if (await exists(path.join(jobFolder(run, job), JOB.result))) {
        open.delete(job);
        newlyFinished.push(job);
      } else if (!failed.has(job)) {
        const failure = await readFailure(run, job);
        if (failure) failed.add(job);
        // What failed in an earlier attempt is tried again.
        if (failure && !first) newlyFailed.push(failure);
      } else if (!(await exists(path.join(jobFolder(run, job), JOB.failure)))) failed.delete(job);
    }
    const step: RunStep = {
      state,
      finished: jobs.length - open.size,
      total: state.progress?.total ?? jobs.length,
      newlyFinished: first ? [] : newlyFinished,
      newlyFailed,
    };
    const now = JSON.stringify([state, open.size, failed.size]);
    if (now !== told) onStep(step);
    told = now;
    if (state.state !== 'running') return state;
    await wait(every, undefined, signal ? { signal } : {}).catch(() => undefined);
    if (signal?.aborted === true) return state;
    // The manifest goes with the folder.
    await readManifest(run);
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    found => found.isFile(),
    () => false,
  );
}
