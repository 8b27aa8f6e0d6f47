import assert from 'node:assert/strict';
import type { Condition } from '../../../src/advisor/advice';
import { advise } from '../../../src/advisor/advisor';
import { conditionText } from '../../../src/messages/condition-text';
import { noteText } from '../../../src/messages/note-text';
import { adviceOn, learningOn, noteIds, problemOf } from './helpers';

/** What is said of the stages of `x -> m -> n -> y`, by name. */
function stagesOf(...lines: readonly string[]): Map<string, StageCondition> {
  const advice = adviceOn(problemOf('@pipeline y: x -> m -> n -> y', ...lines), 'y');
  const stages = advice.conditions.filter(each => isOfStage(each));
  return new Map(stages.map(condition => [condition.stage, condition]));
}

type StageCondition = Condition & { readonly stage: string };

const isOfStage = (condition: Condition): condition is StageCondition => 'stage' in condition;

describe('a stage', () => {
  const WHOLE = '@dataset whole task=x->y input=image num_examples=1k';

  it('is met with as much data as the whole, assumed with somewhat less, unmet with far less', () => {
    const sizes = [
      [
        '1k',
        'met',
        'Stage x->m is simpler than the end-to-end task and has at least as much data: 1,000 examples vs. 1,000 examples.',
      ],
      [
        '100',
        'assumed',
        'Stage x->m has less data than the end-to-end task (100 examples vs. 1,000 examples), but is simpler.',
      ],
      [
        '99',
        'unmet',
        'Stage x->m has far less data than the end-to-end task: 99 examples vs. 1,000 examples.',
      ],
    ] as const;
    for (const [size, status, text] of sizes) {
      const stage = stagesOf(WHOLE, `@dataset a task=x->m input=image num_examples=${size}`).get('x->m');
      assert.ok(stage);
      assert.equal(stage.status, status);
      assert.equal(conditionText(stage), text);
    }
  });

  it('is unknown without data, without a size, and in units that do not compare', () => {
    const stages = stagesOf(
      WHOLE,
      '@dataset b task=m->n input=image',
      '@dataset c task=n->y input=image num_examples=5 unit=hours',
    );
    assert.deepEqual(
      [...stages.values()].map(each => [
        each.stage,
        each.status,
        each.id === 'stage-has-more-data' && each.sizes.kind,
      ]),
      [
        ['x->m', 'unknown', 'stage-unstated'],
        ['m->n', 'unknown', 'stage-unstated'],
        ['n->y', 'unknown', 'units-differ'],
      ],
    );
  });

  it('needs no data where it is engineered, even if it has some', () => {
    const problem = problemOf(
      '@pipeline y: x -> m -> y engineered=x->m,m->y',
      '@dataset a task=x->m input=image num_examples=10',
      WHOLE,
    );
    const advice = adviceOn(problem, 'y');
    const engineered = advice.conditions.filter(each => each.id === 'stage-engineered');
    assert.deepEqual(
      engineered.map(({ status, stage }) => `${status} ${stage}`),
      ['met x->m', 'met m->y'],
    );
    assert.equal(advise(problem).length, 1);
  });

  it('is asked for where its data is not stated, once for all stages', () => {
    const problem = problemOf('@pipeline y: x -> m -> n -> y engineered=n->y');
    const asked = adviceOn(problem, 'y').notes.find(({ id }) => id === 'ask-stage-data');
    assert.ok(asked);
    assert.equal(
      noteText(asked),
      'The size of the data for x->m, m->n is not stated. Annotate a dataset for each of these stages, or list them in engineered=.',
    );
  });

  it('is several steps together where one dataset spans them', () => {
    const stages = stagesOf(
      WHOLE,
      '@dataset ab task=x->n input=image num_examples=5k',
      '@dataset c task=n->y num_examples=5k',
    );
    assert.deepEqual([...stages.keys()], ['x->n', 'n->y']);
    const problem = problemOf('@pipeline y: x -> m -> n -> y', '@dataset ab task=x->n num_examples=5k');
    assert.ok(noteIds(adviceOn(problem, 'y')).includes('merged-stages'));
  });

  it('is never the whole, nor does it swallow an engineered step', () => {
    assert.deepEqual([...stagesOf(WHOLE).keys()], ['x->m', 'm->n', 'n->y']);
    const problem = problemOf(
      '@pipeline y: x -> m -> n -> y engineered=m->n',
      '@dataset ab task=x->n input=image num_examples=5k',
    );
    const stages = adviceOn(problem, 'y').conditions.filter(each => isOfStage(each));
    assert.deepEqual(
      stages.map(({ stage }) => stage),
      ['x->m', 'm->n', 'n->y'],
    );
  });
});

describe('the learning decision of a stage', () => {
  const problem = problemOf(
    '@pipeline y: x -> m -> y engineered=m->y',
    '@dataset whole task=x->y input=image:9x9x3 num_examples=100',
    '@dataset a task=x->m input=image:9x9x3 num_examples=2k',
    '@dataset web task=objects input=image:9x9x3 num_examples=1M',
    '@task y target output=real:1',
    '@task objects category=image-classification',
  );

  it('is its own: from a source that helps this stage', () => {
    const advice = learningOn(problem, 'y', 'x->m');
    assert.equal(advice.recommendation, 'transfer');
    assert.deepEqual(advice.from, ['objects']);
    assert.equal(advice.stage, 'x->m');
  });

  it('asks for nothing that cannot be declared of a step', () => {
    const advice = learningOn(problem, 'y', 'x->m');
    const texts = advice.conditions.map(conditionText).filter(text => text.startsWith('Assumed'));
    assert.ok(texts.length >= 2);
    for (const text of texts) assert.ok(!text.includes(' Set '), text);
  });

  it('stands at the dataset of the stage, the decomposition at the pipeline', () => {
    assert.equal(learningOn(problem, 'y', 'x->m').reference.range.start.line, 2);
    assert.equal(adviceOn(problem, 'y').reference.range.start.line, 0);
  });
});
