import * as vscode from 'vscode';
import type { Position, TextRange } from '../common/text-ranges';
import type { Insertion } from '../language-service/comment-insertion';

/** Lines and columns count alike on both sides: from zero, in UTF-16 code units. */
export function toRange({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.column, end.line, end.column);
}

export function fromPosition({ line, character }: vscode.Position): Position {
  return { line, column: character };
}

export function fromRange({ start, end }: vscode.Range): TextRange {
  return { start: fromPosition(start), end: fromPosition(end) };
}

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
