// A process that plans what an editor asks for, so that the editor's own process stays free, and hands it to another
// that executes it and goes on without the editor. Its argument says which of the two it is.
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { errorMessage, isUserError } from '../../common/errors';
import { check } from '../../common/validation';
import { inputLines } from '../../messages/input-messages';
import { shapeProblemText } from '../../messages/validation-text';
import {
  type ExecutionRequest,
  type RunnerReport,
  type RunnerRequest,
  STOP,
  runnerRequest,
} from '../../protocol/worker-messages';
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
import { readManifest } from '../store/read-run';
import { RUN } from '../store/run-folder';
import { EXECUTE, startDetached } from './detached-run';

const controller = new AbortController();
const stop = (): void => {
  controller.abort();
};

const executes = process.argv[2] === EXECUTE;

const tell = (report: RunnerReport): void => {
  if (process.connected) process.send?.(report);
};

// Planning is for the editor, and ends with it. A run that is executed is in its folder, where others find it.
if (!executes) process.on('disconnect', stop);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
// A session of its own has no terminal to lose; whoever sends this means the terminal's programs.
process.on('SIGHUP', () => undefined);

process.on('message', (message: unknown) => {
  if (message === STOP) {
    stop();
    return;
  }
  const request = check(runnerRequest, message);
  if (request.ok) void serve(request.value);
  else {
    tell({ kind: 'failed', message: shapeProblemText(request.problem) });
    leave();
  }
});

async function serve(request: RunnerRequest): Promise<void> {
  try {
    l10n.config({ contents: request.messages });
    if (executes && request.kind === 'resume') await execute(request);
    else tell(await startDetached(await executionOf(request), import.meta.filename));
  } catch (error) {
    tell({
      kind: 'failed',
      message: errorMessage(error),
      ...whereOf(error),
    });
  } finally {
    leave();
  }
}

/** Whoever started this process need not wait for it any longer. */
function leave(): void {
  if (process.connected) process.disconnect();
}

/** What is to be executed: a run that there is, or one that is planned first. */
async function executionOf(request: RunnerRequest): Promise<ExecutionRequest> {
  if (request.kind === 'resume') return request;
  const { messages, workers, slurm, budget, pilotLimit } = request;
  const start = performance.now();
  const folder = await planned(request);
  // A run that was made here just now is the user's own, even where their key cannot be kept.
  const allowed = [...request.allowed, ...(await allowNewRun(folder))];
  const left = budget === undefined ? undefined : Math.max(1, budget - (performance.now() - start));
  return {
    kind: 'resume',
    folder,
    allowed,
    messages,
    ...(workers === undefined ? {} : { workers }),
    ...(slurm ? { slurm } : {}),
    ...(left === undefined ? {} : { budget: left }),
    ...(pilotLimit === undefined ? {} : { pilotLimit }),
  };
}

async function planned(request: Exclude<RunnerRequest, ExecutionRequest>): Promise<string> {
  const { kind, workspace, problem, task, places, decision, arm, program, effort } = request;
  const options = {
    locate: pathLookup(places),
    decision,
    cache: cacheFolder(workspace),
    signal: controller.signal,
    ...(program ? { program } : {}),
  };
  const plan: RunPlan =
    kind === 'pilot'
      ? await planPilot(problem, task, { ...options, effort: effort ?? 'usual' })
      : await planTraining(problem, task, { ...options, ...(arm === undefined ? {} : { arm }) });
  const folder = await createRun({ workspace, plan, now: new Date() });
  const doubts = (plan.doubts ?? []).map(({ message }) => message);
  tell({
    kind: 'planned',
    folder,
    inputs: inputLines(plan.inputs ?? []),
    warnings: [...doubts, ...plan.warnings],
  });
  return folder;
}

async function execute(request: ExecutionRequest): Promise<void> {
  const { folder, messages, workers, budget, pilotLimit, slurm } = request;
  const { kind } = await readManifest(folder);
  await executeRun(folder, {
    script: path.join(import.meta.dirname, 'trial-worker.mjs'),
    allowed: request.allowed,
    report: reportOf,
    messages,
    signal: controller.signal,
    ...(workers === undefined ? {} : { workers }),
    ...(budget === undefined ? {} : { budget }),
    ...(pilotLimit === undefined || kind !== 'pilot' ? {} : { trialLimit: pilotLimit }),
    ...(slurm ? { slurm } : {}),
    onTaken() {
      tell({ kind: 'started', folder });
      leave();
    },
  });
  await removeEmptyLog(folder);
}

/** This process has said nothing, mostly. */
async function removeEmptyLog(folder: string): Promise<void> {
  const log = path.join(folder, RUN.log);
  const size = await stat(log).then(
    found => found.size,
    () => 0,
  );
  // Windows does not remove a file that is open.
  if (size === 0) await rm(log, { force: true }).catch(() => undefined);
}

function whereOf(error: unknown): Pick<Extract<RunnerReport, { kind: 'failed' }>, 'where'> {
  const { file, line } = (isUserError(error) && error.location) || {};
  return file !== undefined && line !== undefined ? { where: { file, line } } : {};
}
