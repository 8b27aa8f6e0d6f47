import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { targetsOf } from '../advisor/advisor';
import type { PlanOptions, RunPlan } from '../experiments';
import type { Problem } from '../language/learning-problem';
import { inputLines } from '../messages/input-messages';
import { diagnosticOutput } from '../protocol/advise-output';
import type { ProgramSpec } from '../protocol/job-files';
import { type Allowed, inspectAll } from '../trust/gate';
import { type ParsedArguments, usageError } from './command-line';
import { consentTo } from './consent';
import { isError, printDiagnostics } from './diagnostic-lines';
import { loadRuns } from './launch-run';
import { type LoadedProblem, loadProblem } from './load-problem';
import { settingsOption } from './run-options';
import type { TimeBudget } from './time-budget';
import { type Io, hangingLines, styleOf } from './terminal';
import { dataPathsOf, workspaceForRuns } from './workspace-folders';

/** What a new run is planned from, whether it compares strategies or trains one. */
export interface RunInputs {
  readonly loaded: LoadedProblem;
  readonly task: string;
  /** The folder that the run is kept in. */
  readonly workspace: string;
  /** What the user lets it run. */
  readonly allowed: Allowed;
  /** The options that every plan has. */
  readonly options: PlanOptions;
}

/**
 * Reads the annotations that a run starts from; `undefined` where one of them or a project file is in error, which is
 * printed then. Planning ends with the time budget. Throws a usage error where the task is not clear, or its program is not trusted.
 */
export async function readRunInputs(
  given: ParsedArguments,
  io: Io,
  budget?: TimeBudget,
): Promise<RunInputs | undefined> {
  const { paths } = given;
  const settings = settingsOption(given);
  const loaded = await loadProblem(paths, io);
  const annotationErrors = loaded.annotationDiagnostics.map(diagnosticOutput).filter(isError);
  const diagnostics = [...loaded.fileDiagnostics, ...annotationErrors];
  printDiagnostics(diagnostics, io);
  if (diagnostics.some(isError)) return undefined;
  const task = taskOption(given, loaded.problem);
  const program = await programOf(task, loaded, io);
  const { assertSafeHome, cacheFolder, codeOfTask, pathLookup } = await loadRuns();
  const workspace = workspaceForRuns(paths[0] ?? '.', io);
  assertSafeHome(workspace);
  const locate = pathLookup(await dataPathsOf(loaded.problem, paths, io));
  const code = await inspectAll(codeOfTask(loaded.problem, task, { locate, program }));
  const allowed = await consentTo({ task, code }, given, io);
  const signals = [io.interruption?.(), budget?.planning].filter(each => each !== undefined);
  return {
    loaded,
    task,
    workspace,
    allowed,
    options: {
      locate,
      cache: cacheFolder(workspace),
      ...(program ? { program } : {}),
      ...(settings ? { settings } : {}),
      signal: AbortSignal.any(signals),
    },
  };
}

/** A run that is about to be executed. */
export interface ReadyRun {
  readonly folder: string;
  readonly allowed: Allowed;
}

/** A run that is resumed may have been written by anyone: its code, and the run itself, need the user's consent. */
export async function resumedRun(folder: string, given: ParsedArguments, io: Io): Promise<ReadyRun> {
  const { questionOfRun } = await loadRuns();
  return { folder, allowed: await consentTo(await questionOfRun(folder), given, io) };
}

/** Writes the folder of a planned run, and says what it learns from before it begins. */
export async function createNewRun(
  { workspace, allowed }: RunInputs,
  plan: RunPlan,
  { values }: ParsedArguments,
  io: Io,
): Promise<ReadyRun> {
  const { allowNewRun, createRun } = await loadRuns();
  const { colors, width } = styleOf(io.stderr, io.env);
  for (const text of inputLines(plan.inputs ?? [])) io.stderr.lines(hangingLines('', text, width));
  for (const { message } of plan.doubts ?? [])
    io.stderr.lines(hangingLines(`${colors.red('!')} `, message, width));
  const name = values.get('name');
  const folder = await createRun({
    workspace,
    plan,
    now: new Date(),
    ...(name === undefined ? {} : { name }),
  });
  // Its user is known, even where their key cannot be kept.
  return { folder, allowed: [...allowed, ...(await allowNewRun(folder))] };
}

/** The task that is asked for: the only target where none is named. */
function taskOption({ values }: ParsedArguments, problem: Problem): string {
  const asked = values.get('task');
  if (asked !== undefined) return asked;
  const targets = targetsOf(problem).map(({ name }) => name);
  const [only] = targets;
  if (only !== undefined && targets.length === 1) return only;
  throw usageError(
    l10n.t('Choose a task.'),
    targets.length === 0
      ? l10n.t('No task found. Annotate one with @task.')
      : l10n.t('Set --task to one of: {0}.', targets.join(', ')),
  );
}

/** The program that the task's `train=` names: code in a comment. */
async function programOf(task: string, { problem }: LoadedProblem, io: Io): Promise<ProgramSpec | undefined> {
  const found = problem.tasks.find(({ name }) => name === task);
  if (found?.train === undefined) return undefined;
  const { splitCommand } = await loadRuns();
  const file = path.resolve(io.cwd, found.reference.file);
  return { command: splitCommand(found.train), cwd: path.dirname(file) };
}
