import assert from 'node:assert/strict';
import { conditionText } from '../../../src/messages/condition-text';
import { noteText } from '../../../src/messages/note-text';
import { adviceOn, condition, noteIds, problemOf } from './helpers';

describe('what is not stated', () => {
  it('is asked for where it is the size of the target, and everything stays open', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset web task=objects input=image:9x9x3 num_examples=1M',
        '@dataset own task=target input=image:9x9x3',
        '@task target target shares_features_with=objects',
      ),
      'target',
    );
    assert.equal(advice.confidence, 'low');
    assert.deepEqual(advice.notes.map(noteText), [
      'How much data does target have? Set num_examples of own: the advice depends on it.',
    ]);
    assert.equal(
      conditionText(condition(advice, 'transfer', 'source-has-more-data')),
      'The size of the data for target is not stated.',
    );
  });

  it('is asked for where it is the size of a source', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset web task=objects input=image:9x9x3',
        '@dataset own task=target input=image:9x9x3 num_examples=1k',
        '@task target target shares_features_with=objects',
      ),
      'target',
    );
    assert.ok(
      advice.notes
        .map(noteText)
        .includes('The size of web is not stated. Set num_examples: the advice depends on it.'),
    );
  });

  it('is not asked for where the task could not help anyway', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset web task=objects input=image:9x9x3',
        '@dataset own task=target input=tabular:9 num_examples=1k',
        '@task target target',
      ),
      'target',
    );
    assert.deepEqual(advice.notes, []);
    assert.deepEqual(advice.acceptable, ['single-task']);
  });

  it('leads to a dataset to annotate where there is none for the target', () => {
    const advice = adviceOn(problemOf('@task target target', '@dataset a task=x num_examples=1k'), 'target');
    assert.deepEqual(noteIds(advice).slice(0, 1), ['no-data']);
    assert.match(advice.notes.map(noteText).join(' '), /@dataset NAME task=target num_examples=…/);
  });

  it('is low confidence where there is no data yet', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset web task=objects input=image:9x9x3 num_examples=1M',
        '@dataset own task=target input=image:9x9x3 num_examples=0',
        '@task target target shares_features_with=objects',
      ),
      'target',
    );
    assert.equal(advice.confidence, 'low');
  });
});

describe('units', () => {
  it('compare within a dimension: minutes with hours', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset far task=speech input=audio num_examples=600_000 unit=minutes',
        '@dataset own task=lamp input=audio num_examples=1 unit=hours',
        '@task lamp target category=audio-classification shares_features_with=speech',
      ),
      'lamp',
    );
    assert.equal(advice.recommendation, 'transfer');
    assert.equal(
      conditionText(condition(advice, 'transfer', 'source-has-more-data')),
      'speech has more data than lamp: 600k minutes vs. 1 hour.',
    );
  });

  it('never compare otherwise: hours with examples are unknown', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset far task=speech input=audio num_examples=10k unit=hours',
        '@dataset own task=lamp input=audio num_examples=500',
        '@task lamp target category=audio-classification shares_features_with=speech',
      ),
      'lamp',
    );
    const more = condition(advice, 'transfer', 'source-has-more-data');
    assert.equal(more.status, 'unknown');
    assert.equal(conditionText(more), 'The sizes of speech and lamp are in units that cannot be compared.');
    assert.equal(condition(advice, 'multitask', 'others-have-more-data').sizes.kind, 'units-differ');
    assert.ok(noteIds(advice).includes('units-differ'));
  });

  it('are added up in the dimension that most datasets of a task have', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset a task=lamp input=audio num_examples=2 unit=hours',
        '@dataset b task=lamp input=audio num_examples=30 unit=minutes',
        '@dataset c task=lamp input=audio num_examples=1M',
        '@task lamp category=audio-classification',
      ),
      'lamp',
    );
    assert.match(conditionText(condition(advice, 'single-task', 'target-ample')), /^lamp has 2\.5 hours;/);
  });
});

describe('how much there is to train on', () => {
  const sizes: readonly (readonly [dataset: string, size: string])[] = [
    ['num_examples=900', '900 examples'],
    ['splits=train:800,test:100', '800 examples'],
    ['num_examples=1k splits=train:800,validation:100,test:100', '800 examples'],
    ['num_examples=1k splits=test:100', '900 examples'],
    ['splits=train_clean:300,train_noisy:500,dev:100', '800 examples'],
    ['num_examples=1k labels_present=35%', '350 examples'],
    ['splits=train:800,test:100 labels_present=target:50%', '400 examples'],
  ];
  for (const [dataset, size] of sizes)
    it(`${dataset}: ${size}`, () => {
      const problem = problemOf(`@dataset own task=target input=image ${dataset}`);
      const ample = condition(adviceOn(problem, 'target'), 'single-task', 'target-ample');
      assert.ok(conditionText(ample).startsWith(`target has ${size}; about`), conditionText(ample));
    });
});
