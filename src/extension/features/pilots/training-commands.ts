import path from 'node:path';
import * as vscode from 'vscode';
import { armsOf, eligibleStrategies, listRuns, splitCommand } from '../../../experiments';
import { verdictText } from '../../../experiments/report/run-summary-text';
import { metricName, metricValueText } from '../../../messages/metric-text';
import { runTitle } from '../../../messages/run-titles';
import type { ProgramSpec } from '../../../protocol/job-files';
import { COMMANDS } from '../../contributions';
import { type Project, localFolderOf } from '../../project/project';
import { type PilotDecision, pilotDecisionOf } from '../../../protocol/project-file';
import type { Services } from '../../services';
import type { AdviceArgument } from '../advice/advice-argument';
import { pickAdvice } from '../advice/pick-advice';
import { type ProjectRun, pickRun, runsOf } from '../runs/open-run';
import { askedDataPaths } from '../runs/run-data-paths';
import { agreeToRun, agreeToTask } from './editor-consent';
import type { RunLauncher, RunOutcome } from './run-launcher';
import {
  showErrorMessage,
  showInformationMessage,
  showQuickPick,
  showWarningMessage,
} from '../../user-interface';

interface Target {
  readonly scope: Project;
  readonly workspace: string;
  readonly task: string;
  readonly program?: ProgramSpec;
}

function isAllowed(): boolean {
  if (vscode.workspace.isTrusted) return true;
  void showWarningMessage(
    vscode.l10n.t('Training reads files named in annotations and requires a trusted workspace.'),
  );
  return false;
}

/** The target that a command is about, its files saved; `undefined` where the user turned back, or it cannot run here. */
async function targetOf({ problems }: Services, given: unknown): Promise<Target | undefined> {
  if (!isAllowed()) return undefined;
  const argument: AdviceArgument | undefined = await pickAdvice(problems, given);
  const scope = argument && problems.withKey(argument.scope);
  if (!argument || !scope) return undefined;
  const workspace = localFolderOf(scope);
  if (workspace === undefined) {
    void showWarningMessage(
      vscode.l10n.t('Training requires files on this machine, but {0} is not.', scope.name),
    );
    return undefined;
  }
  const program = programOf(scope, argument.task);
  return { scope, workspace, task: argument.task, ...(program ? { program } : {}) };
}

/** The user's own training program: it comes from a comment, and runs only once the user has agreed to it. */
function programOf(scope: Project, task: string): ProgramSpec | undefined {
  const { problem, file } = scope.resolution();
  const found = problem.tasks.find(({ name }) => name === task);
  if (found?.train === undefined) return undefined;
  const uri = vscode.Uri.parse(file(found.reference.file)?.uri ?? '');
  return { command: splitCommand(found.train), cwd: path.dirname(vscode.Uri.file(uri.path).fsPath) };
}

export async function runPilot(services: Services, running: RunLauncher, given: unknown): Promise<unknown> {
  const target = await targetOf(services, given);
  if (!target) return undefined;
  const { scope, workspace, task, program } = target;
  const places = await askedDataPaths(services, scope);
  const agreed = await agreeToTask(services, scope, { task, program, places });
  if (!agreed) return undefined;
  const ended = await running.start(runTitle({ kind: 'pilot', task }), scope, {
    kind: 'pilot',
    workspace,
    ...decisionIn(scope, task),
    problem: scope.resolution().problem,
    task,
    places,
    ...agreed,
    ...(program ? { program } : {}),
  });
  if (ended) void sayPilot(services, running, target, ended);
  return ended;
}

async function sayPilot(
  services: Services,
  running: RunLauncher,
  target: Target,
  ended: RunOutcome,
): Promise<void> {
  const { report, state, message, folder } = ended;
  const [open, winner, resume] = [
    vscode.l10n.t('Open Run'),
    vscode.l10n.t('Train the Winner'),
    vscode.l10n.t('Resume'),
  ];
  const text = [report ? verdictText(report) : '', state === 'finished' ? '' : (message ?? '')]
    .filter(each => each !== '')
    .join(' ');
  const actions = [
    open,
    ...(report?.verdict?.arm !== undefined && state === 'finished' ? [winner] : []),
    ...(state === 'stopped' ? [resume] : []),
  ];
  const show = state === 'failed' ? showErrorMessage : showInformationMessage;
  const chosen = await show(text, ...actions);
  if (chosen === open) await vscode.commands.executeCommand(COMMANDS.openRun, folder);
  if (chosen === winner) await trainArm(services, running, target, report?.verdict?.arm);
  if (chosen === resume) await resumeRun(services, running, folder);
}

/** Trains the strategy that the user picks; the recommended one stands first. */
export async function train(services: Services, running: RunLauncher, given: unknown): Promise<unknown> {
  const target = await targetOf(services, given);
  if (!target) return undefined;
  const arms = armsOf(eligibleStrategies(target.scope.resolution().problem, target.task));
  const items = [
    { label: vscode.l10n.t('Recommended strategy'), arm: undefined },
    ...arms.map(({ id, from }) => ({ label: id, description: from.join(', '), arm: id })),
  ];
  const placeHolder = vscode.l10n.t('Select a strategy to train {0}', target.task);
  const picked = arms.length === 1 ? items[0] : await showQuickPick(items, { placeHolder });
  return picked ? trainArm(services, running, target, picked.arm) : undefined;
}

/** Trains what the latest pilot of the task found best. */
export async function trainWinner(
  services: Services,
  running: RunLauncher,
  given: unknown,
): Promise<unknown> {
  const target = await targetOf(services, given);
  if (!target) return undefined;
  const { runs } = await listRuns(target.workspace);
  const pilot = runs.find(run => run.task === target.task && run.report?.verdict !== undefined);
  const verdict = pilot?.report?.verdict;
  if (pilot && verdict && verdict.arm === undefined) {
    const open = vscode.l10n.t('Open Run');
    const chosen = await showInformationMessage(
      vscode.l10n.t('The pilot of {0} is undecided: there is no winner to train.', target.task),
      open,
    );
    if (chosen === open) await vscode.commands.executeCommand(COMMANDS.openRun, pilot.folder);
    return undefined;
  }
  if (!pilot) {
    const run = vscode.l10n.t('Run Pilot');
    const chosen = await showInformationMessage(
      vscode.l10n.t('No pilot of {0} has reached a verdict yet.', target.task),
      run,
    );
    return chosen === run ? runPilot(services, running, given) : undefined;
  }
  return trainArm(services, running, target, verdict?.arm);
}

/** What the project of a target decides of pilots. */
function decisionIn(scope: Project, name: string): { readonly decision?: PilotDecision } {
  const { problem, file } = scope.resolution();
  const task = problem.tasks.find(each => each.name === name);
  const uri = task && file(task.reference.file)?.uri;
  const decision = pilotDecisionOf(uri === undefined ? undefined : scope.projectFileOf(uri)?.settings);
  return decision ? { decision } : {};
}

async function trainArm(
  services: Services,
  running: RunLauncher,
  { scope, workspace, task, program }: Target,
  arm: string | undefined,
): Promise<unknown> {
  const places = await askedDataPaths(services, scope);
  const agreed = await agreeToTask(services, scope, { task, program, places });
  if (!agreed) return undefined;
  const ended = await running.start(runTitle({ kind: 'train', task }), scope, {
    kind: 'train',
    workspace,
    problem: scope.resolution().problem,
    task,
    places,
    ...agreed,
    ...(arm === undefined ? {} : { arm }),
    ...(program ? { program } : {}),
  });
  if (ended) void sayTraining(task, ended);
  return ended;
}

async function sayTraining(
  task: string,
  { model, value, message, state, folder }: RunOutcome,
): Promise<void> {
  if (model === undefined || value === undefined) {
    const text = message ?? vscode.l10n.t('Training of {0} did not finish.', task);
    await (state === 'failed' ? showErrorMessage(text) : showInformationMessage(text));
    return;
  }
  const reveal = vscode.l10n.t('Show Model');
  const runs = await listRuns(path.resolve(folder, '..', '..', '..'));
  const metric = runs.runs.find(run => run.folder === folder)?.manifest.metric.name ?? '';
  const chosen = await showInformationMessage(
    vscode.l10n.t(
      'Trained {0}: {1} {2} on the test split.',
      task,
      metricName(metric),
      metricValueText(metric, value),
    ),
    reveal,
  );
  if (chosen === reveal)
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path.join(model, 'model.onnx')));
}

/** Goes on with a run that was stopped or interrupted: the one that is given, or one that the user picks. */
export async function resumeRun(services: Services, running: RunLauncher, given: unknown): Promise<unknown> {
  const open = await runsOf(services);
  const left = open.filter(({ run }) => run.state === 'stopped' || run.state === 'interrupted');
  const picked =
    typeof given === 'string' ? open.find(({ run }) => run.folder === given) : await pickRun(left);
  if (!picked) {
    if (left.length === 0) void showInformationMessage(vscode.l10n.t('No interrupted runs.'));
    return undefined;
  }
  const { run, scope } = picked;
  if (!isAllowed()) return undefined;
  const agreed = await agreeToRun(services, scope, run.folder);
  if (!agreed) return undefined;
  const ended = await running.start(runTitle(run), scope, {
    kind: 'resume',
    folder: run.folder,
    ...agreed,
  });
  if (ended) sayEnd(services, running, picked, ended);
  return ended;
}

function sayEnd(
  services: Services,
  running: RunLauncher,
  { run: { kind, task }, scope }: ProjectRun,
  ended: RunOutcome,
): void {
  const workspace = localFolderOf(scope);
  if (workspace !== undefined && kind === 'pilot')
    void sayPilot(services, running, { scope, workspace, task }, ended);
  else void sayTraining(task, ended);
}

/** Shows the runs of a folder that go on already: another window, or this one before it was reloaded, started them. */
export async function followRunning(services: Services, running: RunLauncher, scope: Project): Promise<void> {
  const workspace = localFolderOf(scope);
  if (workspace === undefined || !vscode.workspace.isTrusted) return;
  const { runs } = await listRuns(workspace);
  for (const run of runs) {
    if (run.state !== 'running' || running.isFollowed(run.folder)) continue;
    void running.follow(run.name ?? runTitle(run), scope, run.folder).then(ended => {
      if (ended) sayEnd(services, running, { run, scope }, ended);
    });
  }
}
