import { type FileHandle, lstat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode, errorMessage } from '../../common/errors';
import { isFileRefused } from '../../files/file-errors';
import { openOwn } from '../../files/regular-file';
import { type JobFailure, type MetricEvent, type TrialResult, readEvent } from '../../protocol/job-files';
import type { PilotReport } from '../../protocol/pilot-report';
import { readFailure, readManifest, readReport, readResult, readState } from './read-run';
import { JOB, LIMITS, RUN, jobFolder } from './run-folder';
import type { JobStatus, RunState } from '../../protocol/run-files';

/** What is new of a run since the last delta; the first has all there is. */
export interface RunDelta {
  readonly state?: RunState;
  readonly report?: PilotReport;
  readonly jobs: readonly JobDelta[];
  /** The run cannot be read any more: removed, say. It is the last delta. */
  readonly gone?: string;
}

export interface JobDelta {
  readonly id: string;
  readonly status: JobStatus;
  /** The job began anew: events before these are of an attempt that was given up. */
  readonly restarted: boolean;
  /** New ones only. */
  readonly events: readonly MetricEvent[];
  readonly result?: TrialResult;
  readonly failure?: JobFailure;
}

export interface WatchOptions {
  /** Milliseconds between two looks while the run goes on; 300 by default. */
  readonly every?: number;
}

/** Bytes of a file of metrics that are read at once. */
const LARGEST_LOOK = 16_000_000;

/** How many times as long nobody looks at a run that does not go on. */
const AT_REST = 5;

/** How much of a job has been told. */
interface Followed {
  readonly id: string;
  status: JobStatus;
  /** Bytes of `metrics.jsonl` that were read, up to the end of a line. */
  offset: number;
  inode: number;
}

/**
 * Follows a run, in whatever process it runs, until the signal ends it or the run is gone. It looks at the times of
 * files rather than asking the system to watch them, which network file systems and containers do not do; of each
 * file of metrics only what was added is read.
 *
 * @throws RunError `not-found`, `broken` or `newer-version` where there is no run to begin with
 */
export async function watchRun(
  folder: string,
  onDelta: (delta: RunDelta) => void,
  signal: AbortSignal,
  { every = 300 }: WatchOptions = {},
): Promise<void> {
  const { jobs } = await readManifest(folder);
  const followed = jobs.map((id): Followed => ({ id, status: 'waiting', offset: 0, inode: 0 }));
  let [state, reported] = ['', ''];
  for (let first = true; !signal.aborted; first = false) {
    const gone = await readManifest(folder).then(() => undefined, errorMessage);
    if (gone !== undefined) {
      onDelta({ jobs: [], gone });
      return;
    }
    const now = await readState(folder);
    const stamp = await stampOf(path.join(folder, RUN.report));
    const report = stamp === reported ? undefined : await readReport(folder);
    const changed: JobDelta[] = [];
    for (const job of followed) {
      const delta = await followJob(folder, job, now.state === 'running');
      if (delta) changed.push(delta);
    }
    const isNew = JSON.stringify(now) !== state;
    [state, reported] = [JSON.stringify(now), stamp];
    if (isStopped(signal)) return;
    if (first || isNew || report || changed.length > 0)
      onDelta({ jobs: changed, ...(isNew ? { state: now } : {}), ...(report ? { report } : {}) });
    await wait(now.state === 'running' ? every : AT_REST * every, undefined, { signal }).catch(
      () => undefined,
    );
  }
}

/** As a function: that the signal was looked at before says nothing after a pause. */
const isStopped = ({ aborted }: AbortSignal): boolean => aborted;

async function followJob(folder: string, job: Followed, isRunning: boolean): Promise<JobDelta | undefined> {
  // A job with a result does not change again.
  if (job.status === 'finished') return undefined;
  // Results before events: a job that has finished in between has all its events by then.
  const result = await readResult(folder, job.id);
  const failure = result ? undefined : await readFailure(folder, job.id);
  const { events, restarted } = await newEvents(path.join(jobFolder(folder, job.id), JOB.metrics), job);
  const status = statusOf(result, failure, isRunning && job.offset > 0);
  if (status === job.status && events.length === 0 && !restarted) return undefined;
  job.status = status;
  return {
    id: job.id,
    status,
    restarted,
    events,
    ...(result ? { result } : {}),
    ...(failure ? { failure } : {}),
  };
}

function statusOf(
  result: TrialResult | undefined,
  failure: JobFailure | undefined,
  hasBegun: boolean,
): JobStatus {
  if (result) return 'finished';
  if (failure) return 'failed';
  return hasBegun ? 'running' : 'waiting';
}

/** The whole lines that were added to a file of metrics. */
async function newEvents(
  file: string,
  job: Followed,
): Promise<{ readonly events: readonly MetricEvent[]; readonly restarted: boolean }> {
  const handle = await opened(file);
  if (!handle) {
    const restarted = job.offset > 0;
    [job.offset, job.inode] = [0, 0];
    return { events: [], restarted };
  }
  try {
    const { size, ino } = await handle.stat();
    const restarted = job.offset > 0 && (size < job.offset || ino !== job.inode);
    if (restarted) job.offset = 0;
    job.inode = ino;
    const events: MetricEvent[] = [];
    const last = Math.min(size, LIMITS.metrics);
    while (job.offset < last) {
      const bytes = Buffer.alloc(Math.min(last - job.offset, LARGEST_LOOK));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, job.offset);
      // What stands behind the last line break is still being written.
      const end = bytes.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      for (const line of bytes.toString('utf8', 0, end).split('\n')) addEvent(events, line);
      if (end === 0 && bytesRead < LARGEST_LOOK) break;
      // A line that is longer than a look is none of ours.
      job.offset += end === 0 ? bytesRead : end;
    }
    return { events, restarted };
  } finally {
    await handle.close();
  }
}

function addEvent(events: MetricEvent[], line: string): void {
  const event = line === '' ? undefined : readEvent(line);
  if (event) events.push(event);
}

async function opened(file: string): Promise<FileHandle | undefined> {
  try {
    return await openOwn(file);
  } catch (error) {
    // A link, or what is no file: a job without points of training, which whoever runs it says more of.
    if (isFileRefused(error) || ['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? ''))
      return undefined;
    throw error;
  }
}

/** Tells one content of a file from another: it is replaced whole, so its inode changes with it. */
async function stampOf(file: string): Promise<string> {
  const found = await lstat(file).catch(() => undefined);
  return found ? `${found.ino} ${found.mtimeMs} ${found.size}` : '';
}
