import assert from 'node:assert/strict';
import { conditionText } from '../../../src/messages/condition-text';
import { adviceOn, condition, noteIds, problemOf } from './helpers';

/** A target of some size beside tasks of other sizes on data of their own. */
function beside(own: string, others: readonly string[], task = ''): ReturnType<typeof problemOf> {
  return problemOf(
    `@dataset own task=target input=image:224x224x3 num_examples=${own}`,
    ...others.map((n, i) => `@dataset data-${i} task=other-${i} input=image:224x224x3 num_examples=${n}`),
    `@task target target category=image-classification ${task}`,
  );
}

const repeat = (size: string, times: number): string[] => Array<string>(times).fill(size);

describe('multitask learning', () => {
  it('is advised for a hundred tasks of a thousand examples: the others help in aggregate', () => {
    const advice = adviceOn(beside('1k', repeat('1k', 99)), 'target');
    assert.equal(advice.recommendation, 'multitask');
    assert.equal(advice.from.length, 99);
    assert.equal(
      conditionText(condition(advice, 'multitask', 'others-have-more-data')),
      'The 99 other tasks have 99k examples in total; this task has 1,000 examples.',
    );
    assert.equal(condition(advice, 'multitask', 'no-dominant-task').status, 'met');
  });

  it('is told from one task that dominates, which is a source for transfer', () => {
    const advice = adviceOn(beside('1k', ['1M', '1k']), 'target');
    const dominant = condition(advice, 'multitask', 'no-dominant-task');
    assert.equal(dominant.status, 'unmet');
    assert.match(conditionText(dominant), /^other-0 has nearly all of the data/);
  });

  it('is told from others that each have far more: they are sources too', () => {
    const advice = adviceOn(beside('1k', ['100k', '100k', '100k']), 'target');
    const dominant = condition(advice, 'multitask', 'no-dominant-task');
    assert.deepEqual(dominant.dominant, ['other-0', 'other-1', 'other-2']);
    assert.equal(
      conditionText(dominant),
      'Each of other-0, other-1, other-2 has far more data than target: use them as sources for transfer learning.',
    );
  });

  it('says where the others together have less than half', () => {
    const advice = adviceOn(beside('10k', ['2k', '2k']), 'target');
    assert.equal(
      conditionText(condition(advice, 'multitask', 'others-have-more-data')),
      'The 2 other tasks have only 4,000 examples in total; this task has 10k examples.',
    );
  });

  it('takes a network that is large enough for all tasks', () => {
    const large = adviceOn(beside('10k', repeat('10k', 3), 'num_params=400k'), 'target');
    assert.equal(condition(large, 'multitask', 'network-large-enough').status, 'met');
    const small = adviceOn(beside('10k', repeat('10k', 3), 'num_params=399k'), 'target');
    assert.ok(noteIds(small).includes('network-too-small'));
    assert.equal(
      conditionText(condition(small, 'multitask', 'network-large-enough')),
      'A network with 399k parameters is too small for 4 tasks, which need about 400k. Separate networks work better.',
    );
  });

  it('takes less of a network for tables', () => {
    const problem = problemOf(
      '@dataset tox task=one,two input=tabular:100 num_examples=1k',
      '@task one target category=tabular-classification num_params=2k',
    );
    const size = condition(adviceOn(problem, 'one'), 'multitask', 'network-large-enough');
    assert.equal(size.status, 'met');
  });

  it('assumes a network that is not stated to be large enough, and says so', () => {
    const size = condition(adviceOn(beside('1k', ['1k']), 'target'), 'multitask', 'network-large-enough');
    assert.equal(size.status, 'assumed');
    assert.match(conditionText(size), /Set num_params to check/);
  });

  it('leaves out tasks that are learned without labels, and those with another input', () => {
    const problem = problemOf(
      '@dataset own task=target input=text num_examples=1k',
      '@dataset near task=topic input=text num_examples=3k',
      '@dataset books task=words input=text num_examples=1M',
      '@dataset photos task=objects input=image num_examples=1M',
      '@task words category=fill-mask',
      '@task target target category=text-classification shares_features_with=topic,words,objects',
    );
    const features = condition(adviceOn(problem, 'target'), 'multitask', 'features-help');
    assert.deepEqual(features.tasks, ['topic']);
  });

  it('leaves out tasks whose features are said not to be shared', () => {
    const advice = adviceOn(beside('1k', ['2k', '2k'], 'shares_features_with=other-1'), 'target');
    assert.deepEqual(condition(advice, 'multitask', 'features-help').tasks, ['other-1']);
    const none = adviceOn(beside('1k', ['2k', '2k'], 'shares_features_with=none'), 'target');
    assert.equal(condition(none, 'multitask', 'features-help').status, 'unmet');
    assert.deepEqual(none.acceptable, ['single-task']);
  });

  it('is told apart from a dominant task only where sizes are stated', () => {
    const problem = problemOf(
      '@dataset own task=target input=image num_examples=1k',
      '@dataset a task=one input=image num_examples=2k',
      '@dataset b task=two input=image',
    );
    const advice = adviceOn(problem, 'target');
    assert.equal(condition(advice, 'multitask', 'no-dominant-task').status, 'unknown');
  });
});

describe('labels on the same examples', () => {
  const lines = (present: string): readonly string[] => [
    `@dataset road task=pedestrian,car,sign input=image:224x224x3 num_examples=20k ${present}`,
    '@task sign target category=image-classification shares_features_with=pedestrian,car',
  ];

  it('are learned together, masked where they are missing', () => {
    const advice = adviceOn(problemOf(...lines('labels_present=car:80%,sign:60%')), 'sign');
    assert.deepEqual(advice.acceptable, ['multitask']);
    const masked = condition(advice, 'multitask', 'missing-labels-masked');
    assert.equal(masked.status, 'met');
    assert.deepEqual(masked.tasks, ['car', 'sign']);
    assert.ok(noteIds(advice).includes('mask-missing-labels'));
    assert.ok(!noteIds(advice).includes('fine-tune-on-target'));
  });

  it('count only where they are there', () => {
    const advice = adviceOn(problemOf(...lines('labels_present=pedestrian:100%,car:80%,sign:60%')), 'sign');
    assert.equal(
      conditionText(condition(advice, 'multitask', 'others-have-more-data')),
      'The 2 other tasks have 36k examples in total; this task has 12k examples.',
    );
  });

  it('need no masking where none is missing', () => {
    const advice = adviceOn(problemOf(...lines('')), 'sign');
    assert.ok(advice.conditions.every(({ id }) => id !== 'missing-labels-masked'));
    assert.ok(!noteIds(advice).includes('mask-missing-labels'));
  });

  it('have the same input by nature and never dominate', () => {
    const problem = problemOf(
      '@dataset road task=car,sign num_examples=1M labels_present=sign:1%',
      '@task sign target shares_features_with=car',
    );
    const advice = adviceOn(problem, 'sign');
    assert.equal(advice.recommendation, 'multitask');
    assert.equal(condition(advice, 'multitask', 'no-dominant-task').status, 'met');
  });
});
