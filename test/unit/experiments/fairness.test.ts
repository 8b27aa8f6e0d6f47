import assert from 'node:assert/strict';
import { defaultSettings } from '../../../src/training/default-settings';
import { type JobParts, pilotJobs } from '../../../src/experiments/plan/plan-jobs';
import { isOfTestList } from '../../../src/experiments/programs/tested-examples';
import { type FinishedTrial, stepsOf } from '../../../src/experiments/report/arm-results';
import { fairnessWarnings } from '../../../src/experiments/report/fairness';
import type { Arm, Predictions, StageSpec, TrialResult } from '../../../src/protocol/job-files';
import { result, trial } from './support';

const ARMS: readonly Arm[] = [
  { id: 'single-task', strategy: 'single-task', from: [] },
  { id: 'transfer-full', strategy: 'transfer', variant: 'full', from: ['s'] },
  { id: 'pipeline', strategy: 'pipeline', from: [] },
];

const stage = (examples: number): StageSpec => ({
  name: 'a->b',
  from: 'a',
  to: 'b',
  datasets: ['d'],
  settings: defaultSettings('columns', examples),
});

const partsWith = (stages: readonly StageSpec[]): JobParts => ({
  target: { name: 't', datasets: ['d'] },
  tasks: [{ name: 's', datasets: ['e'] }],
  datasets: [],
  settings: examples => defaultSettings('columns', examples),
  sourceExamples: 6000,
  metric: { name: 'accuracy', higherIsBetter: true },
  pipeline: { stages: [...stages] },
  available: 800,
  folds: false,
});

describe('the budget of a pilot with a pipeline', () => {
  for (const [what, stages, steps] of [
    ['small stages', [stage(100)], 3000],
    ['stages of much data', [stage(60_000), stage(600), { ...stage(0), settings: undefined }], 6000],
  ] as const)
    it(`is the same for all arms, at all sizes: ${what}`, () => {
      const given = stages.map(({ settings, ...rest }) => ({ ...rest, ...(settings ? { settings } : {}) }));
      const jobs = pilotJobs(partsWith(given), ARMS, [100, 800], { each: 1, largest: 1 });
      const prior = jobs.flatMap(spec =>
        spec.kind === 'pretrain' ? [{ spec, result: result(spec.id) }] : [],
      );
      const budgets = jobs.flatMap(spec =>
        spec.kind === 'trial'
          ? [
              stepsOf({
                spec,
                result: result(spec.id),
                pretraining: prior.filter(each => spec.needs.includes(each.spec.id)),
              }).budget,
            ]
          : [],
      );
      assert.deepEqual(budgets, [steps, steps, steps, steps, steps]);
    });
});

describe('the labels that a program prints with its predictions', () => {
  const printed = (labels: readonly number[], kind: Predictions['kind'] = 'classes'): Predictions => ({
    kind,
    labels: [...labels],
    predictions: [...labels],
  });
  const LISTED = ['b', 'a', 'b', 'c'];
  for (const [what, predictions, listed, expected] of [
    ['numbered in any way', printed([7, 0, 7, 3]), LISTED, true],
    ['of one class against the rest', printed([0, 1, 0, 0]), LISTED, true],
    ['of fewer examples', printed([7, 0, 7]), LISTED, false],
    ['of another order', printed([7, 7, 0, 3]), LISTED, false],
    ['numbers that are scaled', printed([-1, 0, 1], 'values'), ['10', '20', '30'], true],
    ['other numbers', printed([3, 1, 2], 'values'), ['10', '20', '30'], false],
    ['numbers that are all one', printed([3, 3, 3], 'values'), ['10', '10', '10'], true],
  ] as const)
    it(`are ${expected ? '' : 'not '}those of its test list: ${what}`, () => {
      assert.equal(isOfTestList(predictions, listed), expected);
    });
});

describe('what makes programs and pipelines suspect', () => {
  const RUN = { task: 't', metric: { name: 'accuracy', higherIsBetter: true }, sizes: [40] };
  const finished = (own: Partial<TrialResult>): FinishedTrial => {
    const spec = trial(1);
    return { spec, result: { ...result(spec.id), ...own } };
  };
  const test = { kind: 'classes', labels: new Array(100).fill(0), predictions: [] } as const;
  const warned = (own: Partial<TrialResult>, metric = RUN.metric): string =>
    fairnessWarnings({ ...RUN, metric }, [finished(own)]).join('\n');

  it('is a test result far above that on validation, where both are of enough examples', () => {
    const measured = { test: { ...test, predictions: [] }, value: 0.97, validated: 100 };
    assert.match(
      warned({ ...measured, validation: 0.52 }),
      /^single-task: accuracy is 0\.970 on the test examples and only 0\.520 on the validation/,
    );
    assert.equal(warned({ ...measured, validation: 0.9 }), '');
    assert.equal(warned({ ...measured, value: 0.52, validation: 0.97 }), '');
    assert.equal(warned({ ...measured, validation: 0.52, validated: 5 }), '');
    assert.equal(warned({ value: 0.97, validation: 0.52, validated: 100 }), '');
    const mae = { name: 'mae', higherIsBetter: false };
    assert.equal(warned({ ...measured, validation: 0.2 }, mae), '');
    const r2 = { name: 'r2', higherIsBetter: true };
    assert.equal(warned({ ...measured, value: 0.1, validation: -3 }, r2), '');
    assert.match(warned({ ...measured, value: 0.9, validation: -3 }, r2), /r2 is 0\.900/);
  });

  it('is a test on other examples, and parts of test examples among those of a stage', () => {
    assert.match(warned({ testsOthers: true }), /^single-task: the labels that the program printed/);
    assert.match(warned({ partsLeftOut: 12 }), /^12 training examples of the first stage .* of t\.$/);
  });
});
