/** A place in a text: zero-based line, and column in UTF-16 code units, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From `start` up to, not including, `end`. Tokens never span lines; whole annotations may. */
export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** Something read from the text, with the characters it was read from. */
export interface Located<T> {
  readonly value: T;
  readonly range: TextRange;
}

/** The range of one token on one line. */
export function onLine(line: number, start: number, end: number): TextRange {
  return { start: { line, column: start }, end: { line, column: end } };
}

/** Whether `position` lies in `range`; its end counts, so that a cursor behind the last character is inside. */
export function contains(range: TextRange, position: Position): boolean {
  const { start, end } = range;
  if (position.line < start.line || position.line > end.line) return false;
  if (position.line === start.line && position.column < start.column) return false;
  return !(position.line === end.line && position.column > end.column);
}
