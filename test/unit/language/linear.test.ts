import assert from 'node:assert/strict';
import { annotationsOf, diagnosticsOf, editText, parseText } from '../../../src/language/annotated-text';
import { parseNotebook } from '../../../src/language/jupyter-notebook';
import { resolveProblem } from '../../../src/language/resolve-problem';
import { diagnosticMessage } from '../../../src/messages/diagnostic-messages';
import { assertLinear, fill } from '../assert-linear';

/** Texts that make careless scanners look at the same characters again and again. */
const LONG = 1_000_000;
/** Enough where each few characters make a token and an object of their own. */
const MANY = 100_000;

/** Code, by the language it concerns most. */
const CODE: readonly (readonly [language: string, parts: readonly string[]])[] = [
  ['python', ['"', '\\', '"""a', ' "', '(', 'rb"']],
  ['javascript', ['`${', '/ ', '/[', '"\\', "' /"]],
  ['html', ['<script', '<script></script>', '<style>a</style>', '<!-- -->', '<!--']],
  ['php', ['<?php ?>', '<?php //', '<<<"']],
  ['markdown', ['`', '` ``', '> - ', '\\`']],
  ['yaml', [' ', ' "', '!a ', ': |']],
  ['cpp', ['R"a(', "'"]],
  ['rust', ['/*', '/* */', 'r#"']],
  ['shellscript', ['<<"a', '((<<', ' #']],
  ['perl', ['s{', 'm/a', ' qw(']],
  ['ocaml', ['(*', '{a|']],
  ['lua', ['[=', '--[[ ]]']],
  ['sql', ['$a', "''"]],
  ['elixir', ['~r/', '"#{']],
  ['matlab', ["a'", " '"]],
];

/** The beginning of an annotation, and what it goes on with. */
const ANNOTATIONS: readonly (readonly [beginning: string, parts: readonly string[], length: number])[] = [
  ['@dataset d task=t ', [' ', '\\', '"', '#', 'é'], LONG],
  ['@dataset d task=t path=', ['\\', '"\\"', 'a"', ':"', '😀'], LONG],
  ['@dataset d num_examples=', ['1', ',000', '1_1', ',.'], LONG],
  [
    '@dataset d task=t ',
    ['key=', 'key=1 ', 'x ', 'a = ', 'unit= ', 'path=" ', 'path="\\" ', '-> ', ', '],
    MANY,
  ],
  ['@dataset d task=', ['a,', 'a, ', ',', 'a->b,', 'a -> '], MANY],
  ['@dataset d task=a,b splits=', ['a:1,', 'a:"1,",', ':,'], MANY],
  ['@dataset d task=a,b labels_present=', ['1,', 'a:1,', 'c:50%,'], MANY],
  ['@dataset d task=a,b label=', ['a:"b:,",', '"a,'], MANY],
  ['@dataset d task=t source_datasets=', ['a,', '"a'], MANY],
  ['@task t shares_features_with=', ['aab,'], MANY],
  ['@pipeline t: ', ['a -> ', 'a->', '-> ', 'a '], MANY],
  ['@pipeline t: a -> t engineered=', ['a->t,', 'b->t,'], MANY],
];

function readEverything(text: string, language: string): void {
  const parsed = parseText(text, language);
  const { diagnostics } = resolveProblem([{ file: 'f', annotations: annotationsOf(parsed) }]);
  for (const diagnostic of [...diagnosticsOf(parsed), ...diagnostics])
    assert.ok(diagnosticMessage(diagnostic));
}

describe('very long lines', () => {
  for (const [language, parts] of CODE)
    it(`of ${language}: ${parts.join(' … ')}`, () => {
      // The directive keeps the quick test from sparing the line.
      for (const part of parts)
        assertLinear(part, LONG, size => {
          parseText(`${fill(part, size)} @dataset`, language);
        });
    });
  for (const [beginning, parts, length] of ANNOTATIONS)
    it(`of annotations: ${beginning}${parts.join(' … ')}`, () => {
      for (const part of parts)
        assertLinear(part, length, size => {
          readEverything(`# ${beginning}${fill(part, size)}`, 'python');
        });
    });
});

describe('very many', () => {
  const annotation = (i: number): string =>
    `# @dataset d${i} task=t${i % 50} num_examples=5k splits=a:4k,b:1k`;
  const lines = Array.from({ length: 10_000 }, (_, i) => annotation(i));

  it('annotations', () => {
    const read = (name: string, text: (size: number) => string, largest: number): void => {
      assertLinear(name, largest, size => {
        readEverything(text(size), 'python');
      });
    };
    read('one a line', size => lines.slice(0, size).join('\n'), lines.length);
    read(
      'continued',
      size =>
        lines
          .slice(0, size)
          .map(line => `${line} \\`)
          .join('\n'),
      lines.length,
    );
    read('one of many lines', size => `# @dataset d task=t \\\n${fill('# unit=hours \\\n', size)}`, MANY);
  });

  it('tasks, declared and misspelled', () => {
    const tasks = Array.from(
      { length: 2000 },
      (_, i) => `# @task some-task-${'ab'.repeat(i % 9)}${i} target`,
    );
    assertLinear('tasks', tasks.length, size => {
      readEverything([...tasks.slice(0, size), ...lines.slice(0, size)].join('\n'), 'python');
    });
  });

  it('annotations below an edit that changes them all', () => {
    const before = parseText(lines.join('\n'), 'python');
    const start = { line: 0, column: 0 };
    const after = editText(before, { range: { start, end: start }, text: 'x = """\n' });
    assert.equal(after.placed.length, 0);
    assert.equal(
      editText(after, { range: { start, end: { line: 1, column: 0 } }, text: '' }).placed.length,
      10_000,
    );
  });

  it('brackets, escapes and cells of a notebook', () => {
    for (const part of ['[', '{"a":', '"\\\\', '\\"', '[1,', '{"source":["# @dataset a task=b\\n"]},'])
      assertLinear(part, LONG, size => {
        parseNotebook(`{"cells":[${fill(part, size)}`);
      });
  });
});
