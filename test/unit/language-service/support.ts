import type { Position } from '../../../src/common/text-ranges';
import type { AnnotatedFile } from '../../../src/language-service/definitions-and-references';
import { type AnnotatedText, annotationsOf, parseText } from '../../../src/language/annotated-text';
import type { Problem } from '../../../src/language/learning-problem';
import { resolveProblem } from '../../../src/language/resolve-problem';

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

export function fileOf(uri: string, text: string): AnnotatedFile {
  return { uri, annotations: annotationsOf(parseText(text, 'python')) };
}

export function problemOf(text: string): Problem {
  return resolveProblem([{ file: 'train.py', annotations: annotationsOf(parseText(text, 'python')) }]);
}
