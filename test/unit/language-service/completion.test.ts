import assert from 'node:assert/strict';
import { completionsAt } from '../../../src/language-service/completion-items';
import { cursorContextAt } from '../../../src/language-service/cursor-context';
import { knownNames } from '../../../src/language-service/known-names';
import { problemOf, withCursor } from './support';

const KNOWN = knownNames(
  problemOf(
    [
      '# @dataset imagenet task=object-recognition input=image num_examples=1.28M',
      '# @dataset chest-xray task=pneumonia input=image num_examples=5k',
      '# @task pneumonia target',
      '# @pipeline transcript: audio -> phonemes -> transcript',
    ].join('\n'),
  ),
);

function labelsAt(marked: string, languageId?: string): string[] {
  const { text, position } = withCursor(marked, languageId);
  const cursor = cursorContextAt(text, position);
  return cursor ? completionsAt(cursor, KNOWN).map(({ label }) => label) : [];
}

/** The line after the completion with this label was chosen. */
function chosen(marked: string, label: string): string {
  const { text, position } = withCursor(marked);
  const cursor = cursorContextAt(text, position);
  assert.ok(cursor);
  const item = completionsAt(cursor, KNOWN).find(each => each.label === label);
  assert.ok(item, `${label} is not offered`);
  const line = text.lines[item.range.start.line] ?? '';
  return line.slice(0, item.range.start.column) + item.insert + line.slice(item.range.end.column);
}

describe('completion', () => {
  it('offers directives behind an @ that begins a comment, and whole problems', () => {
    const labels = labelsAt('# @|');
    assert.deepEqual(labels.slice(0, 3), ['@dataset', '@task', '@pipeline']);
    assert.equal(labels.length, 6);
    assert.deepEqual(labelsAt('# @da|').slice(0, 3), ['@dataset', '@task', '@pipeline']);
    assert.equal(labelsAt('x = 1  # @|').length, 3);
    assert.equal(labelsAt('/* @| */', 'typescript').length, 3);
  });

  it('says nothing in code, strings, prose and mail addresses', () => {
    for (const marked of [
      '@|',
      'x = "# @|"',
      '# mail me@|',
      '# see @dataset|',
      '@dataset a |',
      '# @dataset of things that are |',
      '# @param a |',
      '# plain |',
    ])
      assert.deepEqual(labelsAt(marked), [], marked);
  });

  it('continues the leader of the comment in problems of several lines', () => {
    const { text, position } = withCursor('    // @|', 'typescript');
    const cursor = cursorContextAt(text, position);
    const problem = cursor && completionsAt(cursor, KNOWN).find(({ kind }) => kind === 'snippet');
    assert.ok(problem);
    assert.ok(
      problem.insert
        .split('\n')
        .slice(1)
        .every(line => line.startsWith('// @')),
    );
  });

  it('offers the keys that are not there yet', () => {
    const labels = labelsAt('# @dataset a task=t |');
    assert.ok(labels.includes('input'));
    assert.ok(!labels.includes('task'));
    assert.ok(!labelsAt('# @dataset a size=5k |').includes('num_examples'));
    assert.ok(!labelsAt('# @task t target |').includes('target'));
    assert.deepEqual(labelsAt('# @pipeline t: a -> b |'), ['engineered', 'modules']);
    assert.equal(chosen('# @dataset a nu|', 'num_examples'), '# @dataset a num_examples=');
    assert.equal(chosen('# @dataset a nu|m_exam', 'num_examples'), '# @dataset a num_examples=');
  });

  it('offers keys on continued lines, in the leader of their comment', () => {
    assert.ok(labelsAt('# @dataset a task=t \\\n#   |').includes('num_examples'));
    assert.deepEqual(labelsAt('# @dataset a task=t\n#   |'), []);
    assert.ok(!labelsAt('# @dataset a task=t \\\n#   input=image |').includes('task'));
  });

  it('offers the names of the workspace as values', () => {
    const tasks = ['pneumonia', 'transcript', 'object-recognition'].sort();
    assert.deepEqual(labelsAt('# @task x shares_features_with=|').sort(), [...tasks, 'none'].sort());
    assert.ok(labelsAt('# @dataset x task=|').includes('audio->phonemes'));
    assert.deepEqual(labelsAt('# @dataset x source_datasets=|'), ['imagenet', 'chest-xray']);
    assert.ok(!labelsAt('# @dataset x task=pneumonia,|').includes('pneumonia'));
    assert.deepEqual(labelsAt('# @task |').sort(), ['object-recognition', 'transcript']);
  });

  it('offers what a key may say', () => {
    assert.ok(labelsAt('# @dataset a unit=|').includes('hours'));
    assert.ok(labelsAt('# @task t category=image-|').includes('image-classification'));
    assert.ok(labelsAt('# @dataset a input = |').includes('image:224x224x3'));
    assert.ok(labelsAt('# @task t output=|').includes('class:10'));
    assert.deepEqual(labelsAt('# @dataset a splits=train:5k,|'), ['validation', 'test']);
    assert.deepEqual(labelsAt('# @dataset a splits=train:|'), []);
    assert.ok(labelsAt('# @dataset a labels_present=car:|').includes('80%'));
    assert.deepEqual(labelsAt('# @dataset a path=|'), []);
    assert.deepEqual(labelsAt('# @dataset a nonsense=|'), []);
    assert.equal(
      chosen('# @dataset a input=image:2|24x224x3 unit=hours', 'text'),
      '# @dataset a input=text unit=hours',
    );
  });

  it('offers the values of pipelines in their chain', () => {
    assert.ok(labelsAt('# @pipeline words: |').includes('audio'));
    assert.ok(labelsAt('# @pipeline words: audio -> |').includes('phonemes'));
    assert.ok(!labelsAt('# @pipeline words: audio -> |').includes('audio'));
    assert.ok(labelsAt('# @pipeline words: audio->|').includes('phonemes'));
    assert.deepEqual(labelsAt('# @pipeline t: a -> b -> t engineered=|'), ['a->b', 'b->t']);
    assert.deepEqual(labelsAt('# @pipeline t: a -> b -> t engineered=a->b modules=|'), ['a->b', 'b->t']);
    assert.deepEqual(labelsAt('# @pipeline t: a -> b -> t engineered=a->b,|'), ['b->t']);
    assert.equal(
      chosen('# @pipeline words: audio -> pho|', 'phonemes'),
      '# @pipeline words: audio -> phonemes',
    );
  });

  it('offers nothing that would be wrong: own tasks for labels, others as sources', () => {
    assert.deepEqual(labelsAt('# @dataset a task=car,sign labels_present=|'), ['car', 'sign']);
    assert.deepEqual(labelsAt('# @dataset a label=| task=car,sign'), ['car', 'sign']);
    assert.deepEqual(labelsAt('# @dataset a task=car,sign \\\n#   label=car:c,|'), ['sign']);
    assert.ok(labelsAt('# @dataset a labels_present=|').includes('pneumonia'));
    assert.ok(!labelsAt('# @task pneumonia target shares_features_with=|').includes('pneumonia'));
    assert.deepEqual(labelsAt('<!-- @dataset imagenet source_datasets=| -->', 'markdown'), ['chest-xray']);
  });

  it('says beside each name what is known of it', () => {
    const about = (marked: string, label: string): string | undefined => {
      const { text, position } = withCursor(marked);
      const cursor = cursorContextAt(text, position);
      return cursor && completionsAt(cursor, KNOWN).find(each => each.label === label)?.documentation;
    };
    assert.equal(
      about('# @dataset x source_datasets=|', 'imagenet'),
      '1,280,000 examples for object-recognition; in train.py.',
    );
    assert.equal(
      about('# @dataset x task=|', 'pneumonia'),
      'Declared in train.py; trained on chest-xray (5,000 examples).',
    );
    assert.equal(
      about('# @dataset x task=|', 'audio->phonemes'),
      'Part of the pipeline transcript; no dataset.',
    );
  });

  it('has a sentence on every word of the language', () => {
    for (const marked of [
      '# @dataset x unit=|',
      '# @dataset x splits=|',
      '# @task x category=|',
      '# @task x metric=|',
      '# @pipeline t: a -> t modules=a->t:|',
      '# @dataset x task=|',
    ]) {
      const { text, position } = withCursor(marked);
      const cursor = cursorContextAt(text, position);
      const items = cursor ? completionsAt(cursor, KNOWN) : [];
      assert.ok(items.length > 2, marked);
      for (const { label, documentation } of items)
        assert.match(documentation ?? '', /\.$/, `${marked} ${label}`);
    }
  });

  it('documents every key', () => {
    const { text, position } = withCursor('# @dataset a |');
    const cursor = cursorContextAt(text, position);
    assert.ok(cursor);
    for (const { label, documentation } of completionsAt(cursor, KNOWN))
      assert.ok((documentation ?? '').length > 10, label);
  });
});
