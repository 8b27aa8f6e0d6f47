import { parseText, annotationsOf, type AnnotatedText } from '../../../src/annotations/document';
import type { Problem } from '../../../src/annotations/problem';
import { resolveProblem } from '../../../src/annotations/resolve';
import type { Position } from '../../../src/annotations/text';
import type { SourceFile } from '../../../src/language/navigation';

/** A text with `|` where the cursor is, read without it. */
export function withCursor(
  marked: string,
  languageId = 'python',
): { text: AnnotatedText; position: Position } {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  return {
    text: parseText(marked.replace('|', ''), languageId),
    position: { line: before.length - 1, column: before.at(-1)?.length ?? 0 },
  };
}

export function fileOf(uri: string, text: string): SourceFile {
  return { uri, annotations: annotationsOf(parseText(text, 'python')) };
}

export function problemOf(text: string): Problem {
  return resolveProblem([{ file: 'train.py', annotations: annotationsOf(parseText(text, 'python')) }]);
}
