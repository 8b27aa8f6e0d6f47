import * as vscode from 'vscode';
import type { SaveRequest } from '../../webview/protocol';

/** Where the last chart was saved: the next one is likely to go there too. */
let last: vscode.Uri | undefined;

/** Saves what a page has made where the user says. */
export async function saveFile({ name, content }: SaveRequest): Promise<void> {
  const home = last ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const to = await vscode.window.showSaveDialog({
    ...(home ? { defaultUri: vscode.Uri.joinPath(home, name) } : {}),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!to) return;
  last = vscode.Uri.joinPath(to, '..');
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  try {
    await vscode.workspace.fs.writeFile(to, bytes);
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        '{0} cannot be written: {1}',
        to.fsPath,
        error instanceof Error ? error.message : String(error),
      ),
    );
  }
}
