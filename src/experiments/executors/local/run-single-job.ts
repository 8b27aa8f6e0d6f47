import path from 'node:path';
import type { JobFailure, MetricEvent } from '../../../protocol/job-files';
import type { Allowed } from '../../../trust/gate';
import { isRunError, runError } from '../../experiment-errors';
import { writeJson } from '../../store/atomic-files';
import { readFailure, readManifest, readResult, readSpec, resultBefore } from '../../store/read-run';
import { JOB, cacheFolder, jobFolder, workspaceOf } from '../../store/run-folder';
import { type Ending, startWorker } from './worker';
import { lateFailure, needsFailure } from './worker-pool';
import { dependencyNotFinished, jobInterrupted, notAJob, workerDied } from '../../../messages/run-messages';

/** What became of one job. */
export type TrialEnd =
  /** `before`: it had finished already, and was left alone. */
  | { readonly kind: 'finished'; readonly before: boolean }
  | { readonly kind: 'failed'; readonly failure: JobFailure }
  /** Nothing is decided: it can be run again. */
  | { readonly kind: 'unfinished'; readonly message: string };

export interface TrialOptions {
  /** Hashes of the code that the user has allowed to run. */
  readonly allowed?: Allowed;
  /** The program that workers run. */
  readonly script: string;
  /** Milliseconds that the job may take. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: MetricEvent) => void;
  /** The display language's bundle, as JSON. */
  readonly messages?: string;
}

/** A job's folder, taken apart. */
export interface JobReference {
  readonly run: string;
  readonly job: string;
}

/**
 * The run and the name of a job's folder.
 *
 * @throws RunError `not-found` where it is no job of a run, `broken`, `newer-version`
 */
export async function parseJobFolder(folder: string): Promise<JobReference> {
  const run = path.resolve(folder, '..', '..');
  const job = path.basename(folder);
  const manifest = await readManifest(run).catch((error: unknown) => {
    if (isRunError(error) && error.code === 'not-found') return undefined;
    throw error;
  });
  const jobs = manifest?.jobs ?? [];
  if (!jobs.includes(job) || jobFolder(run, job) !== path.resolve(folder))
    throw runError('not-found', notAJob(folder));
  return { run, job };
}

/**
 * Runs one job of a run in a worker process, whoever asks for it. It may be asked for any number of times, by several
 * at once: a job that has finished is left alone, and only one process runs it.
 *
 * @throws RunError `not-found`, `broken`, `newer-version`; `disk-full` or `gone` where its folder cannot be written
 */
export async function runSingleJob({ run, job }: JobReference, options: TrialOptions): Promise<TrialEnd> {
  if ((await resultBefore(run, job)).result) return { kind: 'finished', before: true };
  const { needs } = await readSpec(run, job);
  for (const need of needs) {
    if (await readResult(run, need)) continue;
    if (await readFailure(run, need)) return failed(run, needsFailure(job, need));
    return { kind: 'unfinished', message: dependencyNotFinished(need) };
  }
  const { script, signal, onEvent, messages, limit, allowed = [] } = options;
  const interrupted = { kind: 'unfinished', message: jobInterrupted() } as const;
  const isInterrupted = (): boolean => signal?.aborted === true;
  if (isInterrupted()) return interrupted;
  const worker = startWorker(script);
  const stop = (): void => void worker.kill();
  signal?.addEventListener('abort', stop, { once: true });
  let ending: Ending;
  try {
    const order = {
      kind: 'job',
      run,
      job,
      cache: cacheFolder(workspaceOf(run)),
      allowed,
      messages: messages ?? '{}',
    } as const;
    ending = await worker.run(order, onEvent ?? (() => undefined), limit);
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.kill();
  }
  switch (ending.kind) {
    case 'finished':
      return { kind: 'finished', before: false };
    case 'failed':
      return { kind: 'failed', failure: ending.failure };
    case 'died': {
      if (isInterrupted()) return interrupted;
      return failed(run, { version: 1, id: job, code: 'died', message: workerDied(ending) });
    }
    case 'late':
      return failed(run, lateFailure(job, ending.limit));
    case 'fatal':
      // Whoever waits for the job learns of it by its file.
      if (ending.code === 'changed')
        return failed(run, { version: 1, id: job, code: ending.code, message: ending.message });
      if (ending.code === 'locked') return { kind: 'unfinished', message: ending.message };
      throw runError(ending.code === 'disk-full' ? 'disk-full' : 'gone', ending.message);
  }
}

async function failed(run: string, failure: JobFailure): Promise<TrialEnd> {
  await writeJson(path.join(jobFolder(run, failure.id), JOB.failure), failure);
  return { kind: 'failed', failure };
}
