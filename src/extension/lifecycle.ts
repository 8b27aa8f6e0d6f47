import type * as vscode from 'vscode';
import { type Disposable, disposables } from './disposables';
import type { Services } from './services';

/** One thing the extension does for its user. */
export interface Feature<S = Services> {
  /** Starts it. Disposing of what is returned must end everything it started. */
  readonly register: (services: S) => Disposable;
}

/** The two functions that VS Code calls. */
export interface Lifecycle {
  readonly activate: (context: vscode.ExtensionContext) => void;
  readonly deactivate: () => void;
}

/** What profiles and the benchmark know the time by that activation takes. */
export const ACTIVATION = 'strategy-advisor.activate';

/**
 * Makes an extension of what its features share and of the features: they start in the order of the list
 * and end in the reverse of it, what they share last.
 */
export function lifecycle<S extends Disposable>(
  start: (context: vscode.ExtensionContext) => S,
  features: readonly Feature<S>[],
): Lifecycle {
  let running = disposables();
  return {
    activate(context) {
      const begin = performance.now();
      running = disposables();
      context.subscriptions.push(running);
      const services = running.add(start(context));
      for (const feature of features) running.add(feature.register(services));
      performance.measure(ACTIVATION, { start: begin });
    },
    deactivate() {
      running.dispose();
    },
  };
}
