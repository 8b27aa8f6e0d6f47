import assert from 'node:assert/strict';
import fc from 'fast-check';
import { advise } from '../../../src/advisor/advisor';
import type { Position, TextRange } from '../../../src/common/text-ranges';
import { refactoringsAt } from '../../../src/language-service/code-actions';
import { completionsAt } from '../../../src/language-service/completion-items';
import { cursorContextAt } from '../../../src/language-service/cursor-context';
import { dataCallAt } from '../../../src/language-service/data-loading-calls';
import { namesIn } from '../../../src/language-service/definitions-and-references';
import { linksIn } from '../../../src/language-service/document-links';
import { symbolsIn } from '../../../src/language-service/document-symbols';
import {
  annotationFoldingRanges,
  indentationFoldingRanges,
} from '../../../src/language-service/folding-ranges';
import { inlayHintsIn } from '../../../src/language-service/inlay-hints';
import { knownNames } from '../../../src/language-service/known-names';
import { proposeAnnotation } from '../../../src/language-service/propose-annotation';
import { signatureAt } from '../../../src/language-service/signature-help';
import { type AnnotatedText, annotationsOf, parseText } from '../../../src/language/annotated-text';
import { resolveProblem } from '../../../src/language/resolve-problem';

const piece = fc.constantFrom(
  ...[
    '# ',
    '@dataset ',
    '@task ',
    '@pipeline ',
    'a',
    'b-c',
    'é𝒳',
    '->',
    ' -> ',
    '=',
    ',',
    ':',
    '"',
    '\\',
    '\n',
  ],
  ...[
    'task=',
    'splits=',
    'train:5k',
    'input=image',
    'num_examples=',
    '5k',
    'target',
    ' ',
    '\\\n# ',
    "'''",
    '*/',
    '/*',
  ],
  ...['pd.read_csv(', 'load_dataset("csv", data_files=[', '"a/b.csv"', "'data/x'", '(', ')', ']'],
  ...['shares_features_with=', 'engineered=', 'label=', 'path=', 'source_datasets=', '\t', '\u2028'],
);
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

describe('the language features', () => {
  it('never throw, and never leave the text, wherever the cursor is', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom('python', 'typescript', 'markdown', 'plaintext'),
        fc.nat(50),
        fc.nat(80),
        (source, languageId, line, column) => {
          const text = parseText(source, languageId);
          const position = { line, column };
          const problem = resolveProblem([{ file: 'f', annotations: annotationsOf(text) }]);
          const advice = advise(problem);
          const on = (name: string) => advice.filter(({ task }) => task === name);
          const cursor = cursorContextAt(text, position);
          if (cursor) {
            inside(text, cursor.range);
            for (const { range } of completionsAt(cursor, knownNames(problem))) inside(text, range);
            signatureAt(cursor);
          }
          for (const annotation of annotationsOf(text))
            for (const { range, name } of namesIn(annotation)) {
              inside(text, range);
              assert.ok(
                written(text, range).includes(name.replaceAll('"', '')),
                `${name} is not at its place`,
              );
            }
          for (const { position: at } of inlayHintsIn(text, () => undefined)) insideAt(text, at);
          for (const { position: at } of refactoringsAt(text, position, problem, on)) insideAt(text, at);
          const call = dataCallAt(text, position);
          const proposed = call && proposeAnnotation(text, call, new Set());
          if (proposed) insideAt(text, proposed.position);
          for (const { range } of linksIn(text, problem)) inside(text, range);
          for (const { range, selection } of symbolsIn(annotationsOf(text))) {
            inside(text, range);
            inside(text, selection);
          }
          for (const { first, last } of [
            ...annotationFoldingRanges(text),
            ...indentationFoldingRanges(text.lines, 4),
          ])
            assert.ok(0 <= first && first < last && last < text.lines.length);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

function written({ lines }: AnnotatedText, { start, end }: TextRange): string {
  return (lines[start.line] ?? '').slice(start.column, end.column).replaceAll('"', '');
}

function inside(text: AnnotatedText, { start, end }: TextRange): void {
  insideAt(text, start);
  insideAt(text, end);
  assert.ok(start.line < end.line || (start.line === end.line && start.column <= end.column));
}

function insideAt({ lines }: AnnotatedText, { line, column }: Position): void {
  assert.ok(line >= 0 && line < lines.length, `line ${line} of ${lines.length}`);
  assert.ok(column >= 0 && column <= (lines[line]?.length ?? 0), `column ${column} of line ${line}`);
}
