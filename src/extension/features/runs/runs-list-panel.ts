import * as vscode from 'vscode';
import { errorMessage } from '../../../common/errors';
import { type RunSummary, deleteRun, listRuns, noteRun, renameRun, restoreRun } from '../../../experiments';
import { type ListedRun, type RunList, runsPageMessages } from '../../../ui/runs/runs-page-messages';
import { PANELS } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import { localFolderOf } from '../../project/project';
import type { Services } from '../../services';
import { PANEL_OPTIONS, servePage } from '../../webview-pages';
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
  const workspaces = (): readonly string[] => [
    ...new Set(problems.all().flatMap(scope => localFolderOf(scope) ?? [])),
    ...(vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
      uri.scheme === 'file' ? [uri.fsPath] : [],
    ),
  ];
  const list = async (): Promise<RunList> => {
    const lists = await Promise.all([...new Set(workspaces())].map(each => listRuns(each)));
    return {
      runs: lists.flatMap(({ runs }) => runs).map(listedRun),
      broken: lists.flatMap(({ broken }) => [...broken]),
    };
  };
  const tell = async (): Promise<void> => {
    if (page.isOpen()) page.notify('runs', await list());
  };
  /** A page names a folder that it was told of, or nothing happens to it. */
  const isListed = async (folder: string): Promise<boolean> => {
    const { runs } = await list();
    return runs.some(run => run.folder === folder);
  };
  const change = async (folder: string, act: () => Promise<unknown>): Promise<undefined> => {
    if (await isListed(folder)) {
      await act();
      await runPanels.changed(folder);
    }
    await tell();
    return undefined;
  };
  const page = held.add(
    servePage(panel, {
      ...{ name: 'runs', title: vscode.l10n.t('Runs'), subject: '', messages: runsPageMessages },
      handlers: common => ({
        ...common,
        open: list,
        async openRun({ folder }) {
          if (await isListed(folder)) await runPanels.open(folder, vscode.l10n.t('Run'));
          else await tell();
          return undefined;
        },
        rename: ({ folder, name }) => change(folder, () => renameRun(folder, name.trim())),
        note: ({ folder, notes }) => change(folder, () => noteRun(folder, notes.trim())),
        async delete({ folder }) {
          const name = folder.slice(Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')) + 1);
          if (!(await isListed(folder))) throw new Error(vscode.l10n.t('There is no run "{0}".', name));
          deleted = await deleteRun(folder);
          await tell();
          return { name };
        },
        async undo() {
          if (deleted !== undefined) await restoreRun(deleted);
          deleted = undefined;
          await tell();
          return undefined;
        },
      }),
      onProblem: log.warn,
    }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      tell().catch((error: unknown) => {
        page.notify('failed', { message: errorMessage(error) });
      });
    }, SETTLE);
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
  return held;
}
