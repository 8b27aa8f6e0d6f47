import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Advice, AdviceChange } from '../../../src/advisor/advice';
import { advise } from '../../../src/advisor/advisor';
import { adviceChanges, sizeScale } from '../../../src/advisor/sensitivity';
import type { Problem } from '../../../src/language/learning-problem';
import { adviceChangeText } from '../../../src/messages/advice-text';
import { problemLines } from './arbitraries';
import { adviceOn, learningOn, problemOf } from './helpers';

/** The problem with the annotation changed as a flip says: another `num_examples`, no splits; or `num_params`. */
function changed(problem: Problem, { variable }: AdviceChange, value: number): Problem {
  const dot = variable.lastIndexOf('.');
  const name = variable.slice(0, dot);
  if (variable.endsWith('.num_params'))
    return {
      ...problem,
      tasks: problem.tasks.map(task => (task.name === name ? { ...task, numParams: value } : task)),
    };
  return {
    ...problem,
    datasets: problem.datasets.map(dataset => {
      const { splits: _splits, ...rest } = dataset;
      return dataset.name === name ? { ...rest, numExamples: value } : dataset;
    }),
  };
}

/** The same decision of the changed problem. */
function sameDecision(problem: Problem, { task, decision, stage }: Advice): Advice | undefined {
  return advise(problem).find(
    each => each.task === task && each.decision === decision && each.stage === stage,
  );
}

/** The next size nearer to where things stand now. */
function nearer({ operator, value, unit }: AdviceChange): number | undefined {
  const scale = sizeScale(unit === 'hours' || unit === 'minutes' || unit === 'seconds');
  for (let i = 0; i <= scale.last; i++)
    if (scale.at(i) >= value) {
      const index = operator === '>=' ? i - 1 : i + 1;
      return index >= 0 && index <= scale.last ? scale.at(index) : undefined;
    }
  return undefined;
}

function eachFlip(
  runs: number,
  check: (problem: Problem, advice: Advice, flip: AdviceChange) => void,
): number {
  let found = 0;
  fc.assert(
    fc.property(problemLines, lines => {
      const problem = problemOf(...lines);
      for (const advice of advise(problem))
        for (const flip of adviceChanges(problem, advice)) {
          found++;
          check(problem, advice, flip);
        }
    }),
    { numRuns: runs },
  );
  return found;
}

describe('what would change the advice', () => {
  it('is true: with the annotation changed so, the advice is what was said', () => {
    const found = eachFlip(100, (problem, advice, flip) => {
      const then = sameDecision(changed(problem, flip, flip.value), advice);
      assert.equal(then?.recommendation, flip.to, adviceChangeText(flip));
    });
    assert.ok(found > 25, `only ${found} were tried`);
  });

  it('says another strategy than the advice, on its own side of the size that is stated', () => {
    eachFlip(100, (problem, advice, flip) => {
      assert.notEqual(flip.to, advice.recommendation);
      assert.ok(flip.value > 0);
      assert.ok(Number(flip.value.toPrecision(3)) === flip.value, `${flip.value} has more than three digits`);
      const dot = flip.variable.lastIndexOf('.');
      const dataset = problem.datasets.find(each => each.name === flip.variable.slice(0, dot));
      if (dataset?.numExamples !== undefined && dataset.splits === undefined)
        assert.ok(
          flip.operator === '>=' ? flip.value > dataset.numExamples : flip.value < dataset.numExamples,
          adviceChangeText(flip),
        );
    });
  });

  it('is where it turns: one step nearer the advice stands', () => {
    eachFlip(100, (problem, advice, flip) => {
      const value = nearer(flip);
      const then = value === undefined ? undefined : sameDecision(changed(problem, flip, value), advice);
      if (then) assert.equal(then.recommendation, advice.recommendation, adviceChangeText(flip));
    });
  });
});

describe('what would change the advice, by example', () => {
  it('is more data of its own, from which a public checkpoint is no longer needed', () => {
    const problem = problemOf(
      '@dataset own task=species input=image num_examples=800',
      '@task species target category=image-classification output=class:6',
    );
    assert.deepEqual(adviceChanges(problem, adviceOn(problem, 'species')).map(adviceChangeText), [
      'At least 130k examples in own: single-task training.',
    ]);
  });

  it('is less of the source', () => {
    const problem = problemOf(
      '@dataset imagenet task=objects input=image:224x224x3 num_examples=1.28M',
      '@dataset chest-xray task=pneumonia input=image:224x224x3 splits=train:50k,test:600',
      '@task pneumonia target category=image-classification num_params=25M',
    );
    const changes = adviceChanges(problem, adviceOn(problem, 'pneumonia'));
    const less = changes.find(({ variable }) => variable === 'imagenet.num_examples');
    assert.equal(less?.operator, '<=');
    assert.ok(less.value < 1_280_000);
  });

  it('is said in hours, with fractions, where data is counted in hours', () => {
    const problem = problemOf(
      '@dataset speech task=transcript input=audio num_examples=1 unit=hours',
      '@dataset lamp task=wake-word input=audio num_examples=0.5 unit=hours',
      '@task wake-word target category=audio-classification shares_features_with=transcript',
      '@task transcript category=automatic-speech-recognition',
    );
    const texts = adviceChanges(problem, adviceOn(problem, 'wake-word')).map(adviceChangeText);
    assert.ok(
      texts.some(text => /^At most 0\.\d+ hours in speech: single-task training\.$/.test(text)),
      texts.join(),
    );
  });

  it('is asked of each decision of a pipeline by itself', () => {
    const problem = problemOf(
      '@pipeline transcript: audio -> phonemes -> transcript engineered=phonemes->transcript',
      '@dataset calls task=audio->transcript input=audio num_examples=300 unit=hours',
      '@dataset alignments task=audio->phonemes input=audio num_examples=960 unit=hours',
      '@task transcript target category=automatic-speech-recognition',
    );
    const [more] = adviceChanges(problem, adviceOn(problem, 'transcript'));
    assert.deepEqual([more?.variable, more?.operator], ['calls.num_examples', '>=']);
    const stage = adviceChanges(problem, learningOn(problem, 'transcript', 'audio->phonemes'));
    assert.ok(stage.every(({ to }) => to !== 'end-to-end' && to !== 'pipeline'));
  });

  it('is nothing where no size is stated', () => {
    const problem = problemOf('@dataset a task=x input=image', '@dataset b task=y input=image');
    assert.deepEqual(adviceChanges(problem, adviceOn(problem, 'x')), []);
  });
});
