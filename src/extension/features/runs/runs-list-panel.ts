import * as vscode from 'vscode';
import { errorMessage } from '../../../common/errors';
import { type RunSummary, deleteRun, listRuns, noteRun, renameRun, restoreRun } from '../../../experiments';
import {
  type FromRunsPage,
  type ListedRun,
  type ToRunsPage,
  readFromRunsPage,
} from '../../../ui/page-protocol';
import { PANELS } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import { localFolderOf } from '../../project/project';
import type { Services } from '../../services';
import { PANEL_OPTIONS, pageHtml, pageLanguage, saveFile } from '../../webview-pages';
import type { RunPanels } from './run-panel';

/** What the list of runs says of one. */
function listedRun({ folder, state, report, manifest }: RunSummary): ListedRun {
  const { id, kind, task, started, name, notes, metric, sizes, seeds, available, fingerprint } = manifest;
  const data = Object.entries(fingerprint.data as unknown as Record<string, unknown>);
  return {
    ...{ folder, id, kind, task, state, started, available },
    metric: { name: metric.name, higherIsBetter: metric.higherIsBetter },
    sizes: [...sizes],
    seeds: seeds.length,
    annotations: fingerprint.annotations,
    data: Object.fromEntries(data.map(([dataset, hash]) => [dataset, String(hash)])),
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
    ...(report ? { report } : {}),
  };
}

/** The panel that lists all runs; there is one. */
export interface RunsListPanel extends Disposable {
  readonly show: () => void;
  readonly restore: (panel: vscode.WebviewPanel) => void;
}

/** Files of a run change in bursts. */
const SETTLE = 300;

export function createRunsListPanel(services: Services, runPanels: RunPanels): RunsListPanel {
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
    ...new Set(problems.all().flatMap(scope => localFolderOf(scope) ?? [])),
    ...(vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
      uri.scheme === 'file' ? [uri.fsPath] : [],
    ),
  ];
  const list = async (): Promise<void> => {
    if (!isReady || !panel.visible) return;
    const lists = await Promise.all([...new Set(workspaces())].map(each => listRuns(each)));
    post({
      kind: 'runs',
      ...pageLanguage(),
      runs: lists.flatMap(({ runs }) => runs).map(listedRun),
      broken: lists.flatMap(({ broken }) => [...broken]),
    });
  };
  const fail = (error: unknown): void => {
    post({ kind: 'failed', message: errorMessage(error) });
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
