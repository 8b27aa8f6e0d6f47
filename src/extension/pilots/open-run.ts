import * as vscode from 'vscode';
import type { RunSummary } from '../../runs';
import { readReport } from '../../runs';
import { reportPage } from '../../webview/report/page';
import type { Services } from '../services';
import { pickRun, runsOf } from './runs-of';

/** The pages that are open, by the folders of their runs. */
const open = new Map<string, vscode.WebviewPanel>();

/** Opens what a run found, beside the code: the one whose folder is given, or one that the user picks. */
export async function openRun(services: Services, given: unknown): Promise<unknown> {
  const runs = await runsOf(services);
  const picked =
    typeof given === 'string' ? runs.find(({ run }) => run.folder === given) : await pickRun(runs);
  if (!picked) {
    if (runs.length === 0)
      void vscode.window.showInformationMessage(vscode.l10n.t('There are no runs yet. Run a pilot first.'));
    return undefined;
  }
  const { run } = picked;
  if (run.report) return show(run);
  return vscode.commands.executeCommand(
    'vscode.open',
    vscode.Uri.joinPath(vscode.Uri.file(run.folder), 'run.json'),
    { viewColumn: vscode.ViewColumn.Beside, preview: true },
  );
}

/** Shows a run's page, which follows the run for as long as it is open. */
async function show(run: RunSummary): Promise<string> {
  const before = open.get(run.folder);
  if (before) {
    before.reveal(undefined, true);
    return before.webview.html;
  }
  const panel = vscode.window.createWebviewPanel(
    'strategyAdvisor.run',
    run.name ?? vscode.l10n.t('Pilot of {0}', run.task),
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: false, enableFindWidget: true, localResourceRoots: [] },
  );
  open.set(run.folder, panel);
  const draw = async (): Promise<void> => {
    const report = (await readReport(run.folder)) ?? run.report;
    if (!report || open.get(run.folder) !== panel) return;
    panel.webview.html = reportPage(report, {
      started: run.started,
      language: vscode.env.language,
      ...(run.name === undefined ? {} : { name: run.name }),
      ...(run.notes === undefined ? {} : { notes: run.notes }),
    });
  };
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(run.folder), 'report.json'),
  );
  // A report that is just being written is read again with its next change.
  const again = (): void => void draw().catch(() => undefined);
  watcher.onDidChange(again);
  watcher.onDidCreate(again);
  panel.onDidDispose(() => {
    watcher.dispose();
    open.delete(run.folder);
  });
  await draw();
  return panel.webview.html;
}

/** Closes all pages: the extension ends. */
export function closeRuns(): void {
  for (const panel of [...open.values()]) panel.dispose();
}
