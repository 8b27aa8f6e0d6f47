import * as vscode from 'vscode';
import type { Insertion } from '../language/insertion';

/** The edit that inserts a text as it is, its places to fill in for the user to go through. */
export function editOf(document: vscode.Uri, { position, text, isSnippet }: Insertion): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const at = new vscode.Position(position.line, position.column);
  if (!isSnippet) {
    edit.insert(document, at, text);
    return edit;
  }
  edit.set(document, [vscode.SnippetTextEdit.insert(at, new vscode.SnippetString(text))]);
  return edit;
}
