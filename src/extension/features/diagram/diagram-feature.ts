import * as vscode from 'vscode';
import { COMMANDS, DIAGRAM_PANEL } from '../../contributions';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { Diagrams } from './diagram-panels';

/** The problem as a drawing. All but this is in a bundle of its own, which is loaded with the first diagram. */
export const diagram: Feature = {
  register(services) {
    const held = disposables();
    let loaded: Promise<Diagrams> | undefined;
    const start = async (): Promise<Diagrams> =>
      held.add((await services.load('diagram')).startDiagrams(services));
    const load = (): Promise<Diagrams> => (loaded ??= start());
    const attempt = async (act: (diagrams: Diagrams) => Promise<void>): Promise<void> => {
      try {
        await act(await load());
      } catch (error) {
        services.log.fail(vscode.l10n.t('The diagram could not be drawn.'), error);
      }
    };
    held.add(
      vscode.commands.registerCommand(COMMANDS.showDiagram, () => attempt(diagrams => diagrams.show())),
    );
    held.add(
      vscode.window.registerWebviewPanelSerializer(DIAGRAM_PANEL, {
        deserializeWebviewPanel: (panel, state: unknown) =>
          attempt(diagrams => diagrams.restore(panel, state)),
      }),
    );
    return held;
  },
};
