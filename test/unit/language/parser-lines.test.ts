import assert from 'node:assert/strict';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import type { DatasetFields } from '../../../src/language/annotation-model';
import { namesIn, problemsOf, read, textAt } from './support';

const sizes = (text: string, language = 'python'): unknown[] =>
  annotationsOf(parseText(text, language)).map(({ name, fields }) => [
    name?.value,
    (fields as DatasetFields).num_examples?.value,
  ]);

describe('annotations over several lines', () => {
  const continued: Readonly<Record<string, readonly [language: string, text: string]>> = {
    'line comments': ['python', '# @dataset a task=t \\\n#   input=text \\\n#   num_examples=5k\n# size=6'],
    'indented line comments': ['python', '  # @dataset a task=t \\  \n  # num_examples=5k'],
    'doubled leaders': ['cpp', '/// @dataset a task=t \\\n/// num_examples=5k'],
    'block comments': ['c', '/*\n * @dataset a task=t \\\n * num_examples=5k\n */'],
    'block comments without stars': ['c', '/* @dataset a task=t \\\n   num_examples=5k */'],
    docstrings: ['python', '"""\n@dataset a task=t \\\n  num_examples=5k\n"""'],
    'HTML comments': ['html', '<!-- @dataset a task=t \\\n num_examples=5k -->'],
    'a trailing comment': ['python', 'x = 1 # @dataset a task=t \\\n      # num_examples=5k'],
    CRLF: ['python', '# @dataset a task=t \\\r\n# num_examples=5k\r\n'],
  };
  for (const [what, [language, text]] of Object.entries(continued))
    it(what, () => {
      assert.deepEqual(sizes(text, language), [['a', 5000]]);
      assert.deepEqual(problemsOf(text, language), []);
    });

  it('have ranges from the @ to the last token', () => {
    const text = 'x # @dataset a task=t \\\n# num_examples=5k   ';
    assert.equal(textAt(text, read(text).range), '@dataset a task=t \\\n# num_examples=5k');
  });

  const dangling: Readonly<
    Record<string, readonly [language: string, text: string, names: readonly string[]]>
  > = {
    'at the end of the text': ['python', '# @dataset a task=t \\', ['a']],
    'before code': ['python', '# @dataset a task=t \\\nx = 1', ['a']],
    'before a trailing comment': ['python', '# @dataset a task=t \\\nx = 1 # num_examples=5', ['a']],
    'before another kind of comment': ['c', '// @dataset a task=t \\\n/* num_examples=5 */', ['a']],
    'before another annotation': ['python', '# @dataset a task=t \\\n# @dataset b task=t', ['a', 'b']],
    'before the end of the block': ['c', '/* @dataset a task=t \\ */ /*\n@dataset b task=t */', ['a', 'b']],
  };
  for (const [what, [language, text, names]] of Object.entries(dangling))
    it(`report a backslash ${what}, and lose nothing`, () => {
      assert.deepEqual(namesIn(text, language), names);
      assert.deepEqual(problemsOf(text, language), ['dangling-continuation "\\"']);
    });

  it('leave what stands behind them on their last line to be read', () => {
    const text = '/* @dataset a task=t \\\n task=u */ /* @dataset b task=t */ /* @dataset c task=t */';
    assert.deepEqual(namesIn(text, 'c'), ['a', 'b', 'c']);
  });

  it('end where the annotation ends: several on one line', () => {
    assert.deepEqual(namesIn('/* @dataset a task=t */ /* @dataset b task=t */ // @dataset c task=t', 'c'), [
      'a',
      'b',
      'c',
    ]);
  });
});

describe('comments that only begin like annotations', () => {
  const alone: Readonly<Record<string, readonly [language: string, text: string]>> = {
    'to-dos': ['python', '# @task fix the loader before Friday'],
    'to-dos that name a value': ['python', '# @task check whether n=5 is still right'],
    'JSDoc tags': ['javascript', '/**\n * @task {string} name=x the task\n * @dataset {Object} size=3\n */'],
    'bare words': ['python', '# @dataset\n# @task\n# @pipeline\n# @dataset imagenet'],
    'longer words': [
      'python',
      '# @datasets a task=t\n# @tasks a target\n# @dataset_x a task=t\n# @dataset.x task=t',
    ],
    'code that was commented out': ['python', '# @task(retries=3)\n# @task.x(a=1)\n# @dataset: x=1'],
    'e-mail addresses and links': ['python', '# me@dataset task=t\n# @task see https://x.y/?task=1 for more'],
    'prose before the word': ['python', '# see @dataset a task=t\n# - @dataset a task=t'],
    'prose about pipelines': ['python', '# @pipeline runs every night at three'],
    comparisons: ['python', '# @task a == b should hold\n# @task a => b'],
    capitals: ['python', '# @Dataset a task=t'],
  };
  for (const [what, [language, text]] of Object.entries(alone))
    it(`are left alone: ${what}`, () => {
      assert.deepEqual(namesIn(text, language), []);
    });

  it('are annotations as soon as they have a key of the language', () => {
    assert.deepEqual(
      namesIn('# @task fix target=x\n# @task t target\n# @dataset d num_exampels=5', 'python'),
      ['fix', 't', 'd'],
    );
  });

  it('may have ornaments behind their leader', () => {
    const leaders: Readonly<Record<string, readonly string[]>> = {
      python: ['#', '##', '#:', '#!'],
      r: ["#'"],
      cpp: ['//', '///', '//!', '//<', '///<'],
      haskell: ['--', '-- |', '-- ^'],
      latex: ['%', '%%'],
      lisp: [';', ';;;'],
      fortran: ['!', '!!', '!>', '!$'],
    };
    for (const [language, its] of Object.entries(leaders))
      for (const leader of its)
        for (const space of [' ', '\t', '   '])
          assert.deepEqual(namesIn(`${leader}${space}@dataset a task=t`, language), ['a'], leader);
  });
});
