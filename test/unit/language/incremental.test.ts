import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AnnotatedText, type TextEdit, editText, parseText } from '../../../src/language/annotated-text';
import { knownLanguages } from '../../../src/language/languages/language-registry';
import { sameState } from '../../../src/language/lexer/line-scanner';
import { fragmentedText } from './fragments';
import { replaceAt } from './support';

/** Where an edit stands, as shares of the text, and what it puts there. */
interface Edit {
  readonly from: number;
  readonly length: number;
  readonly text: string;
}

/** Editors hand over texts with one kind of line break; a `\r` that meets a `\n` would be another text. */
const text = fragmentedText.map(value => value.replace(/\r\n?/g, '\n'));
const edit: fc.Arbitrary<Edit> = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(30)),
  text: fc.oneof(text, fc.constantFrom('', '\n', '\\', '"', '#', ' ')),
});
const language = fc.oneof(
  fc.constantFrom('python', 'c', 'javascript', 'html', 'php', 'markdown', 'yaml', 'shellscript', 'rust'),
  fc.constantFrom(...knownLanguages()),
);

function place(lines: readonly string[], offset: number): TextEdit['range']['start'] {
  let rest = offset;
  for (const [line, { length }] of lines.entries()) {
    if (rest <= length) return { line, column: rest };
    rest -= length + 1;
  }
  return { line: lines.length - 1, column: (lines.at(-1) ?? '').length };
}

function toTextEdit(whole: string, { from, length, text: put }: Edit): TextEdit {
  const lines = whole.split('\n');
  const start = Math.floor(from * whole.length);
  return {
    range: { start: place(lines, start), end: place(lines, Math.min(start + length, whole.length)) },
    text: put,
  };
}

function assertSame(edited: AnnotatedText, whole: string, languageId: string): void {
  const fresh = parseText(whole, languageId);
  assert.deepEqual(edited.lines, fresh.lines);
  assert.deepEqual(edited.placed, fresh.placed);
  if (edited.states.length === 0 || fresh.states.length === 0) return;
  assert.deepEqual(edited.comments, fresh.comments);
  assert.ok(edited.states.every((state, i) => sameState(state, fresh.states[i]!)));
}

describe('an edit', () => {
  it('gives what reading the whole new text gives', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 8 }), language, (original, edits, id) => {
        let whole = original;
        let edited = parseText(whole, id);
        for (const next of edits) {
          const change = toTextEdit(whole, next);
          edited = editText(edited, change);
          whole = replaceAt(whole, change.range, change.text);
          assertSame(edited, whole, id);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives it letter by letter too', () => {
    const typed =
      '"""\n@dataset a task=b \\\n  num_examples=5k\n"""\nx = "# no" # @task b target \\\n# num_params=1M\n';
    let edited = parseText('', 'python');
    Array.from(typed).forEach((letter, i) => {
      const end = place(typed.slice(0, i).split('\n'), i);
      edited = editText(edited, { range: { start: end, end }, text: letter });
      assertSame(edited, typed.slice(0, i + 1), 'python');
    });
    Array.from(typed).forEach((_, i) => {
      const rest = typed.slice(i);
      edited = editText(edited, {
        range: { start: { line: 0, column: 0 }, end: place(rest.split('\n'), 1) },
        text: '',
      });
      assertSame(edited, typed.slice(i + 1), 'python');
    });
  });

  it('reads anew what is continued from lines above it', () => {
    const before = parseText('# @dataset a \\\n# x \\\n# y\n# @task t target', 'python');
    const range = { start: { line: 2, column: 2 }, end: { line: 2, column: 3 } };
    assertSame(
      editText(before, { range, text: 'task=b' }),
      '# @dataset a \\\n# x \\\n# task=b\n# @task t target',
      'python',
    );
  });

  it('outside the text is taken to be at its ends, whichever way round', () => {
    const before = parseText('# @dataset a task=b\n# end', 'python');
    const far = { line: 9, column: 9 };
    const early = { line: -1, column: -5 };
    assertSame(
      editText(before, { range: { start: far, end: far }, text: 'x' }),
      '# @dataset a task=b\n# endx',
      'python',
    );
    assertSame(
      editText(before, { range: { start: far, end: early }, text: '# @task t target' }),
      '# @task t target',
      'python',
    );
  });

  it('far below keeps what it does not touch: the very same objects', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `# @dataset d${i} task=t num_examples=5k`);
    const before = parseText(lines.join('\n'), 'python');
    const at = { line: 50, column: 30 };
    const after = editText(before, { range: { start: at, end: at }, text: 'x' });
    const kept = after.placed.filter((placed, i) => placed === before.placed[i]);
    assert.ok(kept.length >= 97);
    const below = editText(before, { range: { start: at, end: at }, text: '\n' });
    assert.equal(below.placed[0], before.placed[0]);
    assert.equal(below.placed.at(-1)?.first, 100);
  });
});
