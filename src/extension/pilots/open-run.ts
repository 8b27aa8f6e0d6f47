import * as vscode from 'vscode';
import type { RunPanels } from '../charts/run-panels';
import type { Services } from '../services';
import { pickRun, runsOf } from './runs-of';

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
    if (runs.length === 0)
      void vscode.window.showInformationMessage(vscode.l10n.t('There are no runs yet. Run a pilot first.'));
    return undefined;
  }
  const { folder, name, task } = picked.run;
  await panels.open(folder, name ?? vscode.l10n.t('Pilot of {0}', task));
  return folder;
}
