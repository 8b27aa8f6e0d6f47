import assert from 'node:assert/strict';
import { conditionText } from '../../../src/messages/condition-text';
import { formatSize } from '../../../src/messages/quantities';
import { adviceOn, condition, problemOf } from './helpers';

/** An image task of `own` pictures beside a source that has more and helps. */
function withSource(own: string, task = 'num_params=25M'): ReturnType<typeof problemOf> {
  return problemOf(
    '@dataset web task=objects input=image:224x224x3 num_examples=3B',
    `@dataset own task=target input=image:224x224x3 num_examples=${own}`,
    `@task target target category=image-classification shares_features_with=objects ${task}`,
  );
}

describe('single-task training', () => {
  it('is all there is where no other task has data', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset own task=target input=tabular:9 num_examples=1k',
        '@task other',
        '@task target target',
      ),
      'target',
    );
    assert.deepEqual(advice.acceptable, ['single-task']);
    assert.equal(condition(advice, 'single-task', 'target-ample').status, 'unmet');
    assert.equal(condition(advice, 'single-task', 'nothing-else-holds').status, 'met');
    assert.equal(advice.confidence, null);
    assert.equal(advice.outlook, undefined);
  });

  it('says how much would be ample, and after whom', () => {
    const ample = condition(adviceOn(withSource('2M'), 'target'), 'single-task', 'target-ample');
    assert.equal(
      conditionText(ample),
      'target has sufficient data: 2M examples; about 130,000 are usually enough to train alone.',
    );
    assert.equal(ample.source, 'raghu2019');
  });
});

/** From how much of its own a task alone counts as ample, as the advice says it. */
function ampleFor(dataset: string, task: string): string {
  const problem = problemOf(`@dataset own task=target num_examples=10 ${dataset}`, `@task target ${task}`);
  const found = condition(adviceOn(problem, 'target'), 'single-task', 'target-ample');
  return found.data.kind === 'compared' ? formatSize(found.data.sufficient) : found.data.kind;
}

describe('what is ample', () => {
  const cases: readonly (readonly [dataset: string, task: string, ample: string])[] = [
    ['input=image', 'category=image-classification', '130k examples'],
    ['input=image', 'category=depth-estimation', '130k examples'],
    ['input=image', 'category=object-detection', '12.5k examples'],
    ['input=image instances_per_example=10', 'category=object-detection', '5,000 examples'],
    ['input=image instances_per_example=10', 'category=image-segmentation', '5,000 examples'],
    ['input=image', 'category=image-segmentation', '130k examples'],
    ['input=image instances_per_example=10', '', '5,000 examples'],
    ['input=image instances_per_example=10', 'output=class:2', '130k examples'],
    ['input=image', 'output=box', '12.5k examples'],
    ['input=text', 'category=text-classification', '100k examples'],
    ['input=text unit=words', 'category=text-classification', '2.5M words'],
    ['input=text unit=sentences', 'category=translation', '10M sentences'],
    ['input=text unit=tokens', 'category=translation', '325M tokens'],
    ['input=text unit=characters', 'output=sequence', '1.5B characters'],
    ['input=audio unit=hours', 'category=automatic-speech-recognition', '300 hours'],
    ['input=audio unit=minutes', 'category=automatic-speech-recognition', '18k minutes'],
    ['input=audio', 'category=automatic-speech-recognition', '108k examples'],
    ['input=audio', '', '108k examples'],
    ['input=audio', 'category=audio-classification', '100k examples'],
    ['input=audio unit=hours', 'category=audio-classification', '27.8 hours'],
    ['input=video', 'category=video-classification', '240k examples'],
    ['input=tabular:9', 'category=tabular-regression', '10k examples'],
    ['input=tabular:9', 'num_params=10k', '1,000 examples'],
    ['input=sequence:9x9', '', '100k examples'],
    ['', '', '100k examples'],
    ['input=image unit=hours', 'category=image-classification', 'no-reference'],
    ['input=tabular:9 unit=words', '', 'no-reference'],
  ];
  for (const [dataset, task, ample] of cases)
    it(`for ${[dataset, task].filter(Boolean).join(', ') || 'nothing stated'}: ${ample}`, () => {
      assert.equal(ampleFor(dataset, task), ample);
    });

  it('is asked for, however small the network', () => {
    assert.equal(ampleFor('input=image', 'num_params=1'), '2,600 examples');
  });
});
