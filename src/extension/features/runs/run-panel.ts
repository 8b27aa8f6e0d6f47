import path from 'node:path';
import * as vscode from 'vscode';
import { errorMessage } from '../../../common/errors';
import { type ToRunPage, readFromRunPage, readRunPageState } from '../../../ui/page-protocol';
import { PANELS } from '../../contributions';
import type { Disposable } from '../../disposables';
import type { Services } from '../../services';
import { PANEL_OPTIONS, pageHtml, pageLanguage, saveFile } from '../../webview-pages';
import { type FollowedRun, createBatch, followRun } from './follow-run';

/** The panels of runs, one for each run that is looked at. */
export interface RunPanels extends Disposable {
  /** Shows a run beside the code; one that is open already comes to the front. */
  readonly open: (folder: string, title: string) => Promise<void>;
  /** Fills a panel that VS Code has brought back. */
  readonly restore: (panel: vscode.WebviewPanel, state: unknown) => Promise<void>;
  /** A run has another name or other notes. */
  readonly changed: (folder: string) => Promise<void>;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly rename: () => Promise<void>;
}

export function createRunPanels({ log }: Services): RunPanels {
  const panels = new Map<string, OpenPanel>();
  const fill = (panel: vscode.WebviewPanel, folder: string): Promise<void> =>
    fillPanel(panel, folder, panels, error => {
      log.warn(String(error));
    });
  return {
    async open(folder, title) {
      const before = panels.get(folder);
      if (before) {
        before.panel.reveal(undefined, true);
        return;
      }
      const panel = vscode.window.createWebviewPanel(
        PANELS.run,
        title,
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { ...PANEL_OPTIONS, enableFindWidget: true },
      );
      await fill(panel, folder);
    },
    async restore(panel, state) {
      const kept = readRunPageState(state);
      panel.webview.options = PANEL_OPTIONS;
      // Without what it had kept, or where its run is open already, it has nothing to show.
      if (!kept || panels.has(kept.run)) panel.dispose();
      else await fill(panel, kept.run);
    },
    async changed(folder) {
      await panels.get(folder)?.rename();
    },
    dispose() {
      for (const { panel } of [...panels.values()]) panel.dispose();
    },
  };
}

async function fillPanel(
  panel: vscode.WebviewPanel,
  folder: string,
  panels: Map<string, OpenPanel>,
  onError: (error: unknown) => void,
): Promise<void> {
  let run: FollowedRun | undefined;
  let failure: string | undefined;
  /** Whether the page has all there was, and is to be told what is new. */
  let isReady = false;
  const post = (message: ToRunPage): void => {
    Promise.resolve(panel.webview.postMessage(message)).catch(onError);
  };
  const batch = createBatch<Extract<ToRunPage, { kind: 'delta' }>>(deltas => {
    const last = deltas.at(-1);
    if (!last || !isReady) return;
    const report = deltas.findLast(delta => delta.report)?.report;
    post({
      kind: 'delta',
      status: last.status,
      trials: deltas.flatMap(({ trials }) => trials),
      ...(report ? { report } : {}),
    });
  });
  const fail = (message: string): void => {
    failure = message;
    if (isReady) post({ kind: 'failed', run: folder, ...pageLanguage(), message });
  };
  const sendAll = (): void => {
    batch.clear();
    isReady = true;
    if (run) post({ kind: 'open', run: folder, ...pageLanguage(), facts: run.facts(), ...run.state.whole() });
    if (failure !== undefined) fail(failure);
  };
  const setTitle = (): void => {
    if (!run) return;
    const { name, kind, task } = run.facts();
    const usual =
      kind === 'pilot' ? vscode.l10n.t('Pilot of {0}', task) : vscode.l10n.t('Training of {0}', task);
    panel.title = name ?? usual;
  };
  panels.set(folder, {
    panel,
    async rename() {
      await run?.reread();
      setTitle();
      if (run && isReady) post({ kind: 'facts', facts: run.facts() });
    },
  });
  panel.webview.onDidReceiveMessage((given: unknown) => {
    const message = readFromRunPage(given);
    if (message?.kind === 'ready') isPageReady();
    else if (message?.kind === 'save') saveFile(message).catch(onError);
  });
  panel.onDidChangeViewState(() => {
    // A hidden page is gone; when it is shown again it says that it is ready.
    if (!panel.visible) isReady = false;
  });
  panel.onDidDispose(() => {
    run?.dispose();
    batch.dispose();
    panels.delete(folder);
  });
  let isFollowed = false;
  let isAsked = false;
  const isPageReady = (): void => {
    isAsked = true;
    if (isFollowed) sendAll();
  };
  panel.webview.html = pageHtml(panel.webview, 'run', path.basename(folder));
  const followed = (): void => {
    if (isFollowed) return;
    isFollowed = true;
    if (isAsked) sendAll();
  };
  try {
    const follow = await followRun(folder, {
      onDelta(delta) {
        // The first has all there is so far: the page gets it in one piece.
        followed();
        if (isReady && panel.visible) batch.add(delta);
      },
      onGone: fail,
    });
    // The panel may have been closed in between.
    if (panels.get(folder)?.panel === panel) run = follow;
    else follow.dispose();
    setTitle();
  } catch (error) {
    fail(errorMessage(error));
    followed();
  }
}
