import * as vscode from 'vscode';
import { readDiagramPageState } from '../../webview/diagram/protocol';
import { PANEL_OPTIONS } from '../charts/page-html';
import { DIAGRAM_PANEL } from '../contributions';
import type { Disposable } from '../disposables';
import type { Services } from '../services';
import { fillPanel } from './fill-panel';
import { pickScope } from './pick-scope';

/** The panels of diagrams, one for each problem that is looked at. */
export interface Diagrams extends Disposable {
  /** Shows the problem of the file at hand beside the code, or asks which; one that is open comes to the front. */
  readonly show: () => Promise<void>;
  /** Fills a panel that VS Code has brought back. */
  readonly restore: (panel: vscode.WebviewPanel, state: unknown) => Promise<void>;
}

export function createDiagrams(services: Services): Diagrams {
  const panels = new Map<string, vscode.WebviewPanel>();
  const fill = (panel: vscode.WebviewPanel, key: string): void => {
    panels.set(key, panel);
    const filled = fillPanel(panel, key, services);
    panel.onDidDispose(() => {
      filled.dispose();
      panels.delete(key);
    });
  };
  return {
    async show() {
      const scope = await pickScope(services.problems);
      if (!scope) return;
      const open = panels.get(scope.key);
      if (open) open.reveal();
      else
        fill(
          vscode.window.createWebviewPanel(
            DIAGRAM_PANEL,
            vscode.l10n.t('Diagram of {0}', scope.name),
            vscode.ViewColumn.Beside,
            PANEL_OPTIONS,
          ),
          scope.key,
        );
    },
    restore(panel, state) {
      const kept = readDiagramPageState(state);
      panel.webview.options = PANEL_OPTIONS;
      // Without what it had kept, or where its problem is shown already, it has nothing to show.
      if (!kept || panels.has(kept.scope)) panel.dispose();
      else fill(panel, kept.scope);
      return Promise.resolve();
    },
    dispose() {
      for (const panel of [...panels.values()]) panel.dispose();
    },
  };
}
