import * as vscode from 'vscode';
import { errorMessage } from '../common/errors';
import { type Disposable, disposables } from './disposables';
import { showWarningMessage } from './user-interface';

/** Where the extension says what it does and why something failed. */
export interface Log extends Disposable {
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  /** For what the user waits for: says so, once per message, with a way to the details. */
  readonly fail: (message: string, error: unknown) => void;
  /** Opens it for the user to read. */
  readonly show: () => void;
}

export function createLog(): Log {
  const held = disposables();
  const channel = held.add(vscode.window.createOutputChannel('Strategy Advisor', { log: true }));
  const said = new Set<string>();
  return {
    show() {
      channel.show();
    },
    info(message) {
      channel.info(message);
    },
    warn(message) {
      channel.warn(message);
    },
    fail(message, error) {
      channel.error(message, error instanceof Error ? (error.stack ?? error.message) : error);
      if (said.has(message)) return;
      said.add(message);
      const show = vscode.l10n.t('Show Log');
      void showWarningMessage(`${message} ${errorMessage(error)}`, show).then(chosen => {
        if (chosen === show) channel.show();
      });
    },
    dispose: held.dispose,
  };
}
