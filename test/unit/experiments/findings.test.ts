import assert from 'node:assert/strict';
import { advise } from '../../../src/advisor/advisor';
import { eligibleStrategies } from '../../../src/experiments/plan/eligible-strategies';
import { annotationFingerprint } from '../../../src/experiments/plan/fingerprints';
import { findingsOf } from '../../../src/experiments/report/pilot-findings';
import { runnerRequest } from '../../../src/protocol/worker-messages';
import { check } from '../../../src/common/validation';
import type { ArmReport, PilotReport } from '../../../src/protocol/pilot-report';
import { headline } from '../../../src/messages/advice-text';
import { problemOf } from '../advisor/helpers';

const arm = (id: string, strategy: string, more: Partial<ArmReport> = {}): ArmReport => ({
  id,
  strategy,
  from: strategy === 'transfer' ? ['objects'] : [],
  curve: [],
  differences: [],
  seconds: 1,
  ...more,
});

const REPORT: PilotReport = {
  version: 1,
  run: 'r1',
  task: 'pneumonia',
  metric: { name: 'balanced-accuracy', higherIsBetter: true },
  arms: [
    arm('single-task', 'single-task'),
    arm('transfer-head', 'transfer', {
      effectiveExamples: [{ n: 300, value: 540.4, low: 210, high: 900 }],
    }),
  ],
  verdict: {
    outcome: 'better',
    recommendation: 'transfer',
    arm: 'transfer-head',
    acceptable: ['transfer'],
    n: 300,
    difference: { against: 'single-task', value: 0.082, low: 0.031, high: 0.129 },
    breakEven: { value: 2101, low: 1500, high: 3000 },
    rules: { recommendation: 'transfer', agrees: true },
  },
  complete: true,
  warnings: [],
  margin: 0.01,
  available: 300,
  conditions: [],
};

const PROBLEM = problemOf(
  '@dataset photos task=objects input=image:32x32x3 num_examples=4k',
  '@dataset xray task=pneumonia input=image:32x32x3 num_examples=300',
  '@task pneumonia target shares_features_with=objects',
);

describe("a pilot's findings", () => {
  it('turn the advice to what was measured, in one line', () => {
    const [advice] = advise(PROBLEM, { pilots: findingsOf(REPORT, false) });
    assert.equal(advice?.basis, 'measured');
    assert.equal(
      headline(advice),
      'pneumonia: transfer learning from objects (+8.2 points [3.1, 12.9] at 300 examples; about 540 effective extra examples; break-even near 2,100)',
    );
  });

  it('are marked and believed little once they are stale', () => {
    const [advice] = advise(PROBLEM, { pilots: findingsOf(REPORT, true) });
    assert.equal(advice?.confidence, 'low');
    assert.match(headline(advice), /; out of date\)$/);
    assert.equal(advice.notes[0]?.id, 'measured-stale');
  });

  it('are none before the first comparison', () => {
    const { verdict: _, ...open } = REPORT;
    assert.deepEqual(findingsOf(open, false), []);
  });

  it('replace no rules where they were undecided, taken at less than half of the data, or by an earlier version', () => {
    assert.ok(REPORT.verdict);
    const { outcome: _, ...earlier } = REPORT.verdict;
    const { recommendation: __, arm: ___, ...rest } = REPORT.verdict;
    const outcomes = [
      { ...REPORT, verdict: { ...rest, outcome: 'undecided' as const } },
      { ...REPORT, available: 601 },
      { ...REPORT, verdict: earlier },
    ].map(report => {
      const found = findingsOf(report, false);
      assert.equal(advise(PROBLEM, { pilots: found })[0]?.basis, 'rules');
      return found.map(({ outcome }) => outcome);
    });
    assert.deepEqual(outcomes, [['undecided'], ['too-small'], ['earlier-version']]);
  });

  it('say nothing of a difference where the control is best', () => {
    assert.ok(REPORT.verdict);
    const control = {
      ...REPORT,
      verdict: {
        ...REPORT.verdict,
        recommendation: 'single-task',
        arm: 'single-task',
        acceptable: ['single-task'],
      },
    };
    const [advice] = advise(PROBLEM, { pilots: findingsOf(control, false) });
    assert.equal(advice?.recommendation, 'single-task');
    assert.match(headline(advice), /measured at 300 examples/);
  });

  it('settle both decisions where a pipeline was compared', () => {
    assert.ok(REPORT.verdict);
    const staged = { ...REPORT, arms: [...REPORT.arms, arm('pipeline', 'pipeline')] };
    assert.deepEqual(
      findingsOf(staged, false).map(({ recommendation }) => recommendation),
      ['end-to-end', 'transfer'],
    );
    const won = {
      ...staged,
      verdict: { ...REPORT.verdict, recommendation: 'pipeline', arm: 'pipeline', acceptable: ['pipeline'] },
    };
    assert.deepEqual(
      findingsOf(won, false).map(({ recommendation, acceptable }) => [recommendation, acceptable]),
      [['pipeline', ['pipeline']]],
    );
  });
});

describe('the fingerprint of annotations', () => {
  it('is the same for the editor and for the process that it hands the problem to', () => {
    const problem = problemOf(
      '@dataset photos task=objects input=image:32x32x3 splits=test:9k,train:60k path=photos',
      '@dataset xray task=pneumonia input=image:32x32x1 num_examples=5k label=pneumonia:y path=xray',
      '@task pneumonia target output=class:2 metric=accuracy shares_features_with=objects',
    );
    const request = {
      kind: 'pilot',
      workspace: '/w',
      problem,
      task: 'pneumonia',
      places: {},
      messages: '{}',
      allowed: [],
    };
    const read = check(runnerRequest, JSON.parse(JSON.stringify(request)));
    assert.ok(read.ok && read.value.kind === 'pilot', read.ok ? '' : JSON.stringify(read.problem));
    const print = (given: typeof problem): string =>
      annotationFingerprint(eligibleStrategies(given, 'pneumonia'));
    assert.equal(print(read.value.problem), print(problem));
  });
});
