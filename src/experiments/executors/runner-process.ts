// A process that plans and runs what an editor asks for, so that the editor's own process stays free.
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { errorMessage, isUserError } from '../../common/errors';
import {
  type RunPlan,
  cacheFolder,
  createRun,
  executeRun,
  planPilot,
  planTraining,
  reportOf,
} from '../index';
import { allowNewRun } from '../consent/run-consent';
import { pathLookup } from '../plan/dataset-spec';
import type { RunSnapshot } from '../../protocol/run-files';
import { check } from '../../common/validation';
import { shapeProblemText } from '../../messages/validation-text';
import { type RunnerReport, type RunnerRequest, STOP, runnerRequest } from '../../protocol/worker-messages';

const controller = new AbortController();

/** Progress is for people: more often than this they do not see. */
const BETWEEN_PROGRESS = 100;

const tell = (report: RunnerReport): void => {
  process.send?.(report);
};

// The editor asks to stop with a message, and by being gone.
process.on('disconnect', () => {
  controller.abort();
});
process.on('SIGTERM', () => {
  controller.abort();
});

process.on('message', (message: unknown) => {
  if (message === STOP) {
    controller.abort();
    return;
  }
  const request = check(runnerRequest, message);
  if (request.ok) void serve(request.value);
  else {
    tell({ kind: 'failed', message: shapeProblemText(request.problem) });
    process.disconnect();
  }
});

async function serve(request: RunnerRequest): Promise<void> {
  try {
    l10n.config({ contents: request.messages });
    const folder = request.kind === 'resume' ? request.folder : await planned(request);
    tell(endOf(folder, await run(folder, request)));
  } catch (error) {
    tell({
      kind: 'failed',
      message: errorMessage(error),
      ...whereOf(error),
    });
  } finally {
    process.disconnect();
  }
}

async function planned(request: Exclude<RunnerRequest, { kind: 'resume' }>): Promise<string> {
  const { kind, workspace, problem, task, places, thresholds, decision, arm, program } = request;
  const options = {
    locate: pathLookup(places),
    ...thresholds,
    decision,
    cache: cacheFolder(workspace),
    signal: controller.signal,
    ...(program ? { program } : {}),
  };
  const plan: RunPlan =
    kind === 'pilot'
      ? await planPilot(problem, task, options)
      : await planTraining(problem, task, { ...options, ...(arm === undefined ? {} : { arm }) });
  const folder = await createRun({ workspace, plan, now: new Date() });
  tell({ kind: 'planned', folder, warnings: plan.warnings });
  return folder;
}

async function run(folder: string, request: RunnerRequest): Promise<RunSnapshot> {
  const { messages, workers, budget, slurm, kind } = request;
  // A run that was made here just now is the user's own, even where their key cannot be kept.
  const own = kind === 'resume' ? [] : await allowNewRun(folder);
  let last = -Infinity;
  return executeRun(folder, {
    script: path.join(import.meta.dirname, 'trial-worker.mjs'),
    allowed: [...request.allowed, ...own],
    report: reportOf,
    messages,
    signal: controller.signal,
    ...(workers === undefined ? {} : { workers }),
    ...(budget === undefined ? {} : { budget }),
    ...(slurm ? { slurm } : {}),
    onProgress(progress) {
      const now = performance.now();
      if (now - last < BETWEEN_PROGRESS && !progress.failure && progress.finished < progress.total) return;
      last = now;
      tell({ kind: 'progress', progress });
    },
  });
}

function endOf(folder: string, { manifest, state, report, jobs }: RunSnapshot): RunnerReport {
  const trained = manifest.kind === 'train' ? jobs.find(({ spec }) => spec.kind === 'trial') : undefined;
  const failure = jobs.find(job => job.failure)?.failure;
  const message = state.state === 'finished' ? state.message : (failure?.message ?? state.message);
  return {
    kind: 'ended',
    folder,
    state: state.state,
    ...(message === undefined ? {} : { message }),
    ...(report ? { report } : {}),
    ...(trained?.result
      ? { model: path.join(folder, 'jobs', trained.spec.id, 'model'), value: trained.result.value }
      : {}),
  };
}

function whereOf(error: unknown): Pick<Extract<RunnerReport, { kind: 'failed' }>, 'where'> {
  const { file, line } = (isUserError(error) && error.location) || {};
  return file !== undefined && line !== undefined ? { where: { file, line } } : {};
}
