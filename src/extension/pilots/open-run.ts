import * as vscode from 'vscode';
import type { Services } from '../services';
import { pickRun, runsOf } from './runs-of';

/** Opens what a run found: the one whose folder is given, or one that the user picks. */
export async function openRun(services: Services, given: unknown): Promise<unknown> {
  const runs = await runsOf(services);
  const picked =
    typeof given === 'string' ? runs.find(({ run }) => run.folder === given) : await pickRun(runs);
  if (!picked) {
    if (runs.length === 0)
      void vscode.window.showInformationMessage(vscode.l10n.t('There are no runs yet. Run a pilot first.'));
    return undefined;
  }
  return vscode.commands.executeCommand(
    'vscode.open',
    vscode.Uri.joinPath(vscode.Uri.file(picked.run.folder), picked.run.report ? 'report.json' : 'run.json'),
    { viewColumn: vscode.ViewColumn.Beside, preview: true },
  );
}
