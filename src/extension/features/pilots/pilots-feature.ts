import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { PANELS, PILOT_COMMANDS, type PanelKind, type PilotCommand } from '../../contributions';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { PilotBundle, Pilots } from './pilots-bundle';

/**
 * Pilots and trainings. All but this is in a bundle of its own: it is loaded with the first command, or where a
 * folder has runs whose findings belong into its advice.
 */
export const pilots: Feature = {
  register(services) {
    const held = disposables();
    let loaded: Pilots | undefined;
    const load = (): Pilots => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle beside this one, by its place
      loaded ??= held.add((require(path.join(__dirname, 'pilots.js')) as PilotBundle).startPilots(services));
      return loaded;
    };
    for (const [name, command] of Object.entries(PILOT_COMMANDS))
      held.add(
        vscode.commands.registerCommand(command, async (given: unknown) => {
          try {
            return await load().run(name as PilotCommand, runOf(given));
          } catch (error) {
            services.log.fail(vscode.l10n.t('The command failed.'), error);
            return undefined;
          }
        }),
      );
    for (const [kind, type] of Object.entries(PANELS))
      held.add(
        vscode.window.registerWebviewPanelSerializer(type, {
          async deserializeWebviewPanel(panel, state: unknown) {
            await load().restore(kind as PanelKind, panel, state);
          },
        }),
      );
    held.add(
      services.problems.onDidSettle(scope => {
        if (loaded) loaded.settled(scope);
        else if (hasRuns(scope.resource)) load().settled(scope);
      }),
    );
    return held;
  },
};

/** A line of the overview that is about a run stands for the folder of the run. */
function runOf(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'run' in given ? given.run : given;
}

function hasRuns({ scheme, fsPath }: vscode.Uri): boolean {
  return (
    scheme === 'file' &&
    vscode.workspace.isTrusted &&
    existsSync(path.join(fsPath, '.strategy-advisor', 'runs'))
  );
}
