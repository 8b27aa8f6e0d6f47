import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { JobFailure, MetricEvent, TrialResult } from '../training/result';
import { RunError } from './errors';
import { orderOf } from './execute';
import { readJson, writeJson } from './store/files';
import { lockRun } from './store/lock';
import { JOB, jobFolder } from './store/paths';
import { asJob, asResult } from './store/shapes';
import { runPool } from './workers/pool';

export interface TrialOptions {
  /** The bundle that workers run. */
  readonly script: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: MetricEvent) => void;
  /** The display language's bundle, as JSON. */
  readonly messages?: string;
}

/** How the job of a folder ended; `before` where it had a result already. */
export type TrialEnd =
  | { readonly kind: 'finished' | 'before'; readonly result: TrialResult }
  | { readonly kind: 'failed'; readonly failure: JobFailure }
  | { readonly kind: 'stopped' };

/**
 * Runs the job of one folder (`RUN/jobs/JOB`), wherever that is: any scheduler can do so, as often as it likes. A job
 * that has a result is not repeated, one that failed is tried again, and two processes never run the same at once.
 *
 * @throws RunError `not-found`, `broken`, `locked` where another process runs it, `disk-full`, `gone`
 */
export async function runTrialFolder(folder: string, options: TrialOptions): Promise<TrialEnd> {
  const place = path.resolve(folder);
  const [run, job] = [path.resolve(place, '..', '..'), path.basename(place)];
  if (jobFolder(run, job) !== place || !(await exists(place)))
    throw new RunError('not-found', l10n.t('{0} is not the folder of a trial (RUN/jobs/TRIAL).', folder));
  const given = await readJson(path.join(place, JOB.spec));
  const spec = given && asJob(given);
  if (!spec) throw new RunError('broken', l10n.t('The inputs of {0} are missing or damaged.', job));
  const lock = await lockRun(place);
  try {
    const before = await resultOf(run, job);
    if (before) return { kind: 'before', result: before };
    for (const need of spec.needs)
      if (!(await resultOf(run, need))) {
        const message = l10n.t('It starts from {0}, which has no result.', need);
        const failure: JobFailure = { version: 1, id: job, code: 'needs-failed', message };
        await writeJson(path.join(place, JOB.failure), failure);
        return { kind: 'failed', failure };
      }
    return await runOne(run, job, options);
  } finally {
    await lock.release();
  }
}

async function runOne(run: string, job: string, options: TrialOptions): Promise<TrialEnd> {
  let failed: { readonly failure: JobFailure; readonly died: boolean } | undefined;
  const end = await runPool([{ id: job, needs: [] }], {
    script: options.script,
    workers: 1,
    finished: new Set(),
    signal: options.signal ?? new AbortController().signal,
    orderOf: id => orderOf(run, id, options.messages),
    onStart: () => undefined,
    onEvent: (_, event) => options.onEvent?.(event),
    onFinish: () => undefined,
    onFail(_, failure, died) {
      failed = { failure, died };
    },
  });
  if (end.kind === 'fatal')
    throw new RunError(end.code === 'disk-full' || end.code === 'gone' ? end.code : 'broken', end.message);
  if (end.kind === 'aborted') return { kind: 'stopped' };
  if (failed) {
    if (failed.died) await writeJson(path.join(jobFolder(run, job), JOB.failure), failed.failure);
    return { kind: 'failed', failure: failed.failure };
  }
  const result = await resultOf(run, job);
  if (!result) throw new RunError('broken', l10n.t('{0} ended without a result.', job));
  return { kind: 'finished', result };
}

async function resultOf(run: string, job: string): Promise<TrialResult | undefined> {
  const value = await readJson(path.join(jobFolder(run, job), JOB.result)).catch(() => undefined);
  return value && asResult(value);
}

function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}
