import path from 'node:path';
import * as vscode from 'vscode';
import {
  type RunContent,
  type RunContentDelta,
  type RunFacts,
  readRunPageState,
  runPageMessages,
} from '../../../ui/runs/run-page-messages';
import { runTitle } from '../../../messages/run-titles';
import { PANELS } from '../../contributions';
import type { Disposable } from '../../disposables';
import type { Services } from '../../services';
import { PANEL_OPTIONS, servePage } from '../../webview-pages';
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
    fillPanel(panel, folder, panels, log.warn);
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

/** Shows a run in a panel, and follows it for as long as the panel is open. */
async function fillPanel(
  panel: vscode.WebviewPanel,
  folder: string,
  panels: Map<string, OpenPanel>,
  onProblem: (problem: string) => void,
): Promise<void> {
  /** Resolves once all that there is of the run has been read; a page that asks again after a failure reads it again. */
  let followed: Promise<FollowedRun> | undefined;
  let run: FollowedRun | undefined;
  let isClosed = false;
  /** Why the run cannot be followed any more. */
  let gone: string | undefined;
  const batch = createBatch<RunContentDelta>(deltas => {
    const last = deltas.at(-1);
    if (!last || !page.isOpen()) return;
    const report = deltas.findLast(delta => delta.report)?.report;
    page.notify('delta', {
      status: last.status,
      trials: deltas.flatMap(({ trials }) => trials),
      ...(report ? { report } : {}),
    });
  });
  const follow = async (): Promise<FollowedRun> => {
    gone = undefined;
    let haveRead = (): void => undefined;
    const readAll = new Promise<void>(resolve => {
      haveRead = resolve;
    });
    const followedNow = await followRun(folder, {
      onDelta(delta) {
        haveRead();
        if (page.isOpen()) batch.add(delta);
      },
      onGone(message) {
        gone = message;
        haveRead();
        if (page.isOpen()) page.notify('gone', { message });
      },
    });
    run = followedNow;
    // The panel may have been closed in between.
    if (isClosed) run.dispose();
    setTitle(panel, run.facts());
    await readAll;
    return followedNow;
  };
  const followOnce = (): Promise<FollowedRun> => {
    followed ??= follow();
    followed.catch(() => {
      followed = undefined;
    });
    return followed;
  };
  const content = async (): Promise<RunContent> => {
    const { facts, state } = await followOnce();
    // What is new from here on follows.
    batch.clear();
    const { status, ...whole } = state.whole();
    return {
      facts: facts(),
      status: gone === undefined ? status : { ...status, message: gone },
      ...whole,
    };
  };
  const page = servePage(panel, {
    ...{ name: 'run', title: path.basename(folder), subject: folder, messages: runPageMessages },
    handlers: common => ({ ...common, open: content }),
    onProblem,
  });
  panels.set(folder, {
    panel,
    async rename() {
      if (!run) return;
      await run.reread();
      setTitle(panel, run.facts());
      if (page.isOpen()) page.notify('facts', run.facts());
    },
  });
  panel.onDidDispose(() => {
    isClosed = true;
    run?.dispose();
    page.dispose();
    batch.dispose();
    panels.delete(folder);
  });
  // A failure is the page's to say, which asks for the same.
  await followOnce().catch(() => undefined);
}

function setTitle(panel: vscode.WebviewPanel, { name, kind, task }: RunFacts): void {
  panel.title = name ?? runTitle({ kind, task });
}
