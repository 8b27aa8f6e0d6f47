import assert from 'node:assert/strict';
import { conditionText } from '../../../src/messages/condition-text';
import { adviceOn, condition, noteIds, problemOf } from './helpers';

const IMAGENET = '@dataset imagenet task=objects input=image:224x224x3 num_examples=1.28M';
const XRAY = '@dataset xray task=pneumonia input=image:224x224x3 num_examples=5k';
const TARGET = '@task pneumonia target category=image-classification shares_features_with=objects';

describe('transfer', () => {
  it('is advised where the source is the same kind of input, larger, and said to help', () => {
    const advice = adviceOn(problemOf(IMAGENET, XRAY, TARGET), 'pneumonia');
    assert.deepEqual(advice.acceptable, ['transfer']);
    assert.deepEqual(advice.from, ['objects']);
    assert.notEqual(advice.confidence, 'low');
    assert.equal(advice.basis, 'rules');
    const own = advice.conditions.filter(({ strategy }) => strategy === 'transfer');
    assert.deepEqual(
      own.map(({ id, status }) => `${id} ${status}`),
      ['same-input met', 'source-has-more-data met', 'features-help met', 'target-not-ample met'],
    );
  });

  it('names the annotations its conditions were read from', () => {
    const advice = adviceOn(problemOf(IMAGENET, XRAY, TARGET), 'pneumonia');
    const { evidence } = condition(advice, 'transfer', 'source-has-more-data');
    assert.deepEqual(
      evidence.map(({ file, range }) => `${file}:${range.start.line + 1}`),
      ['train.py:2', 'train.py:1'],
    );
    const declared = condition(advice, 'transfer', 'features-help').evidence;
    assert.deepEqual(
      declared.map(({ range }) => range.start.line + 1),
      [3],
    );
  });

  it('is of medium confidence where shared features are assumed', () => {
    const problem = problemOf(IMAGENET, XRAY, '@task pneumonia target category=image-classification');
    const advice = adviceOn(problem, 'pneumonia');
    assert.equal(advice.recommendation, 'transfer');
    assert.equal(condition(advice, 'transfer', 'features-help').status, 'assumed');
    assert.equal(advice.confidence, 'medium');
  });

  it('is not advised where features are said not to help, from none or from other tasks only', () => {
    for (const shared of ['none', 'cats']) {
      const problem = problemOf(
        IMAGENET,
        XRAY,
        '@dataset pets task=cats input=image:224x224x3 num_examples=100',
        `@task pneumonia target shares_features_with=${shared}`,
      );
      const advice = adviceOn(problem, 'pneumonia');
      assert.ok(!advice.from.includes('objects'), shared);
      assert.equal(
        condition(advice, 'transfer', 'features-help').status,
        shared === 'none' ? 'unmet' : 'met',
      );
    }
  });

  it('takes a declaration on the side of the source for one on its own', () => {
    const problem = problemOf(IMAGENET, XRAY, '@task objects shares_features_with=pneumonia');
    assert.equal(condition(adviceOn(problem, 'pneumonia'), 'transfer', 'features-help').status, 'met');
    const against = problemOf(IMAGENET, XRAY, '@task objects shares_features_with=none');
    assert.equal(condition(adviceOn(against, 'pneumonia'), 'transfer', 'features-help').status, 'unmet');
  });

  it('is not advised from a small task to a large one', () => {
    const problem = problemOf(
      '@dataset xray task=pneumonia input=image:224x224x3 num_examples=100',
      '@dataset photos task=objects input=image:224x224x3 num_examples=100k',
      '@task objects target category=image-classification shares_features_with=pneumonia',
    );
    const advice = adviceOn(problem, 'objects');
    assert.deepEqual(advice.acceptable, ['single-task']);
    const more = condition(advice, 'transfer', 'source-has-more-data');
    assert.equal(more.status, 'unmet');
    assert.equal(
      conditionText(more),
      'pneumonia does not have more data than objects: 100 examples vs. 100k examples.',
    );
  });

  it('prefers the source that is said to help over a larger one that is only assumed to', () => {
    const problem = problemOf(
      IMAGENET,
      XRAY,
      '@dataset films task=fracture input=image:224x224x3 num_examples=40k',
      '@task fracture shares_features_with=pneumonia',
      '@task pneumonia target category=image-classification',
    );
    const advice = adviceOn(problem, 'pneumonia');
    assert.deepEqual(advice.from, ['fracture']);
    assert.ok(noteIds(advice).includes('other-sources'));
  });

  it('is advised from a source without labels, whose size need not compare', () => {
    const problem = problemOf(
      '@task language-model category=fill-mask',
      '@dataset books task=language-model input=text num_examples=800M unit=words',
      '@dataset reviews task=sentiment input=text num_examples=500',
      '@task sentiment target category=text-classification',
    );
    const advice = adviceOn(problem, 'sentiment');
    assert.equal(advice.recommendation, 'transfer');
    assert.equal(condition(advice, 'transfer', 'source-has-more-data').sizes.kind, 'units-differ');
    assert.equal(advice.confidence, 'medium');
  });

  it('is not advised between labels on the same examples: they are learned together', () => {
    const problem = problemOf(
      '@dataset road task=car,sign input=image:224x224x3 num_examples=14k labels_present=sign:10%',
      '@task sign target category=image-classification shares_features_with=car',
    );
    const advice = adviceOn(problem, 'sign');
    assert.deepEqual(advice.acceptable, ['multitask']);
    assert.ok(advice.conditions.every(({ strategy }) => strategy !== 'transfer'));
  });
});
