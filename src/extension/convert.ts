import * as vscode from 'vscode';
import type { Position, TextRange } from '../annotations/text';

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
