import type * as vscode from 'vscode';
import { disposables } from './disposables';
import type { Feature } from './feature';

/** The two functions that VS Code calls. */
export interface Lifecycle {
  readonly activate: (context: vscode.ExtensionContext) => void;
  readonly deactivate: () => void;
}

/** Makes an extension of its features: they start in the order of the list and end in the reverse of it. */
export function lifecycle(features: readonly Feature[]): Lifecycle {
  let running = disposables();
  return {
    activate(context) {
      running = disposables();
      context.subscriptions.push(running);
      for (const feature of features) running.add(feature.register(context));
    },
    deactivate() {
      running.dispose();
    },
  };
}
