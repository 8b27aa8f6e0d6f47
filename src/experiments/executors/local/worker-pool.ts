import type { WorkerOrder } from '../../../protocol/worker-messages';
import { setTimeout } from 'node:timers/promises';
import { errorMessage, isUserError } from '../../../common/errors';
import type { JobFailure, MetricEvent } from '../../../protocol/job-files';
import { type Ending, type Worker, startWorker } from './worker';
import { dependencyFailed, trialTimeLimit, workerDiedTwice } from '../../../messages/run-messages';
import { timeText } from '../../report/run-summary-text';

/** A job as the pool sees it. */
export interface PoolJob {
  readonly id: string;
  readonly needs: readonly string[];
}

export interface PoolOptions {
  /** The program of a worker. */
  readonly script: string;
  readonly workers: number;
  /** The folder of the run, by which workers are found that a killed process has left behind. */
  readonly run?: string;
  /** Milliseconds that a job may take. */
  readonly limit?: number;
  readonly orderOf: (job: string) => WorkerOrder;
  /** Jobs that have finished before. */
  readonly finished: ReadonlySet<string>;
  readonly onStart: (job: string) => void;
  readonly onEvent: (job: string, event: MetricEvent) => void;
  readonly onFinish: (job: string) => void;
  /** A job failed; where its worker died there is no file that says so yet. */
  readonly onFail: (job: string, failure: JobFailure, died: boolean) => void;
  readonly signal: AbortSignal;
  /** Once nothing is left to do: what is to be done next; nothing where that was all. */
  readonly next?: () => Promise<readonly PoolJob[]>;
}

export type ExecutionEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'fatal'; readonly code: string; readonly message: string };

/** A worker is replaced after so many jobs, so that what native libraries leak stays small. */
const JOBS_OF_A_WORKER = 50;
/** How often a job may take its worker with it before it counts as failed. */
const ATTEMPTS = 2;
/** How often a job that another process holds is tried, and the milliseconds in between. */
const LOCKED_ATTEMPTS = 12;
const LOCKED_PAUSE = 250;

/**
 * Runs jobs in worker processes: in the order given, each after those that it needs. Resolves when nothing is left
 * to do or the signal has ended it, and no process is left then.
 */
export async function runPool(jobs: readonly PoolJob[], options: PoolOptions): Promise<ExecutionEnd> {
  const { signal } = options;
  const finished = new Set(options.finished);
  const failed = new Set<string>();
  const waiting = jobs.filter(({ id }) => !finished.has(id));
  const attempts = new Map<string, number>();
  const locked = new Map<string, number>();
  const running = new Set<Worker>();
  let busy = 0;
  let asked: Promise<void> | undefined;
  let isAll = options.next === undefined;
  let fatal: ExecutionEnd | undefined;
  const sleepers = new Set<() => void>();
  const wake = (): void => {
    for (const sleeper of sleepers) sleeper();
    sleepers.clear();
  };
  const ended = (): boolean => signal.aborted || fatal !== undefined;

  const take = (): PoolJob | undefined => {
    const at = waiting.findIndex(({ needs }) => needs.every(need => finished.has(need) || failed.has(need)));
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };

  /** Asks once for what comes next; whoever waits is woken. */
  const askForMore = (): void => {
    asked ??= (options.next?.() ?? Promise.resolve([]))
      .then(more => {
        waiting.push(...more.filter(({ id }) => !finished.has(id)));
        isAll = more.length === 0;
      })
      .catch((error: unknown) => {
        fatal ??= {
          kind: 'fatal',
          code: isUserError(error) ? error.code : 'broken',
          message: errorMessage(error),
        };
      })
      .finally(() => {
        asked = undefined;
        wake();
      });
  };

  /** Whether a job that another process holds is worth another try. */
  const heldUp = (job: string): boolean => {
    const times = (locked.get(job) ?? 0) + 1;
    locked.set(job, times);
    return times < LOCKED_ATTEMPTS && !ended();
  };

  const conclude = (job: PoolJob, ending: Ending): void => {
    switch (ending.kind) {
      case 'finished':
        finished.add(job.id);
        options.onFinish(job.id);
        break;
      case 'failed':
        failed.add(job.id);
        options.onFail(job.id, ending.failure, false);
        break;
      case 'fatal':
        if (ending.code === 'locked' && heldUp(job.id)) {
          // The worker of a run that was killed may still be ending.
          waiting.unshift(job);
        } else if (ending.code === 'locked') {
          // Another process runs this very job: that one says what it comes to.
          failed.add(job.id);
          options.onFail(
            job.id,
            { version: 1, id: job.id, code: ending.code, message: ending.message },
            false,
          );
        } else fatal ??= ending;
        break;
      case 'late': {
        if (ended()) break;
        // One that hangs would do so again.
        failed.add(job.id);
        options.onFail(job.id, lateFailure(job.id, ending.limit), true);
        break;
      }
      case 'died': {
        if (ended()) break;
        const tried = (attempts.get(job.id) ?? 0) + 1;
        attempts.set(job.id, tried);
        if (tried < ATTEMPTS) {
          waiting.unshift(job);
          break;
        }
        failed.add(job.id);
        const message = workerDiedTwice(ending);
        options.onFail(job.id, { version: 1, id: job.id, code: 'died', message }, true);
      }
    }
  };

  /** One worker's life: jobs until there are none, or none yet. */
  const work = async (): Promise<void> => {
    let worker: Worker | undefined;
    while (!ended()) {
      const job = take();
      if (!job) {
        if (waiting.length === 0 && isAll) break;
        if (waiting.length === 0 && busy === 0) askForMore();
        await new Promise<void>(resolve => sleepers.add(resolve));
        continue;
      }
      const missing = job.needs.find(need => failed.has(need));
      if (missing !== undefined) {
        failed.add(job.id);
        options.onFail(job.id, needsFailure(job.id, missing), true);
        wake();
        continue;
      }
      if (worker && (!worker.isAlive() || worker.jobsRun() >= JOBS_OF_A_WORKER)) {
        await worker.kill();
        running.delete(worker);
        worker = undefined;
      }
      worker ??= startWorker(options.script, options.run === undefined ? {} : { run: options.run });
      running.add(worker);
      options.onStart(job.id);
      busy++;
      const ending = await worker.run(
        options.orderOf(job.id),
        event => {
          options.onEvent(job.id, event);
        },
        options.limit,
      );
      busy--;
      conclude(job, ending);
      if (ending.kind === 'fatal' && ending.code === 'locked') await setTimeout(LOCKED_PAUSE);
      wake();
    }
    if (worker) {
      await worker.kill();
      running.delete(worker);
    }
    wake();
  };

  const stop = (): void => {
    for (const worker of running) void worker.kill();
    wake();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(
      Array.from(
        { length: Math.max(1, isAll ? Math.min(options.workers, waiting.length) : options.workers) },
        work,
      ),
    );
  } finally {
    signal.removeEventListener('abort', stop);
    await Promise.all([...running].map(worker => worker.kill()));
  }
  return fatal ?? (signal.aborted ? { kind: 'aborted' } : { kind: 'done' });
}

/** Why a job has failed that took longer than it may. */
export function lateFailure(id: string, limit: number): JobFailure {
  return { version: 1, id, code: 'time-limit', message: trialTimeLimit(timeText(limit / 1000)) };
}

/** Why a job cannot run whose need has failed. */
export function needsFailure(id: string, missing: string): JobFailure {
  return {
    version: 1,
    id,
    code: 'needs-failed',
    message: dependencyFailed(missing),
  };
}
