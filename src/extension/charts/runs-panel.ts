import * as vscode from 'vscode';
import { deleteRun, listRuns, noteRun, renameRun, restoreRun } from '../../runs';
import { readFromRunsPage, type FromRunsPage, type ToRunsPage } from '../../webview/protocol';
import { disposables, type Disposable } from '../disposables';
import { PANELS } from '../pilots/commands';
import { workspaceOf } from '../pilots/places';
import type { Services } from '../services';
import { listedRun } from './listed-run';
import { languageOf, PANEL_OPTIONS, pageHtml } from './page-html';
import type { RunPanels } from './run-panels';
import { saveFile } from './save-file';

/** The panel that lists all runs; there is one. */
export interface RunsPanel extends Disposable {
  readonly show: () => void;
  readonly restore: (panel: vscode.WebviewPanel) => void;
}

/** Files of a run change in bursts. */
const SETTLE = 300;

export function createRunsPanel(services: Services, runPanels: RunPanels): RunsPanel {
  let open: vscode.WebviewPanel | undefined;
  const fill = (panel: vscode.WebviewPanel): void => {
    open = panel;
    const held = fillPanel(panel, services, runPanels);
    panel.onDidDispose(() => {
      held.dispose();
      open = undefined;
    });
  };
  return {
    show() {
      if (open) open.reveal(undefined, false);
      else
        fill(
          vscode.window.createWebviewPanel(PANELS.runs, vscode.l10n.t('Runs'), vscode.ViewColumn.Active, {
            ...PANEL_OPTIONS,
            enableFindWidget: true,
          }),
        );
    },
    restore(panel) {
      panel.webview.options = PANEL_OPTIONS;
      if (open) panel.dispose();
      else fill(panel);
    },
    dispose() {
      open?.dispose();
    },
  };
}

function fillPanel(
  panel: vscode.WebviewPanel,
  { problems, log }: Services,
  runPanels: RunPanels,
): Disposable {
  const held = disposables();
  /** From where the run that was deleted last comes back. */
  let deleted: string | undefined;
  let isReady = false;
  const post = (message: ToRunsPage): void => {
    Promise.resolve(panel.webview.postMessage(message)).catch((error: unknown) => {
      log.warn(String(error));
    });
  };
  const workspaces = (): readonly string[] => [
    ...new Set(problems.all().flatMap(scope => workspaceOf(scope) ?? [])),
    ...(vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
      uri.scheme === 'file' ? [uri.fsPath] : [],
    ),
  ];
  const list = async (): Promise<void> => {
    if (!isReady || !panel.visible) return;
    const lists = await Promise.all([...new Set(workspaces())].map(each => listRuns(each)));
    post({
      kind: 'runs',
      ...languageOf(),
      runs: lists.flatMap(({ runs }) => runs).map(listedRun),
      broken: lists.flatMap(({ broken }) => [...broken]),
    });
  };
  const fail = (error: unknown): void => {
    post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  };
  const isListed = async (folder: string): Promise<boolean> => {
    const lists = await Promise.all(workspaces().map(each => listRuns(each)));
    return lists.some(({ runs }) => runs.some(run => run.folder === folder));
  };
  const serve = async (message: FromRunsPage): Promise<void> => {
    // A page names a folder that it was told of, or nothing happens to it.
    if ('folder' in message && !(await isListed(message.folder))) {
      await list();
      return;
    }
    switch (message.kind) {
      case 'ready':
        isReady = true;
        return list();
      case 'open':
        return runPanels.open(message.folder, vscode.l10n.t('Run'));
      case 'rename':
        await renameRun(message.folder, message.name.trim());
        await runPanels.changed(message.folder);
        return list();
      case 'note':
        await noteRun(message.folder, message.notes.trim());
        await runPanels.changed(message.folder);
        return list();
      case 'delete': {
        const { folder } = message;
        deleted = await deleteRun(folder);
        post({ kind: 'deleted', name: folder.slice(folder.search(/[^\\/]+$/)) });
        return list();
      }
      case 'undo':
        if (deleted !== undefined) await restoreRun(deleted);
        deleted = undefined;
        return list();
      case 'save':
        return saveFile(message);
    }
  };
  held.add(
    panel.webview.onDidReceiveMessage((given: unknown) => {
      const message = readFromRunsPage(given);
      if (message) serve(message).catch(fail);
    }),
  );
  held.add(
    panel.onDidChangeViewState(() => {
      if (!panel.visible) isReady = false;
    }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void list().catch(fail), SETTLE);
  };
  held.add({
    dispose() {
      clearTimeout(timer);
    },
  });
  const watcher = held.add(
    vscode.workspace.createFileSystemWatcher('**/.strategy-advisor/runs/*/{run,state,report}.json'),
  );
  watcher.onDidCreate(soon);
  watcher.onDidChange(soon);
  watcher.onDidDelete(soon);
  panel.webview.html = pageHtml(panel.webview, 'runs', vscode.l10n.t('Runs'));
  return held;
}
