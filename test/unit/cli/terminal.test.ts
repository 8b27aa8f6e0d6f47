import assert from 'node:assert/strict';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { columnWidths, hangingLines, rowLines, wrap } from '../../../src/cli/terminal';

describe('text for a terminal', () => {
  it('is broken between words', () => {
    assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
    assert.deepEqual(wrap('one two three', Infinity), ['one two three']);
    assert.deepEqual(wrap('incomprehensible word', 5), ['incomprehensible', 'word']);
    assert.deepEqual(wrap('전이 학습 추천', 9), ['전이 학습', '추천']);
    assert.deepEqual(wrap('', 5), ['']);
  });

  it('hangs below the end of what leads it', () => {
    assert.deepEqual(hangingLines('  ✓ ', 'one two three', 12), ['  ✓ one two', '    three']);
  });

  it('loses no word, and is only too wide for a word that is', () => {
    const word = fc.constantFrom('a', 'word', '데이터', 'supercalifragilistic', '→', '🙂');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 1, max: 30 }), (words, width) => {
        const lines = wrap(words.join(' '), width);
        assert.equal(lines.join(' '), words.join(' '));
        for (const line of lines) assert.ok(stringWidth(line) <= width || !line.includes(' '), line);
      }),
    );
  });
});

describe('a table', () => {
  const rows = [
    ['데이터', 'x'],
    ['a', 'a long text in many words'],
  ];

  it('aligns its columns by cells', () => {
    const widths = columnWidths(rows, Infinity);
    assert.deepEqual(widths, [6, 25]);
    assert.deepEqual(
      rows.flatMap(row => rowLines(row, widths)),
      ['데이터  x', 'a       a long text in many words'],
    );
  });

  it('makes the widest column give way', () => {
    const widths = columnWidths(rows, 22);
    assert.deepEqual(widths, [6, 14]);
    assert.deepEqual(rowLines(rows[1] ?? [], widths), ['a       a long text in', '        many words']);
  });
});
