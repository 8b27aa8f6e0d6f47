import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { JobFailure, JobSpec, TrialResult } from '../../protocol/job-files';
import { assertRunAllowed } from '../consent/run-consent';
import { runError, writeError } from '../experiment-errors';
import type { PilotReport } from '../../protocol/pilot-report';
import { writeJson } from '../store/atomic-files';
import { readManifest, readSpec, resultBefore } from '../store/read-run';
import { JOB, RUN, cacheFolder, jobFolder, workspaceOf } from '../store/run-folder';
import { lockRun } from '../store/run-lock';
import type { Allowed } from '../../trust/gate';
import { type RunReader, createRunReader } from '../store/run-reader';
import { forgetStop, watchStop } from '../store/stop-request';
import { type QueueState, type RunManifest, type RunSnapshot, type RunState } from '../../protocol/run-files';
import type { RunProgress, TrialProgram, WorkerOrder } from '../../protocol/worker-messages';
import { type Race, openRace } from '../race/run-race';
import type { PlannedJob } from '../race/open-trials';
import { type ExecutionEnd, runPool } from './local/worker-pool';
import { endMarked } from './local/process-tree';
import { createTimer } from './remaining-time';
import { assertSameData } from './same-data';
import { runSlurm } from './slurm/run-slurm';
import { jobsFailed, runStopped, timeBudgetReached } from '../../messages/run-messages';

/** A finished trial with its inputs: what reports are made from. */
export interface FinishedJob {
  readonly id: string;
  readonly result: TrialResult;
}

export interface ExecuteOptions {
  /** The program that workers run. */
  readonly script: string;
  /** Worker processes; one per core by default. */
  readonly workers?: number;
  /** Runs the jobs as job arrays of Slurm instead of in processes of this machine. */
  readonly slurm?: TrialProgram;
  /** Hashes of what the user has allowed to run; without them only runs of one's own that run no code of others go on. */
  readonly allowed?: Allowed;
  /** Milliseconds after which no job goes on. */
  readonly budget?: number;
  /** Milliseconds that one job may take; {@link defaultTrialLimit} unless given. */
  readonly trialLimit?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** This process has taken the run: from here on its folder says how far it is. */
  readonly onTaken?: () => void;
  /** Makes the report of what has finished. */
  readonly report: (run: RunSnapshot) => PilotReport | undefined;
  /** The display language's bundle, as JSON. */
  readonly messages?: string;
}

/**
 * Milliseconds between two reports while the run goes on, at least, and how many times as long as the last one took:
 * each is a bootstrap over all that has finished, and workers that need their next job wait for it.
 */
const BETWEEN_REPORTS = 3000;
const REPORT_SHARE = 100;
/** Milliseconds between two words in the run's folder on how far it is. */
const BETWEEN_STATES = 1000;

/**
 * Runs what is left of a run: jobs that have a result are not repeated, those that failed are tried again. Ends when
 * all is done, when the budget, the signal or a request in its folder stops it, or when its folder cannot be written;
 * what has finished by then is on disk in any case, and a report of it.
 *
 * @throws RunError `locked` where another process runs it, `data-changed` since jobs of it have finished, `not-found`, `broken`, `newer-version`; TrustError where the
 * user has not allowed it, or something has changed since
 */
export async function executeRun(folder: string, given: ExecuteOptions): Promise<RunSnapshot> {
  const manifest = await readManifest(folder);
  const options = { ...given, allowed: await assertRunAllowed(folder, manifest, given.allowed ?? []) };
  const lock = await lockRun(folder);
  const asked = new AbortController();
  const requests = watchStop(folder, () => {
    asked.abort();
  });
  try {
    // One that was made of an earlier process.
    await forgetStop(folder);
    const before = await finishedJobs(folder, manifest);
    if (before.size > 0 && before.size < manifest.jobs.length)
      await assertSameData(folder, manifest, options.signal);
    // Whoever executed the run before may have been killed, and workers that were stopped with it.
    endMarked('run', folder);
    await writeState(folder, { state: 'running', pid: process.pid });
    options.onTaken?.();
    const signal = options.signal ? AbortSignal.any([options.signal, asked.signal]) : asked.signal;
    const reader = createRunReader(folder);
    const executed = await runJobs(folder, manifest, { ...options, signal }, reader);
    const { end, progress } = executed;
    const state = {
      ...(await endState(folder, manifest, executed, signal)),
      ...(progress ? { progress } : {}),
    };
    if (end.kind === 'fatal' && end.code === 'gone') throw runError('gone', end.message);
    await writeReport(folder, reader, options);
    await writeState(folder, state);
    return await reader.read();
  } finally {
    requests.end();
    await forgetStop(folder).catch(() => undefined);
    await lock.release();
  }
}

/** How the jobs of a run came to their end. */
interface Executed {
  readonly end: ExecutionEnd;
  /** Those that have run, or would run next. */
  readonly open: readonly string[];
  /** Of a race, which does not run all that was planned. */
  readonly progress?: NonNullable<RunState['progress']>;
}

async function runJobs(
  folder: string,
  manifest: RunManifest,
  options: ExecuteOptions,
  reader: RunReader,
): Promise<Executed> {
  const specs = await readSpecs(folder, manifest);
  const finished = await finishedJobs(folder, manifest);
  const done = new Set(finished);
  const race = await openRace({
    ...{ folder, manifest, specs, reader },
    isDone: job => done.has(job),
    onLook(look) {
      reports.soon();
      tell({ look });
    },
  });
  const workers = options.workers ?? availableParallelism();
  const limit = options.trialLimit ?? defaultTrialLimit(manifest.kind, options.budget);
  const timer = createTimer(race.open, finished, workers);
  const stopper = new AbortController();
  const stop = (): void => {
    stopper.abort();
  };
  const budget = options.budget === undefined ? undefined : setTimeout(stop, options.budget);
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted === true) stop();
  let failed = 0;
  let queue: QueueState | undefined;
  const howFar = (): NonNullable<RunState['progress']> => {
    // How many jobs Slurm runs at a time is not known here.
    const secondsLeft = options.slurm ? undefined : timer.secondsLeft();
    const known = secondsLeft === undefined ? {} : { secondsLeft: Math.round(secondsLeft) };
    const open = race.open();
    const some =
      open.length < specs.length
        ? { total: open.length, trials: open.filter(({ trial }) => trial).length }
        : {};
    return { finished: timer.finished(), failed, ...some, ...known };
  };
  const tell = (more: Partial<RunProgress>): void => {
    const { trials: _, ...progress } = howFar();
    options.onProgress?.({ total: specs.length, ...progress, ...(queue ? { queue } : {}), ...more });
  };
  const reports = nowAndThen(BETWEEN_REPORTS, () => writeReport(folder, reader, options));
  const states = nowAndThen(BETWEEN_STATES, () =>
    writeState(folder, {
      state: 'running',
      pid: process.pid,
      progress: howFar(),
      ...(queue ? { queue } : {}),
    }),
  );
  const common = {
    finished,
    signal: stopper.signal,
    onFinish(job: string) {
      done.add(job);
      timer.finish(job);
      tell({ job });
      reports.soon();
      states.soon();
    },
    onFail(job: string, failure: JobFailure, died: boolean) {
      failed++;
      done.add(job);
      timer.finish(job);
      if (died)
        void writeJson(path.join(jobFolder(folder, job), JOB.failure), failure).catch(() => undefined);
      tell({ job, failure });
      states.soon();
    },
  };
  tell({});
  try {
    const { slurm } = options;
    const end = slurm
      ? await runRounds(race, round =>
          runSlurm(round, {
            ...common,
            options: slurm.options,
            // Nodes may not see what the user has allowed on this machine.
            command: [...slurm.command, '--allowed', (options.allowed ?? []).join(',')],
            run: path.resolve(folder),
            onQueue(now) {
              if (JSON.stringify(now) === JSON.stringify(queue)) return;
              queue = now;
              states.soon();
              tell({});
            },
          }),
        )
      : await runPool(await race.next(), {
          ...common,
          script: options.script,
          run: folder,
          ...(limit === undefined ? {} : { limit }),
          workers,
          orderOf: job => orderOf(folder, job, options.allowed ?? [], options.messages),
          onStart: timer.start,
          onEvent(job, event) {
            tell({ job, event });
          },
          next: race.next,
        });
    const { secondsLeft: _, ...progress } = howFar();
    return {
      end,
      open: race.open().map(({ id }) => id),
      ...(progress.total === undefined ? {} : { progress }),
    };
  } finally {
    clearTimeout(budget);
    options.signal?.removeEventListener('abort', stop);
    await states.end();
    await reports.end();
  }
}

const MINUTE = 60_000;

/**
 * How many milliseconds one job may take where nobody says: half of the time budget, so that one that hangs does not
 * use up all of it, but at least ten minutes. Without a budget six hours in a pilot, and in a training no limit.
 */
export function defaultTrialLimit(kind: RunManifest['kind'], budget: number | undefined): number | undefined {
  if (budget !== undefined) return Math.max(10 * MINUTE, budget / 2);
  return kind === 'pilot' ? 6 * 60 * MINUTE : undefined;
}

function orderOf(folder: string, job: string, allowed: Allowed, messages = '{}'): WorkerOrder {
  return { kind: 'job', run: folder, job, cache: cacheFolder(workspaceOf(folder)), allowed, messages };
}

/** Round after round, each by one call. */
async function runRounds(
  race: Race,
  run: (round: readonly PlannedJob[]) => Promise<ExecutionEnd>,
): Promise<ExecutionEnd> {
  for (;;) {
    const round = await race.next();
    // Even without a job: what an earlier process has left in the queue is taken out of it.
    const end = await run(round);
    if (end.kind !== 'done' || round.length === 0) return end;
  }
}

async function readSpecs(folder: string, manifest: RunManifest): Promise<readonly JobSpec[]> {
  const specs: JobSpec[] = [];
  for (const id of manifest.jobs) specs.push(await readSpec(folder, id));
  return specs;
}

async function finishedJobs(folder: string, { jobs }: RunManifest): Promise<ReadonlySet<string>> {
  const finished = new Set<string>();
  for (const id of jobs) {
    if ((await resultBefore(folder, id)).result) finished.add(id);
  }
  return finished;
}

async function endState(
  folder: string,
  manifest: RunManifest,
  { end, open }: Executed,
  signal: AbortSignal | undefined,
): Promise<Pick<RunState, 'state' | 'message'>> {
  if (end.kind === 'fatal') return { state: 'failed', message: end.message };
  if (end.kind === 'aborted')
    return {
      state: 'stopped',
      message: signal?.aborted === true ? runStopped() : timeBudgetReached(),
    };
  const finished = await finishedJobs(folder, manifest);
  const missing = open.filter(job => !finished.has(job)).length;
  if (missing === 0) return { state: 'finished' };
  const message = jobsFailed({ failed: missing, total: open.length });
  return { state: finished.size === 0 ? 'failed' : 'finished', message };
}

async function writeState(folder: string, state: Omit<RunState, 'updated'>): Promise<void> {
  await writeJson(path.join(folder, RUN.state), { version: 1, ...state, updated: new Date().toISOString() });
}

async function writeReport(folder: string, reader: RunReader, { report }: ExecuteOptions): Promise<void> {
  await assertExists(folder);
  const made = report(await reader.read());
  if (made) await writeJson(path.join(folder, RUN.report), made);
}

/** Does `work` some time after it was asked for, never twice at once. */
function nowAndThen(
  milliseconds: number,
  work: () => Promise<void>,
): { readonly soon: () => void; readonly end: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let wait = milliseconds;
  const timed = async (): Promise<void> => {
    const start = performance.now();
    await work();
    wait = Math.max(milliseconds, REPORT_SHARE * (performance.now() - start));
  };
  return {
    soon() {
      timer ??= setTimeout(() => {
        timer = undefined;
        // What cannot be written now is tried again at the end, where it is an error.
        running = running.then(timed).catch(() => undefined);
      }, wait);
    },
    async end() {
      clearTimeout(timer);
      await running;
    },
  };
}

/** @throws RunError `gone`: a folder that was removed is not made again */
async function assertExists(folder: string): Promise<void> {
  try {
    await stat(folder);
  } catch (error) {
    throw writeError(error, folder);
  }
}
