import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TextRange } from '../../../src/common/text-ranges';
import type { Diagnostic } from '../../../src/language/annotation-diagnostics';
import type { Annotation } from '../../../src/language/annotation-model';
import { parseNotebook } from '../../../src/language/jupyter-notebook';
import { replaceAt } from './support';

const python = { kernelspec: { name: 'python3', language: 'python' } };

function notebook(
  cells: readonly object[],
  metadata: object = python,
  indent: number | undefined = 1,
): string {
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, indent);
}

const code = (source: string | readonly string[], metadata: object = {}): object => ({
  cell_type: 'code',
  metadata,
  outputs: [{ output_type: 'stream', text: ['# @dataset printed task=a num_examples=1\n'] }],
  source,
});

const names = ({ annotations }: { readonly annotations: readonly Annotation[] }): unknown[] =>
  annotations.map(({ name }) => name?.value);

/** The raw characters of the file at a range on one line. */
function at(text: string, { start, end }: TextRange): string {
  const lines = text.split(/\r\n|\r|\n/);
  assert.equal(start.line, end.line);
  return (lines[start.line] ?? '').slice(start.column, end.column);
}

describe('a notebook', () => {
  it('places annotations in the text of the file, whether a source is a list of lines or one text', () => {
    for (const source of [
      ['import x\n', '# @dataset a task=b num_examples=5k'],
      'import x\n# @dataset a task=b num_examples=5k',
    ]) {
      const text = notebook([code(source)]);
      const [annotation] = parseNotebook(text).annotations;
      assert.ok(annotation?.directive === 'dataset');
      assert.equal(at(text, annotation.range), '@dataset a task=b num_examples=5k');
      assert.equal(at(text, annotation.fields.num_examples!.range), '5k');
    }
  });

  it('maps over escapes: what is reported covers the raw characters', () => {
    const text = notebook([
      code('s = "\\u00e9\t\\""\n# @dataset 데이터 task=a path="my \\"data\\"" num_examples=5kk'),
    ]);
    const { annotations, diagnostics } = parseNotebook(text);
    assert.deepEqual(names({ annotations }), ['데이터']);
    assert.deepEqual(
      diagnostics.map(({ code: id, range }) => [id, at(text, range)]),
      [['bad-number', '5kk']],
    );
    const [annotation] = annotations;
    assert.ok(annotation?.directive === 'dataset');
    assert.equal(at(text, annotation.fields.path!.range), '\\"my \\\\\\"data\\\\\\"\\"');
  });

  it('reads escaped characters of every kind', () => {
    const text =
      '{"cells":[{"cell_type":"code","source":["\\u0023 @dataset \\u0061 task=b\\/c num_examples\\u003d5k"]}]}';
    const { annotations, diagnostics } = parseNotebook(text);
    assert.deepEqual(names({ annotations }), ['a']);
    assert.deepEqual(
      diagnostics.map(({ range }) => at(text, range)),
      ['b\\/c'],
    );
  });

  it('offers fixes that leave the file JSON', () => {
    const text = notebook([code('# @dataset a task=b path="my data num_exampels=5')]);
    const fixes = parseNotebook(text).diagnostics.flatMap(({ fix }) => (fix ? [fix] : []));
    assert.equal(fixes.length, 2);
    for (const { range, newText } of fixes) {
      const fixed = replaceAt(text, range, newText);
      assert.doesNotThrow(() => void JSON.parse(fixed));
      assert.equal(parseNotebook(fixed).diagnostics.length, 1);
    }
  });

  it('knows the language of each cell', () => {
    const cells = [
      {
        cell_type: 'markdown',
        metadata: {},
        source: ['# @dataset heading task=a num_examples=1\n', '<!-- @dataset md task=a num_examples=1 -->'],
      },
      code('%%bash\n# @dataset shell task=a num_examples=1\necho "# @dataset no task=a num_examples=1"'),
      code('// @dataset ts task=a num_examples=1', { vscode: { languageId: 'typescript' } }),
      code('%%sql\n-- @dataset sql task=a num_examples=1'),
      code('# @dataset py task=a num_examples=1\nx = "# @dataset no task=a num_examples=1"'),
      { cell_type: 'raw', metadata: {}, source: 'text @dataset no task=a num_examples=1' },
    ];
    assert.deepEqual(names(parseNotebook(notebook(cells))), ['md', 'shell', 'ts', 'sql', 'py']);
  });

  it('takes the language of its kernel', () => {
    assert.deepEqual(
      names(
        parseNotebook(
          notebook([code('#= @dataset j task=a num_examples=1 =#')], { language_info: { name: 'julia' } }),
        ),
      ),
      ['j'],
    );
    assert.deepEqual(
      names(
        parseNotebook(
          notebook([code('# @dataset r task=a num_examples=1')], { kernelspec: { language: 'R' } }),
        ),
      ),
      ['r'],
    );
  });

  it('reads nothing in outputs', () => {
    assert.deepEqual(names(parseNotebook(notebook([code('print("x")')]))), []);
  });

  it('reads what comes before a break, and says that it is broken', () => {
    const text = notebook([
      code('# @dataset a task=b num_examples=5k'),
      code('# @dataset c task=d num_examples=5k'),
    ]);
    const cut = parseNotebook(text.slice(0, text.indexOf('@dataset c')));
    assert.deepEqual(names(cut), ['a']);
    assert.match(cut.problem ?? '', /line \d+/);
  });

  it('says what is no notebook', () => {
    assert.match(parseNotebook('').problem ?? '', /invalid JSON/);
    assert.match(parseNotebook('[]').problem ?? '', /no list of cells/);
    assert.match(parseNotebook('{"worksheets":[]}').problem ?? '', /no list of cells/);
  });

  it('never throws and reports inside the text, whatever is done to it', () => {
    const whole = notebook([
      code(['# @dataset a task=b,, num_examples=5kk \\\n', '#   input=imge labels_present=80']),
      code('"""\n@task x target\n"""'),
    ]);
    const edit = fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(40),
      put: fc.string({ unit: 'binary', maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), edits => {
        let text = whole;
        for (const { at: from, cut, put } of edits) text = text.slice(0, from) + put + text.slice(from + cut);
        const lines = text.split(/\r\n|\r|\n/);
        const { annotations, diagnostics } = parseNotebook(text);
        for (const { range } of [...annotations, ...diagnostics] as readonly (Annotation | Diagnostic)[])
          for (const { line, column } of [range.start, range.end])
            assert.ok(column >= 0 && column <= (lines[line] ?? '').length);
      }),
      { numRuns: 500 },
    );
  });

  it('bounds the nesting it follows', () => {
    assert.match(parseNotebook('['.repeat(100_000)).problem ?? '', /JSON/);
  });
});
