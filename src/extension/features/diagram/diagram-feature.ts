import * as vscode from 'vscode';
import { DIAGRAM_PANEL } from '../../contributions';
import type { Feature } from '../../lifecycle';
import type { ServicesOnDemand } from '../../on-demand';

/** Brings back the diagrams of a window that is opened again; commands.ts opens new ones. */
export const diagram: Feature<ServicesOnDemand> = {
  register: ({ diagrams, log }) =>
    vscode.window.registerWebviewPanelSerializer(DIAGRAM_PANEL, {
      async deserializeWebviewPanel(panel, state: unknown) {
        try {
          await (await diagrams.get()).restore(panel, state);
        } catch (error) {
          log.fail(vscode.l10n.t('Could not draw the diagram.'), error);
        }
      },
    }),
};
