import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

export const EXTENSION = 'strategy-advisor.strategy-advisor';

/** The extension as VS Code has loaded it. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION);
  assert.ok(found, `${EXTENSION} is not among the extensions`);
  return found;
}

/** The same module that VS Code activates and deactivates. */
export function extensionModule(): { activate: unknown; deactivate: () => void } {
  const loaded: unknown = createRequire(__filename)(
    path.join(extension().extensionPath, 'dist', 'extension.js'),
  );
  return loaded as { activate: unknown; deactivate: () => void };
}

/** The workspace folder, a copy of test/fixtures/workspace. */
export function workspace(): vscode.WorkspaceFolder {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no workspace folder is open');
  return folder;
}

/** Opens a file of the workspace in an editor. */
export async function open(file: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(workspace().uri, file));
  return vscode.window.showTextDocument(document);
}
