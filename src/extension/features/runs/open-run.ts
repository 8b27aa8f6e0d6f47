import * as vscode from 'vscode';
import { type RunSummary, listRuns } from '../../../experiments';
import { shortVerdict } from '../../../experiments/report/run-summary-text';
import { runStateName, runTitle } from '../../../messages/run-titles';
import { type Project, localFolderOf } from '../../project/project';
import type { Services } from '../../services';
import type { RunPanels } from './run-panel';
import { showInformationMessage, showQuickPick } from '../../user-interface';

export interface ProjectRun {
  readonly scope: Project;
  readonly run: RunSummary;
}

/** The runs of all folders that are open, the latest first. */
export async function runsOf({ problems }: Services): Promise<readonly ProjectRun[]> {
  const lists = problems.all().map(async scope => {
    const workspace = localFolderOf(scope);
    return workspace === undefined ? [] : (await listRuns(workspace)).runs.map(run => ({ scope, run }));
  });
  return (await Promise.all(lists)).flat().sort((a, b) => (a.run.started < b.run.started ? 1 : -1));
}

function verdictOf({ report }: RunSummary): readonly string[] {
  return report?.verdict ? [shortVerdict(report.verdict)] : [];
}

export async function pickRun(runs: readonly ProjectRun[]): Promise<ProjectRun | undefined> {
  const [only] = runs;
  if (runs.length <= 1) return only;
  const items = runs.map(placed => ({
    label: placed.run.name ?? runTitle(placed.run),
    description: [runStateName(placed.run.state), ...verdictOf(placed.run)].join(' · '),
    detail: placed.run.id,
    placed,
  }));
  return (
    await showQuickPick(items, {
      placeHolder: vscode.l10n.t('Select a run'),
      matchOnDetail: true,
    })
  )?.placed;
}

/**
 * Opens a run beside the code, while it goes on and after: the one whose folder is given, or one that the user picks.
 *
 * @returns the folder of the run
 */
export async function openRun(services: Services, panels: RunPanels, given: unknown): Promise<unknown> {
  if (typeof given === 'string') {
    await panels.open(given, vscode.l10n.t('Run'));
    return given;
  }
  const runs = await runsOf(services);
  const picked = await pickRun(runs);
  if (!picked) {
    if (runs.length === 0) void showInformationMessage(vscode.l10n.t('No runs yet. Run a pilot first.'));
    return undefined;
  }
  const { folder, name } = picked.run;
  await panels.open(folder, name ?? runTitle(picked.run));
  return folder;
}
