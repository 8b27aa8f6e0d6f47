import type * as vscode from 'vscode';
import type { Disposable } from './disposables';

/** One thing the extension does for its user. */
export interface Feature {
  /** Starts it. Disposing of what is returned must end everything it started. */
  readonly register: (context: vscode.ExtensionContext) => Disposable;
}
