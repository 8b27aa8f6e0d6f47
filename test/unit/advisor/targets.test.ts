import assert from 'node:assert/strict';
import { advise, targetsOf } from '../../../src/advisor/advisor';
import { headline } from '../../../src/messages/advice-text';
import { formatCount, formatSize } from '../../../src/messages/quantities';
import { problemOf, problemOfFiles } from './helpers';

const names = (...lines: readonly string[]): string[] =>
  targetsOf(problemOf(...lines)).map(({ name }) => name);

describe('which tasks get advice', () => {
  it('all of them where none is marked, the inferred ones too', () => {
    assert.deepEqual(names('@dataset a task=one,two num_examples=1k', '@task three output=class:2'), [
      'three',
      'one',
      'two',
    ]);
  });

  it('those that are marked where some are', () => {
    assert.deepEqual(names('@dataset a task=one,two', '@task two target'), ['two']);
  });

  it('not the steps of a pipeline, which are stages of its task', () => {
    assert.deepEqual(names('@pipeline y: x -> m -> y', '@dataset a task=x->m num_examples=1k'), ['y']);
  });

  it('none where nothing is annotated', () => {
    assert.deepEqual(advise(problemOf()), []);
  });

  it('those of one file with the data of another', () => {
    const problem = problemOfFiles({
      'data.py': ['@dataset web task=objects input=image:9x9x3 num_examples=1M'],
      'train.py': [
        '@dataset own task=target input=image:9x9x3 num_examples=1k',
        '@task target target category=image-classification shares_features_with=objects',
      ],
    });
    const [advice] = advise(problem);
    assert.equal(advice?.recommendation, 'transfer');
    assert.equal(advice.reference.file, 'train.py');
    assert.deepEqual(
      [...new Set(advice.conditions.flatMap(({ evidence }) => evidence.map(({ file }) => file)))].sort(),
      ['data.py', 'train.py'],
    );
  });

  it('tasks by names that every object has', () => {
    const odd = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
    const problem = problemOf(
      `@dataset a task=${odd.join(',')} input=image num_examples=10k labels_present=toString:50%`,
    );
    const advice = advise(problem);
    assert.deepEqual(
      advice.map(({ task }) => task),
      odd,
    );
    for (const { recommendation, conditions } of advice) {
      assert.equal(recommendation, 'multitask');
      const masked = conditions.filter(each => each.id === 'missing-labels-masked');
      assert.deepEqual(
        masked.map(({ tasks }) => tasks),
        [['toString']],
      );
    }
  });
});

describe('the advice in one line', () => {
  const line = (...lines: readonly string[]): string =>
    advise(problemOf(...lines))
      .map(headline)
      .join('\n');

  it('names the strategy, its sources and the confidence', () => {
    assert.equal(
      line(
        '@dataset web task=objects input=image:9x9x3 num_examples=1M',
        '@dataset own task=target input=image:9x9x3 num_examples=1k',
        '@task target target category=image-classification shares_features_with=objects',
      ),
      'target: transfer learning from objects (high confidence)',
    );
  });

  it('names the source, and how sure it is', () => {
    assert.equal(
      line(
        '@dataset own task=a input=image:9x9x3 num_examples=5k',
        '@dataset web task=b input=image:9x9x3 num_examples=20M',
        '@task a target category=image-classification',
      ),
      'a: transfer learning from b (medium confidence)',
    );
  });

  it('names the stage where it is about one', () => {
    assert.equal(
      line(
        '@pipeline y: x -> m -> y engineered=m->y',
        '@dataset own task=x->m input=image num_examples=500k',
      ),
      'y: a pipeline of stages (nothing to compare with)\nx->m: single-task training (nothing to compare with)',
    );
  });
});

describe('numbers in advice', () => {
  it('have at most three digits, or four where they are whole', () => {
    const texts = [-12_345, 0, 1, 0.5, 27.77, 999, 1280, 9999, 10_000, 36_549, 999_600, 1_281_167, 1e9].map(
      formatCount,
    );
    assert.deepEqual(texts, [
      '-12,345',
      '0',
      '1',
      '0.5',
      '27.8',
      '999',
      '1,280',
      '9,999',
      '10k',
      '36.5k',
      '1M',
      '1.28M',
      '1B',
    ]);
  });

  it('are followed by their unit, in the singular where there is one', () => {
    assert.equal(formatSize({ value: 1, unit: 'hours' }), '1 hour');
    assert.equal(formatSize({ value: 1, unit: 'sentences' }), '1 sentence');
    assert.equal(formatSize({ value: 2, unit: 'tokens' }), '2 tokens');
    assert.equal(formatSize({ value: 0.5, unit: 'minutes' }), '0.5 minutes');
  });
});
