import * as vscode from 'vscode';
import { errorMessage } from '../../../common/errors';
import { codeOfTask, pathLookup, questionOfRun, unsafeHome, workspaceOf } from '../../../experiments';
import type { DataPaths } from '../../../experiments/plan/dataset-spec';
import { tooLongToShow } from '../../../messages/consent-messages';
import type { ProgramSpec } from '../../../protocol/job-files';
import type { RunnerRequest } from '../../../protocol/worker-messages';
import {
  type Allowed,
  type ConsentQuestion,
  inspectAll,
  obtainConsent,
  questionLines,
} from '../../../trust/gate';
import { allowFolder } from '../../../trust/allowed-folders';
import { unsafeFolderText } from '../../../trust/safe-folder';
import { readUserState } from '../../../trust/user-state';
import { type Project, localFolderOf } from '../../project/project';
import type { Services } from '../../services';
import { showErrorMessage, showWarningMessage } from '../../user-interface';
import { runnableSlurm, slurmOf } from './slurm-settings';

/** What the user has agreed to, and how it is run: all of it goes with the run. */
export type AgreedRun = Pick<RunnerRequest, 'allowed' | 'slurm' | 'pilotLimit'>;

const MINUTE = 60_000;

/**
 * Asks before a new run of a task, where something would run that the user has not allowed or that has changed since.
 * The workspace is trusted by then; that alone allows no code. `undefined` where the user does not agree.
 */
export async function agreeToTask(
  { settings }: Services,
  scope: Project,
  { task, program, places }: { task: string; program: ProgramSpec | undefined; places: DataPaths },
): Promise<AgreedRun | undefined> {
  if (!(await isSafe(localFolderOf(scope)))) return undefined;
  const locate = pathLookup(places);
  const code = await inspectAll(codeOfTask(scope.resolution().problem, task, { locate, program }));
  return agree(settings, scope, { task, code });
}

/** The same before a run is resumed: anyone may have written its files. */
export async function agreeToRun(
  { settings }: Services,
  scope: Project,
  folder: string,
): Promise<AgreedRun | undefined> {
  if (!(await isSafe(workspaceOf(folder)))) return undefined;
  return agree(settings, scope, await questionOfRun(folder));
}

/** Whether the runs of a workspace folder are the user's own, or the user has allowed the folder now or before. */
async function isSafe(workspace: string | undefined): Promise<boolean> {
  const unsafe = workspace === undefined ? undefined : unsafeHome(workspace);
  if (!unsafe) return true;
  const allow = vscode.l10n.t('Allow Folder');
  if ((await showWarningMessage(unsafeFolderText(unsafe), allow)) !== allow) return false;
  try {
    await allowFolder('discovery', unsafe.folder);
    return true;
  } catch (error) {
    void showErrorMessage(errorMessage(error));
    return false;
  }
}

async function agree(
  settings: Services['settings'],
  scope: Project,
  question: ConsentQuestion,
): Promise<AgreedRun | undefined> {
  const slurm = slurmOf(settings, scope);
  const allowed = await consentInEditor({
    ...question,
    ...(slurm ? { slurm: runnableSlurm(scope, slurm) } : {}),
  });
  const pilotLimit = settings.get('pilots.trialLimit', scope.resource) * MINUTE;
  return allowed && { allowed, pilotLimit, ...(slurm ? { slurm } : {}) };
}

function consentInEditor(question: ConsentQuestion): Promise<Allowed | undefined> {
  return obtainConsent(question, askInEditor, message => void showWarningMessage(message));
}

/** Characters that a modal question shows whole: what is longer would be cut, and could hide what it does. */
const MOST_SHOWN = 900;

async function askInEditor(open: ConsentQuestion): Promise<boolean> {
  const [title = '', ...lines] = questionLines(open);
  const { problem } = readUserState();
  const detail = [...lines, ...(problem === undefined ? [] : [problem])].join('\n');
  if (detail.length > MOST_SHOWN) {
    void showErrorMessage(tooLongToShow());
    return false;
  }
  const run = vscode.l10n.t('Run');
  return (await showWarningMessage(title, { modal: true, detail }, run)) === run;
}
