import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { PANELS, type PanelKind } from '../../contributions';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { ServicesOnDemand } from '../../on-demand';

/**
 * Brings back the panels of runs, and what pilots have found into the advice. What does so is loaded where a folder
 * has runs; commands.ts has what users do with them.
 */
export const pilots: Feature<ServicesOnDemand> = {
  register({ pilots: parts, problems, log }) {
    const held = disposables();
    if (!parts) return held;
    for (const [kind, type] of Object.entries(PANELS) as [PanelKind, string][])
      held.add(
        vscode.window.registerWebviewPanelSerializer(type, {
          async deserializeWebviewPanel(panel, state: unknown) {
            await (await parts.get()).restore(kind, panel, state);
          },
        }),
      );
    held.add(
      problems.onDidSettle(scope => {
        if (!parts.started() && !hasRuns(scope.resource)) return;
        parts.get().then(
          ({ settled }) => {
            settled(scope);
          },
          (error: unknown) => {
            log.warn(`${vscode.l10n.t('Could not read the runs.')} ${String(error)}`);
          },
        );
      }),
    );
    return held;
  },
};

function hasRuns({ scheme, fsPath }: vscode.Uri): boolean {
  return (
    scheme === 'file' &&
    vscode.workspace.isTrusted &&
    existsSync(path.join(fsPath, '.strategy-advisor', 'runs'))
  );
}
