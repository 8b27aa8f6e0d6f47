import * as vscode from 'vscode';
import { PILOT_COMMANDS } from '../../contributions';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';

/** In a browser there are no processes to train in: the commands of pilots say what they need. */
export const pilotsInBrowser: Feature = {
  register() {
    const held = disposables();
    for (const command of Object.values(PILOT_COMMANDS))
      held.add(
        vscode.commands.registerCommand(command, () => {
          void vscode.window.showInformationMessage(
            vscode.l10n.t(
              'Pilots and trainings run in processes on a computer, which a browser does not have. Open this folder in VS Code on the desktop, or run `strategy-advisor pilot` in a terminal.',
            ),
          );
        }),
      );
    return held;
  },
};
