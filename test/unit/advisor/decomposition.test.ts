import assert from 'node:assert/strict';
import { advise } from '../../../src/advisor/advisor';
import type { Problem } from '../../../src/language/learning-problem';
import { conditionText } from '../../../src/messages/condition-text';
import { formatSize } from '../../../src/messages/quantities';
import { adviceOn, condition, noteIds, problemOf } from './helpers';

/** Speech through phonemes: hours of the whole, hours of the first stage, words for the second. */
function speech(whole: string, phonemes: string, task = ''): Problem {
  return problemOf(
    '@pipeline transcript: audio -> phonemes -> transcript engineered=phonemes->transcript',
    `@dataset calls task=audio->transcript input=audio ${whole === '' ? '' : `num_examples=${whole}`} unit=hours`,
    `@dataset aligned task=audio->phonemes input=audio ${phonemes === '' ? '' : `num_examples=${phonemes}`} unit=hours`,
    `@task transcript target category=automatic-speech-recognition ${task}`,
  );
}

/** A number, class or structure from a picture, by way of what is seen in it. */
function pictures(whole: string, seen: string, output: string): Problem {
  return problemOf(
    '@pipeline y: image -> seen -> y engineered=seen->y',
    `@dataset whole task=image->y input=image num_examples=${whole}`,
    `@dataset seen task=image->seen input=image num_examples=${seen}`,
    `@task y target ${output}`,
  );
}

describe('end-to-end or a pipeline', () => {
  it('is end-to-end with much data for the whole, a pipeline with little and more for its stages', () => {
    const much = adviceOn(speech('100k', '1k'), 'transcript');
    assert.equal(much.decision, 'decomposition');
    assert.deepEqual(much.acceptable, ['end-to-end']);
    assert.deepEqual(adviceOn(speech('300', '1k'), 'transcript').acceptable, ['pipeline']);
  });

  it('is as sure as published results of such a pipeline are', () => {
    const advice = adviceOn(speech('300', '1k'), 'transcript');
    assert.equal(advice.outlook?.challenger, 'end-to-end');
    assert.equal(advice.outlook.probability, advice.outlook.chances.loses);
    assert.ok(advice.outlook.chances.loses > advice.outlook.chances.wins);
  });

  it('is of low confidence where the size of the whole is not stated', () => {
    assert.equal(adviceOn(speech('', '1k'), 'transcript').confidence, 'low');
    assert.equal(adviceOn(speech('0', '1k'), 'transcript').confidence, 'low');
  });

  it('turns on the same figure, read both ways', () => {
    const short = adviceOn(speech('300', '1k'), 'transcript');
    assert.equal(condition(short, 'end-to-end', 'enough-for-end-to-end').status, 'unmet');
    assert.equal(condition(short, 'pipeline', 'end-to-end-data-short').status, 'met');
    const enough = adviceOn(speech('30k', '1k'), 'transcript');
    assert.equal(condition(enough, 'end-to-end', 'enough-for-end-to-end').status, 'met');
    assert.equal(condition(enough, 'pipeline', 'end-to-end-data-short').status, 'unmet');
  });

  it('is a pipeline where no dataset has the whole', () => {
    const problem = problemOf(
      '@pipeline y: x -> m -> y engineered=m->y',
      '@dataset a task=x->m input=image num_examples=10k',
    );
    const advice = adviceOn(problem, 'y');
    assert.deepEqual(advice.acceptable, ['pipeline']);
    assert.equal(advice.confidence, null);
    assert.equal(
      conditionText(condition(advice, 'end-to-end', 'enough-for-end-to-end')),
      'No dataset has end-to-end examples for y.',
    );
    assert.equal(
      conditionText(condition(advice, 'pipeline', 'stage-has-more-data')),
      'Stage x->m has 10k examples; no end-to-end size is stated.',
    );
  });

  it('counts data for the task by its own name as data for the whole', () => {
    const problem = problemOf(
      '@pipeline y: x -> m -> y',
      '@dataset named task=y input=image num_examples=6k',
      '@dataset mapped task=x->y input=image num_examples=6k',
      '@task y output=real:1',
    );
    assert.match(
      conditionText(condition(adviceOn(problem, 'y'), 'end-to-end', 'enough-for-end-to-end')),
      /: 12k examples; about 10,000 are needed/,
    );
  });
});

/** From how many direct examples end-to-end learning is advised, as the advice says it. */
describe('what end-to-end learning needs', () => {
  const cases: readonly (readonly [whole: string, task: string, needed: string])[] = [
    ['input=image', 'output=real:1', '10k examples'],
    ['input=image', 'output=labels:14', '10k examples'],
    ['input=image', 'category=tabular-regression', '10k examples'],
    ['input=image', 'output=class:2', '10k examples'],
    ['input=image', 'output=class:500', '500k examples'],
    ['input=image', 'output=box', '1M examples'],
    ['input=image', 'category=depth-estimation', '1M examples'],
    ['input=image unit=hours', 'output=real:1', '72 hours'],
    ['input=image unit=minutes', 'output=real:1', '4,320 minutes'],
    ['input=audio unit=hours', 'category=automatic-speech-recognition', '10k hours'],
    ['input=audio unit=hours', 'category=audio-classification output=class:2', '2.78 hours'],
    ['input=text unit=words', 'category=translation', '15M words'],
    ['input=text unit=sentences', 'category=translation', '600k sentences'],
    ['input=text unit=words', 'output=class:2', '250k words'],
  ];
  for (const [whole, task, needed] of cases)
    it(`for ${whole}, ${task}: ${needed}`, () => {
      const problem = problemOf(
        '@pipeline y: x -> m -> y',
        `@dataset whole task=x->y num_examples=1 ${whole}`,
        `@task y ${task}`,
      );
      const { data } = condition(adviceOn(problem, 'y'), 'pipeline', 'end-to-end-data-short');
      assert.equal(data.kind === 'compared' && formatSize(data.sufficient), needed);
    });

  it('depends on the output where that is not stated, and is then asked for', () => {
    const advice = adviceOn(pictures('50k', '50k', ''), 'y');
    const enough = condition(advice, 'end-to-end', 'enough-for-end-to-end');
    assert.equal(enough.status, 'unknown');
    assert.match(
      conditionText(enough),
      /a few classes \(about 10,000\), too few for a more complex output \(about 1M\)/,
    );
    assert.ok(noteIds(advice).includes('ask-output'));
  });

  it('is not asked for where it makes no difference', () => {
    for (const whole of ['5k', '2M'])
      assert.ok(!noteIds(adviceOn(pictures(whole, '1M', ''), 'y')).includes('ask-output'), whole);
    const enough = adviceOn(pictures('2M', '1M', ''), 'y');
    assert.match(
      conditionText(condition(enough, 'end-to-end', 'enough-for-end-to-end')),
      /about 1M are needed/,
    );
  });

  it('is unknown in units that no figure is published in', () => {
    const problem = problemOf(
      '@pipeline y: x -> m -> y',
      '@dataset whole task=x->y input=image num_examples=1M unit=words',
      '@task y output=real:1',
    );
    const advice = adviceOn(problem, 'y');
    assert.equal(condition(advice, 'end-to-end', 'enough-for-end-to-end').data.kind, 'no-reference');
  });
});

describe('the advice on each part', () => {
  const parts = (problem: Problem): string[] =>
    advise(problem).map(({ task, decision, stage }) => [task, decision, stage ?? ''].join(' ').trim());

  it('is on the learned stages of a pipeline, not on the engineered ones', () => {
    assert.deepEqual(parts(speech('300', '1k')), [
      'transcript decomposition',
      'transcript learning audio->phonemes',
    ]);
  });

  it('is on the one network where that is advised', () => {
    assert.deepEqual(parts(speech('100k', '1k')), ['transcript decomposition', 'transcript learning']);
  });

  it('is on both where either will do', () => {
    const either = ['1k', '3k', '5k', '10k', '30k'].find(
      whole => adviceOn(speech(whole, '10k'), 'transcript').acceptable.length > 1,
    );
    assert.ok(either !== undefined);
    assert.equal(parts(speech(either, '10k')).length, 3);
  });

  it('is one decision where nothing is decomposed: a pipeline of one learned step', () => {
    const problem = problemOf(
      '@pipeline y: x -> y',
      '@dataset own task=x->y input=image num_examples=1k',
      '@dataset web task=objects input=image num_examples=1M',
      '@task y target shares_features_with=objects',
    );
    assert.deepEqual(parts(problem), ['y learning']);
    assert.equal(adviceOn(problem, 'y').recommendation, 'transfer');
  });
});
