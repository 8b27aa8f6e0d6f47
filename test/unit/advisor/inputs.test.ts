import assert from 'node:assert/strict';
import type { Condition } from '../../../src/advisor/advice';
import { conditionText } from '../../../src/messages/condition-text';
import { adviceOn, condition, noteIds, problemOf } from './helpers';

/** How the input of a large source compares with that of a small target. */
function compared(source: string, target: string): Condition & { readonly id: 'same-input' } {
  return condition(adviceOn(beside(source, target), 'target'), 'transfer', 'same-input');
}

function beside(source: string, target: string): ReturnType<typeof problemOf> {
  return problemOf(
    `@dataset theirs task=source num_examples=1M ${source}`,
    `@dataset own task=target num_examples=1k ${target}`,
    '@task target target shares_features_with=source',
  );
}

const CASES: readonly (readonly [source: string, target: string, status: string, difference?: string])[] = [
  ['input=image:224x224x3', 'input=image:32x32x3', 'met'],
  ['input=image:224x224x3', 'input=image:224x224x1', 'unmet', 'channels'],
  ['input=image', 'input=image:224x224x1', 'assumed'],
  ['input=image', 'input=image', 'assumed'],
  ['input=image:224x224x3', 'input=audio', 'unmet', 'modality'],
  ['input=image:224x224x3', 'input=video', 'unmet', 'modality'],
  ['input=image:9x9x3 sensor=photo', 'input=image:9x9x3 sensor=infrared', 'unmet', 'sensor'],
  ['input=image:9x9x3 sensor=photo', 'input=image:9x9x3', 'assumed'],
  ['input=image:9x9x3 sensor=photo', 'input=image:9x9x3 sensor=photo', 'met'],
  ['input=tabular:10', 'input=tabular:12', 'unmet', 'columns'],
  ['input=tabular:10', 'input=tabular:10', 'assumed'],
  ['input=sequence:100x40', 'input=sequence:50x40', 'met'],
  ['input=sequence:100x40', 'input=sequence:100x13', 'unmet', 'features'],
  ['input=audio:16kHz', 'input=audio:16kHz', 'met'],
  ['input=audio:16kHz', 'input=audio', 'met'],
  ['input=audio:16kHz', 'input=audio:8kHz', 'assumed', 'sample-rate'],
  ['input=text', 'input=text', 'met'],
  ['', 'input=text', 'unknown', 'unstated'],
  ['', '', 'unknown', 'unstated'],
];

describe('the kind of input', () => {
  for (const [source, target, status, difference] of CASES)
    it(`${source || 'nothing stated'} for ${target || 'nothing stated'}: ${difference ?? 'the same'}, ${status}`, () => {
      const found = compared(source, target);
      assert.equal(found.status, status);
      assert.equal(found.difference?.kind, difference);
    });

  it('is said where it differs, and may be converted', () => {
    const advice = adviceOn(beside('input=image:9x9x3', 'input=image:9x9x1'), 'target');
    assert.ok(noteIds(advice).includes('convert-channels'));
    assert.equal(
      conditionText(condition(advice, 'transfer', 'same-input')),
      'The numbers of channels differ: 3 for source, 1 for target.',
    );
  });

  it('can be made the same by repeating one channel, but not by leaving two out', () => {
    const grey = adviceOn(beside('input=image:9x9x3', 'input=image:9x9x1'), 'target');
    assert.ok(noteIds(grey).includes('convert-channels'));
    const coloured = adviceOn(beside('input=image:9x9x1', 'input=image:9x9x3'), 'target');
    assert.ok(!noteIds(coloured).includes('convert-channels'));
  });

  it('is not worth making the same where features are said not to help', () => {
    const advice = adviceOn(
      problemOf(
        '@dataset theirs task=source num_examples=1M input=image:9x9x3',
        '@dataset own task=target num_examples=1k input=image:9x9x1',
        '@task target target shares_features_with=none',
      ),
      'target',
    );
    assert.ok(!noteIds(advice).includes('convert-channels'));
  });

  it('can be made the same by resampling', () => {
    const advice = adviceOn(beside('input=audio:16kHz', 'input=audio:8kHz'), 'target');
    assert.equal(advice.recommendation, 'transfer');
    assert.ok(noteIds(advice).includes('resample-audio'));
  });

  it('is that of the task where no dataset states it, and of its category where nothing does', () => {
    const stated = problemOf(
      '@dataset theirs task=source input=audio num_examples=1M',
      '@dataset own task=target num_examples=1k',
      '@task target input=audio',
    );
    assert.equal(condition(adviceOn(stated, 'target'), 'transfer', 'same-input').status, 'met');
    const implied = problemOf(
      '@dataset theirs task=source input=audio num_examples=1M',
      '@dataset own task=target num_examples=1k',
      '@task target category=audio-classification',
    );
    assert.equal(condition(adviceOn(implied, 'target'), 'transfer', 'same-input').status, 'assumed');
  });

  it('leaves everything open where it is not stated', () => {
    const advice = adviceOn(beside('', ''), 'target');
    assert.ok(advice.acceptable.includes('transfer'));
    assert.notEqual(advice.confidence, null);
  });
});
