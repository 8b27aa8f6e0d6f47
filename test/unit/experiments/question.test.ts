import assert from 'node:assert/strict';
import { isPlanError } from '../../../src/experiments/experiment-errors';
import { armsOf, datasetsFor, eligibleStrategies } from '../../../src/experiments/plan/eligible-strategies';
import { annotationFingerprint } from '../../../src/experiments/plan/fingerprints';
import { problemOf } from '../advisor/helpers';

const RADIOLOGY = [
  '@dataset photos task=objects input=image:32x32x3 num_examples=4k path=photos',
  '@dataset xray task=pneumonia input=image:32x32x3 num_examples=300 path=xray',
  '@dataset notes task=topic input=text num_examples=9k path=notes.csv',
  '@task pneumonia target shares_features_with=objects',
];

describe('the question of a pilot', () => {
  it('is about the strategies that the conditions allow, with single-task as the control', () => {
    const arms = armsOf(eligibleStrategies(problemOf(...RADIOLOGY), 'pneumonia'));
    assert.deepEqual(
      arms.map(({ id }) => id),
      [
        'single-task',
        'transfer-head',
        'transfer-gradual',
        'transfer-full',
        'multitask-joint',
        'multitask-fine-tuned',
      ],
    );
    assert.deepEqual(arms[1]?.from, ['objects']);
  });

  it('leaves out what a different input type or a declaration rules out, and says why', () => {
    const question = eligibleStrategies(problemOf(...RADIOLOGY), 'topic');
    assert.deepEqual(
      armsOf(question).map(({ id }) => id),
      ['single-task'],
    );
    assert.match(question.leftOut.map(({ reason }) => reason).join(), /a different input type/);
    const none = eligibleStrategies(
      problemOf(...RADIOLOGY.slice(0, 3), '@task pneumonia target shares_features_with=none'),
      'pneumonia',
    );
    assert.match(none.leftOut.map(({ reason }) => reason).join(), /shares its features/);
  });

  it('does not rule out by sizes: that is what is measured', () => {
    const question = eligibleStrategies(
      problemOf(
        '@dataset big task=a input=tabular:8 num_examples=1M',
        '@dataset small task=b input=tabular:8 num_examples=100',
      ),
      'a',
    );
    assert.deepEqual(question.transferFrom, ['b']);
  });

  it('compares a pipeline whose learned stages have data, with the whole under its task', () => {
    const problem = problemOf(
      '@pipeline parity: image -> digit -> parity engineered=digit->parity',
      '@dataset digits task=image->digit input=tabular:64 num_examples=1k label=digit',
      '@dataset pairs task=image->parity input=tabular:64 num_examples=100 label=odd',
    );
    const question = eligibleStrategies(problem, 'parity');
    assert.deepEqual(
      armsOf(question).map(({ id }) => id),
      ['single-task', 'pipeline'],
    );
    const [whole] = datasetsFor(question.problem, 'parity');
    assert.equal(whole?.name, 'pairs');
    assert.equal(whole.labels['parity'], 'odd');
  });

  it('names the nearest task', () => {
    assert.throws(
      () => eligibleStrategies(problemOf(...RADIOLOGY), 'pneumonai'),
      (error: unknown) => isPlanError(error) && /Did you mean pneumonia\?/.test(error.message),
    );
  });
});

describe('the fingerprint of annotations', () => {
  const printOf = (lines: readonly string[]): string =>
    annotationFingerprint(eligibleStrategies(problemOf(...lines), 'pneumonia'));

  it('is the same where lines move and where other tasks change', () => {
    const moved = ['', ...RADIOLOGY.slice(2), ...RADIOLOGY.slice(0, 2)];
    const other = RADIOLOGY.map(line => line.replace('9k', '10k'));
    assert.equal(printOf(other), printOf(RADIOLOGY));
    assert.equal(printOf(moved), printOf(RADIOLOGY));
  });

  it('changes with what the question is about', () => {
    const changed = RADIOLOGY.map(line => line.replace('num_examples=300', 'num_examples=301'));
    assert.notEqual(printOf(changed), printOf(RADIOLOGY));
  });
});
