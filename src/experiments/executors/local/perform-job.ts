import { rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage } from '../../../common/errors';
import type { JobContext, RunJob } from '../../../training/job-context';
import type { JobFailure, JobSpec, MetricEvent } from '../../../protocol/job-files';
import { damagedResultReplaced } from '../../../messages/run-messages';
import { isTrustError } from '../../../trust/trust-errors';
import { isRunError, writeError } from '../../experiment-errors';
import { makeFolder, writeJson } from '../../store/atomic-files';
import { type MetricsFile, jobCheckpoints, keepEvents, openMetrics } from '../../store/job-progress';
import { readSpec, resultBefore } from '../../store/read-run';
import { JOB, jobFolder } from '../../store/run-folder';
import { lockRun } from '../../store/run-lock';

export interface Performing {
  readonly run: string;
  readonly job: string;
  readonly cache: string;
  readonly onEvent: (event: MetricEvent) => void;
  readonly signal: AbortSignal;
}

export type Outcome =
  { readonly kind: 'finished' } | { readonly kind: 'failed'; readonly failure: JobFailure };

/**
 * Runs a job from its file of inputs to its file of results; what an earlier attempt left of it goes, except
 * for a checkpoint, from which it goes on. A job that has a result is left alone.
 *
 * @throws RunError where the run's folder cannot be written, `locked` where another process runs the job; TrustError
 * where its code is not what was allowed; AbortError
 */
export async function performJob(performing: Performing, runJob: RunJob<JobSpec>): Promise<Outcome> {
  const { run, job } = performing;
  const lock = await lockRun(jobFolder(run, job));
  try {
    const { result, damage } = await resultBefore(run, job);
    return result ? { kind: 'finished' } : await perform(performing, runJob, damage);
  } finally {
    await lock.release();
  }
}

async function perform(
  { run, job, cache, onEvent, signal }: Performing,
  runJob: RunJob<JobSpec>,
  damage: string | undefined,
): Promise<Outcome> {
  const folder = jobFolder(run, job);
  const spec = await readSpec(run, job);
  const checkpoints = await jobCheckpoints(folder);
  await keepEvents(folder, checkpoints.index?.events ?? 0);
  for (const file of [JOB.failure, JOB.model, JOB.log])
    await rm(path.join(folder, file), { recursive: true, force: true });
  await makeFolder(cache);
  const metrics = openMetrics(path.join(folder, JOB.metrics), onEvent);
  const context: JobContext = {
    folder,
    folderOf: id => jobFolder(run, id),
    cache,
    signal,
    checkpoints,
    onEvent: metrics.add,
  };
  try {
    const result = await runJob(spec, context);
    metrics.flush();
    const warnings = [...result.warnings, ...(damage === undefined ? [] : [damagedResultReplaced(damage)])];
    await writeJson(path.join(folder, JOB.result), { ...result, warnings, version: 1, id: job });
    await rm(path.join(folder, JOB.checkpoint), { recursive: true, force: true });
    return { kind: 'finished' };
  } catch (error) {
    const cause = lossOf(metrics) ?? asError(isDiskFull(error) ? writeError(error, folder) : error);
    if (signal.aborted || isRunError(cause) || isTrustError(cause)) throw cause;
    const failure = failureOf(job, cause);
    await writeJson(path.join(folder, JOB.failure), failure);
    return { kind: 'failed', failure };
  }
}

/** Why points of training could not be kept, if they could not. */
function lossOf(metrics: MetricsFile): Error | undefined {
  try {
    metrics.flush();
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '');
}

function failureOf(id: string, error: unknown): JobFailure {
  return { version: 1, id, code: errorCode(error) ?? 'error', message: errorMessage(error) };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
