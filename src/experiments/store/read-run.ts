import path from 'node:path';
import {
  type JobFailure,
  type JobSpec,
  type MetricEvent,
  type TrialResult,
  jobFailure,
  jobSpec,
  readEvent,
  trialResult,
} from '../../protocol/job-files';
import { pilotReport } from '../../protocol/pilot-report';
import { type RaceLook, raceFile } from '../../protocol/race-file';
import {
  METHOD,
  type JobSnapshot,
  type JobStatus,
  type RunManifest,
  type RunSnapshot,
  type RunState,
  runManifest,
  runState,
} from '../../protocol/run-files';
import { isRunError, runError } from '../experiment-errors';
import { readText } from './atomic-files';
import { readChecked, readIfWhole } from './read-json';
import { JOB, LIMITS, RUN, jobFolder } from './run-folder';
import { isHeld } from './run-lock';
import { olderMethod } from '../../messages/pilot-messages';
import {
  damagedFile,
  figureOfNoMetric,
  impossibleFigure,
  jobInputsMissing,
  noRunInFolder,
  otherId,
} from '../../messages/run-messages';
import { knownRangeOf } from '../plan/task-metric';

/** @throws RunError `not-found`, `broken` (also where it is the manifest of another run's folder) or `newer-version` */
export async function readManifest(folder: string): Promise<RunManifest> {
  const file = path.join(folder, RUN.manifest);
  const manifest = await readChecked(file, runManifest, LIMITS.plan);
  if (!manifest) throw runError('not-found', noRunInFolder(folder));
  assertNamed(file, manifest.id, path.basename(path.resolve(folder)));
  return manifest;
}

/** What names a run or a job leads to files of it: a name that is not the folder's own could lead elsewhere. */
function assertNamed(file: string, id: string, folder: string): void {
  if (id !== folder) throw runError('broken', otherId({ file, id, folder }));
}

/** What a run's files say it does; one whose process is gone was interrupted. */
export async function readState(folder: string): Promise<RunState> {
  const written = await readIfWhole(path.join(folder, RUN.state), runState);
  const state = written ?? { state: 'interrupted', updated: new Date(0).toISOString() };
  if (state.state !== 'running' || (await isHeld(folder))) return state;
  const { queue: _, ...rest } = state;
  return { ...rest, state: 'interrupted' };
}

/**
 * All of a run as it stands on disk, however far it came. A damaged report, result or line is left out; jobs that
 * cannot be read fail.
 *
 * @throws RunError `not-found`, `broken` or `newer-version` where the run itself cannot be read
 */
export async function readRun(folder: string): Promise<RunSnapshot> {
  const manifest = await readManifest(folder);
  const state = await readState(folder);
  const jobs: JobSnapshot[] = [];
  for (const id of manifest.jobs) {
    const job = await readJob(folder, id, state.state === 'running');
    if (job) jobs.push(job);
  }
  const report = markedReport(await readReport(folder), manifest);
  const looks = await readLooks(folder);
  return { manifest, state, jobs, looks, ...(report ? { report } : {}) };
}

/** What a race has decided so far; a damaged file is as good as none, since the looks follow from the results. */
export async function readLooks(folder: string): Promise<readonly RaceLook[]> {
  return (await readIfWhole(path.join(folder, RUN.race), raceFile, LIMITS.plan))?.looks ?? [];
}

/** A report of a run that compared by an older method says so. */
export function markedReport(
  report: RunSnapshot['report'],
  { method = 1 }: Pick<RunManifest, 'method'>,
): RunSnapshot['report'] {
  const older = olderMethod();
  if (!report || method >= METHOD || report.warnings.includes(older)) return report;
  return { ...report, warnings: [older, ...report.warnings] };
}

/** The report, where there is one that can be read. */
export async function readReport(folder: string): Promise<RunSnapshot['report']> {
  return readIfWhole(path.join(folder, RUN.report), pilotReport, LIMITS.report);
}

/** @throws RunError `broken` or `newer-version` where there is a report that cannot be read */
export async function assertReportWhole(folder: string): Promise<void> {
  await readChecked(path.join(folder, RUN.report), pilotReport, LIMITS.report);
}

/** A job with its events and what it came to; `undefined` where its inputs cannot be read. */
export async function readJob(
  folder: string,
  id: string,
  isRunning: boolean,
): Promise<JobSnapshot | undefined> {
  const spec = await jobOf(folder, id);
  if (!spec) return undefined;
  const result = await readResult(folder, id);
  const failure = await readFailure(folder, id);
  const events = await readEvents(folder, id);
  return {
    spec,
    status: statusOf(result !== undefined, failure !== undefined, isRunning && events.length > 0),
    events,
    ...(result ? { result } : {}),
    ...(failure && !result ? { failure } : {}),
  };
}

/** What a job came to; `undefined` where it has not finished, or its file is damaged. */
export async function readResult(folder: string, job: string): Promise<TrialResult | undefined> {
  return readWholeResult(folder, job).catch(() => undefined);
}

/** @throws RunError `broken`, also for a figure that the metric of its name cannot have, or `newer-version` */
async function readWholeResult(folder: string, job: string): Promise<TrialResult | undefined> {
  const file = path.join(jobFolder(folder, job), JOB.result);
  const result = await readChecked(file, trialResult, LIMITS.result);
  if (!result) return undefined;
  const figures = Object.entries(result.metrics);
  for (const [metric, value] of figures) {
    const [low, high] = knownRangeOf(metric);
    if (value < low || value > high)
      throw runError('broken', damagedFile({ file, reason: impossibleFigure({ metric, value }) }));
  }
  if (figures.length > 0 && !figures.some(([, value]) => Object.is(value, result.value)))
    throw runError('broken', damagedFile({ file, reason: figureOfNoMetric(result.value) }));
  return result;
}

/**
 * What a job came to, for who would run it otherwise: a result of a later release is not replaced by one of this.
 * `damage` says why one that is there does not count.
 *
 * @throws RunError `newer-version`
 */
export async function resultBefore(
  folder: string,
  job: string,
): Promise<{ readonly result?: TrialResult; readonly damage?: string }> {
  try {
    const result = await readWholeResult(folder, job);
    return result ? { result } : {};
  } catch (error) {
    if (isRunError(error) && error.code === 'broken') return { damage: error.message };
    throw error;
  }
}

/** Why a job failed, where it did. */
export async function readFailure(folder: string, job: string): Promise<JobFailure | undefined> {
  return readIfWhole(path.join(jobFolder(folder, job), JOB.failure), jobFailure);
}

/** A job's inputs; `undefined` where they are missing or damaged. */
export async function jobOf(folder: string, job: string): Promise<JobSpec | undefined> {
  return readSpec(folder, job).catch(() => undefined);
}

/** @throws RunError `broken` where its inputs are missing or damaged, `newer-version` */
export async function readSpec(folder: string, job: string): Promise<JobSpec> {
  const file = path.join(jobFolder(folder, job), JOB.spec);
  const spec = await readChecked(file, jobSpec, LIMITS.plan);
  if (!spec) throw runError('broken', jobInputsMissing(job));
  assertNamed(file, spec.id, job);
  return spec;
}

function statusOf(hasResult: boolean, hasFailure: boolean, hasBegun: boolean): JobStatus {
  if (hasResult) return 'finished';
  if (hasFailure) return 'failed';
  return hasBegun ? 'running' : 'waiting';
}

/** The points of a job's training; a torn last line is left out. */
export async function readEvents(folder: string, job: string): Promise<readonly MetricEvent[]> {
  const text = (await metricsOf(folder, job)) ?? '';
  return text.split('\n').flatMap(line => (line === '' ? [] : (readEvent(line) ?? [])));
}

/** Points of training are for people to look at: where they cannot be read, the run goes without them. */
async function metricsOf(folder: string, job: string): Promise<string | undefined> {
  return readText(path.join(jobFolder(folder, job), JOB.metrics), LIMITS.metrics).catch(() => undefined);
}
