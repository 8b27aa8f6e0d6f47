import * as vscode from 'vscode';
import type { Scope } from '../workspace/scope';
import type { Counting } from './protocol';

/** Where to look for what a document names; `undefined` where the document is not a file on this machine. */
export function countingPlace(
  scope: Scope,
  document: vscode.Uri,
  written: string,
): Pick<Counting, 'written' | 'file' | 'workspaceFolders'> | undefined {
  // A cell has the path of its notebook.
  if (document.scheme !== 'file' && document.scheme !== 'vscode-notebook-cell') return undefined;
  return { written, file: vscode.Uri.file(document.path).fsPath, workspaceFolders: foldersFor(scope) };
}

/** Folders on this machine, that of the problem first. */
function foldersFor(scope: Scope): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter(({ uri }) => uri.scheme === 'file')
    .sort((a, b) => Number(b.uri.toString() === scope.key) - Number(a.uri.toString() === scope.key))
    .map(({ uri }) => uri.fsPath);
}
