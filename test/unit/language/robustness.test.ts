import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TextRange } from '../../../src/common/text-ranges';
import { annotationsOf, diagnosticsOf, parseText } from '../../../src/language/annotated-text';
import { knownLanguages } from '../../../src/language/languages/language-registry';
import { initialState, lexLine } from '../../../src/language/lexer/comment-lexer';
import { resolveProblem } from '../../../src/language/resolve-problem';
import { diagnosticMessage } from '../../../src/messages/diagnostic-messages';
import { anyText } from './fragments';

const language = fc.constantFrom(...knownLanguages(), 'plaintext');

/** Every range inside a value. */
function rangesIn(value: unknown): TextRange[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('start' in value && 'end' in value && typeof value.start === 'object') return [value as TextRange];
  return Object.values(value).flatMap(rangesIn);
}

function assertInside(lines: readonly string[], { start, end }: TextRange): void {
  for (const { line, column } of [start, end]) {
    assert.ok(Number.isInteger(line) && line >= 0 && line < lines.length);
    assert.ok(Number.isInteger(column) && column >= 0 && column <= (lines[line] ?? '').length);
  }
  assert.ok(start.line < end.line || (start.line === end.line && start.column <= end.column));
}

describe('any text in any language', () => {
  it('never throws, and every range lies inside the text', () => {
    fc.assert(
      fc.property(anyText, language, (text, id) => {
        const parsed = parseText(text, id);
        const lines = text.split(/\r\n|\r|\n/);
        const problem = resolveProblem([{ file: 'f', annotations: annotationsOf(parsed) }]);
        for (const range of rangesIn([annotationsOf(parsed), problem])) assertInside(lines, range);
        for (const diagnostic of [...diagnosticsOf(parsed), ...problem.diagnostics])
          assert.ok(diagnosticMessage(diagnostic).length > 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('has comments that lie in their line, in order, without overlap', () => {
    fc.assert(
      fc.property(anyText, language, (text, id) => {
        let state = initialState(id);
        for (const line of text.split(/\r\n|\r|\n/)) {
          const { comments, next } = lexLine(line, state);
          let last = 0;
          for (const { start, end } of comments) {
            assert.ok(last <= start && start <= end && end <= line.length);
            last = end;
          }
          state = next;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same twice: nothing is remembered from another text', () => {
    fc.assert(
      fc.property(anyText, anyText, language, language, (text, other, id, otherId) => {
        const first = annotationsOf(parseText(text, id));
        parseText(other, otherId);
        assert.deepEqual(annotationsOf(parseText(text, id)), first);
      }),
      { numRuns: 500 },
    );
  });
});
