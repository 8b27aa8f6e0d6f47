import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type ChangedText,
  applyEdits,
  isHalfTyped,
  shiftedLine,
  touchedLines,
} from '../../../src/extension/project/document-edits';
import { type AnnotatedText, type TextEdit, parseText } from '../../../src/language/annotated-text';

function document(text: string, follows = true): ChangedText {
  const lines = text.split(/\r\n|\r|\n/);
  return {
    languageId: 'python',
    lineCount: lines.length,
    line: i => lines[i] ?? '',
    whole: () => text,
    follows,
  };
}

function edit(
  startLine: number,
  startColumn: number,
  endLine: number,
  endColumn: number,
  text: string,
): TextEdit {
  return {
    range: { start: { line: startLine, column: startColumn }, end: { line: endLine, column: endColumn } },
    text,
  };
}

const insert = (line: number, column: number, text: string): TextEdit =>
  edit(line, column, line, column, text);

/** The text after edits that are given from its end to its beginning. */
function apply(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce((before, { range: { start, end }, text: inserted }) => {
    const lines = before.split('\n');
    const head = [...lines.slice(0, start.line), (lines[start.line] ?? '').slice(0, start.column)].join('\n');
    const tail = [(lines[end.line] ?? '').slice(end.column), ...lines.slice(end.line + 1)].join('\n');
    return head + inserted + tail;
  }, text);
}

const TEXT = 'x = 1\n# @dataset a task=t num_examples=5\ny = 2\n';

describe('following edits', () => {
  it('gives what reading the whole text gives', () => {
    const pieces = fc.constantFrom(
      '# @dataset a task=t',
      ' num_examples=5',
      '\n',
      '"""',
      '# ',
      '\\',
      'x',
      '@task t target',
    );
    const position = fc.record({ line: fc.nat(8), column: fc.nat(30) });
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 20 }),
        position,
        position,
        fc.array(pieces, { maxLength: 4 }),
        (all, one, other, some) => {
          const text = all.join('');
          const lines = text.split('\n');
          const clamped = [one, other].map(({ line, column }) => {
            const inside = Math.min(line, lines.length - 1);
            return { line: inside, column: Math.min(column, (lines[inside] ?? '').length) };
          });
          const [start, end] = clamped.sort((a, b) => a.line - b.line || a.column - b.column);
          assert.ok(start && end);
          const edits = [{ range: { start, end }, text: some.join('') }];
          const after = apply(text, edits);
          const followed = applyEdits(parseText(text, 'python'), edits, document(after));
          assert.deepEqual(followed.lines, after.split('\n'));
          assert.deepEqual(followed.placed, parseText(after, 'python').placed);
        },
      ),
    );
  });

  it('reads the whole text where a change was missed', () => {
    const before = parseText(TEXT, 'python');
    const now = `# @dataset other task=u num_examples=1\n${TEXT}`;
    const after = applyEdits(before, [insert(0, 0, 'x')], document(now));
    assert.deepEqual(after, parseText(now, 'python'));
  });

  it('looks at every line where the version says that a change may have been missed', () => {
    const before = parseText(TEXT, 'python');
    const now = 'xx = 1\n# @dataset b task=t num_examples=5\ny = 2\n';
    assert.deepEqual(applyEdits(before, [insert(0, 0, 'x')], document(now, false)), parseText(now, 'python'));
  });

  it('takes many edits at once', () => {
    const edits = Array.from({ length: 60 }, (_, i) => insert(59 - i, 0, 'a'));
    const text = Array.from({ length: 60 }, () => 'x').join('\n');
    const after = applyEdits(parseText(text, 'python'), edits, document(apply(text, edits)));
    assert.ok(after.lines.every(line => line === 'ax'));
  });

  it('takes several edits, which are numbered as before any of them', () => {
    const edits = [insert(2, 0, '\n\n'), edit(0, 0, 1, 0, '')];
    assert.deepEqual(touchedLines(edits), [
      { first: 0, last: 0 },
      { first: 1, last: 3 },
    ]);
  });
});

describe('a half-typed annotation', () => {
  const typed = (line: string): boolean => {
    const text: AnnotatedText = parseText(`x = 1\n${line}\n`, 'python');
    return isHalfTyped(text, [insert(1, 0, line)]);
  };

  it('is one that is wrong, or a comment that may become one', () => {
    for (const line of [
      '# @',
      '# @data',
      '# @dataset',
      '# @dataset a',
      '# @dataset a task=',
      '@task t target=1',
    ])
      assert.equal(typed(line), true, line);
  });

  it('is none that is sound, and no other line', () => {
    for (const line of [
      '# @dataset a task=t num_examples=5',
      '@property',
      'a @ b.c',
      '# a@example.org',
      'x = 2',
    ])
      assert.equal(typed(line), line === 'a @ b.c', line);
  });
});

describe('a line after an edit', () => {
  it('moves with what is added and removed above it', () => {
    assert.equal(shiftedLine(3, insert(0, 0, 'a\nb\n')), 5);
    assert.equal(shiftedLine(3, edit(0, 0, 2, 0, '')), 1);
    assert.equal(shiftedLine(3, insert(3, 0, '\n')), 4);
  });

  it('stays with what happens in it and below', () => {
    assert.equal(shiftedLine(3, insert(3, 5, '\n\n')), 3);
    assert.equal(shiftedLine(3, insert(7, 0, 'x\n')), 3);
    assert.equal(shiftedLine(3, edit(3, 0, 3, 4, 'abc')), 3);
  });

  it('is gone with its text', () => {
    assert.equal(shiftedLine(3, edit(3, 0, 4, 0, '')), undefined);
    assert.equal(shiftedLine(3, edit(2, 0, 5, 0, '')), undefined);
  });
});
