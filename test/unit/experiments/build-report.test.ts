import assert from 'node:assert/strict';
import { normal, sfc32 } from '../../../src/common/random';
import type { FinishedTrial } from '../../../src/experiments/report/arm-results';
import { type ReportedRun, buildReport } from '../../../src/experiments/report/build-report';
import { findingsOf } from '../../../src/experiments/report/pilot-findings';
import { verdictText } from '../../../src/experiments/report/run-summary-text';
import type { Arm, PretrainSpec, TrialSpec } from '../../../src/protocol/job-files';
import type { PilotReport } from '../../../src/protocol/pilot-report';
import type { PilotDecision } from '../../../src/protocol/project-file';

const ARMS: readonly Arm[] = [
  { id: 'single-task', strategy: 'single-task', from: [] },
  { id: 'transfer-head', strategy: 'transfer', variant: 'head', from: ['objects'] },
  { id: 'multitask-joint', strategy: 'multitask', variant: 'joint', from: ['objects'] },
];
const RUN: ReportedRun = {
  id: 'r1',
  task: 'pneumonia',
  metric: { name: 'accuracy', higherIsBetter: true },
  arms: ARMS,
  sizes: [50, 150, 450],
  available: 450,
  rules: {
    version: 1,
    advice: [
      {
        task: 'pneumonia',
        decision: 'learning',
        recommendation: 'transfer',
        acceptable: ['transfer'],
        from: ['objects'],
        confidence: 'high',
        basis: 'rules',
        conditions: [],
        flips: [],
        notes: [],
      },
    ],
    diagnostics: [],
  },
  method: 2,
  warnings: ['as planned'],
};

/** Trials whose predictions are right with a given chance, on one test split. */
function trials(
  level: (arm: string, n: number) => number,
  { seeds = 5, sizes = RUN.sizes, seconds = 1 } = {},
): FinishedTrial[] {
  return ARMS.flatMap(arm =>
    sizes.flatMap(n =>
      Array.from({ length: seeds }, (_, i) => trial(arm, n, i + 1, level(arm.id, n), seconds)),
    ),
  );
}

function trial(arm: Arm, n: number, seed: number, level: number, seconds: number): FinishedTrial {
  const random = sfc32(seed * 1000 + n + arm.id.length * 77);
  const right = level + 0.01 * normal(random);
  const labels = Array.from({ length: 400 }, (_, i) => i % 2);
  const predictions = labels.map(label => (random() < right ? label : 1 - label));
  const value = labels.filter((label, i) => label === predictions[i]).length / labels.length;
  const id = `${arm.id}-n${n}-s${seed}`;
  const spec = { id, kind: 'trial', arm, n, seed } as TrialSpec;
  return {
    spec,
    result: {
      version: 1,
      id,
      value,
      metrics: { accuracy: value },
      test: { kind: 'classes', labels, predictions },
      examples: { train: n, validation: 50, test: 400 },
      seconds,
      warnings: [],
    },
  };
}

const SINGLE = (n: number): number => 0.95 - 2 / n ** 0.5;

describe('the report of a pilot', () => {
  const won = trials((arm, n) => (arm === 'single-task' ? SINGLE(n) : arm === 'transfer-head' ? 0.93 : 0.7));
  const report = buildReport(RUN, won, 0);

  it('recommends the arm that won, with its difference to single-task', () => {
    assert.equal(report.verdict?.recommendation, 'transfer');
    assert.deepEqual(report.verdict.acceptable, ['transfer']);
    assert.equal(report.verdict.n, 450);
    const { value, low, high } = report.verdict.difference;
    assert.ok(
      low > 0 && low < value && value < high && Math.abs(value - 0.075) < 0.03,
      `${low} ${value} ${high}`,
    );
    assert.deepEqual(report.verdict.rules, { recommendation: 'transfer', agrees: true, standing: 'agrees' });
    assert.equal(report.verdict.outcome, 'better');
    assert.equal(report.complete, true);
  });

  it('has each seed, an interval and a p-value for every size', () => {
    const [control, transfer] = report.arms;
    assert.deepEqual(
      control?.curve.map(({ n, seeds }) => [n, seeds.length]),
      [
        [50, 5],
        [150, 5],
        [450, 5],
      ],
    );
    assert.deepEqual(control.differences, []);
    assert.equal(transfer?.differences.length, 3);
    assert.ok((transfer.differences[0]?.p ?? 1) < 0.001);
    assert.ok((transfer.effectiveExamples?.[0]?.value ?? 0) > 300);
  });

  it('recommends the cheapest of those that tie, by the costs and the margin of the project', () => {
    const recommended = (decision?: PilotDecision): string | undefined =>
      buildReport({ ...RUN, decision }, won, 0).verdict?.recommendation;
    assert.equal(recommended({ costs: { transfer: 9 } }), 'transfer');
    assert.equal(recommended({ tieMargin: 0.2 }), 'single-task');
    assert.equal(recommended({ tieMargin: 0.2, costs: { transfer: 0.5 } }), 'transfer');
    assert.equal(
      recommended({ tieMargin: 0.2, costs: { 'single-task': 3, transfer: 2, multitask: 4 } }),
      'transfer',
    );
    assert.equal(buildReport({ ...RUN, decision: { tieMargin: 0.2 } }, won, 0).margin, 0.2);
  });

  it('is the same each time', () => {
    assert.deepEqual(buildReport(RUN, won, 0), report);
    assert.deepEqual(buildReport(RUN, [...won].reverse(), 0).verdict, report.verdict);
  });

  it('is a tie where all differences are within the margin, and then the cheapest', () => {
    const run = { ...RUN, decision: { tieMargin: 0.1 } };
    const { verdict, arms } = buildReport(
      run,
      trials(() => 0.85),
      0,
    );
    assert.ok(verdict);
    assert.deepEqual([verdict.outcome, verdict.recommendation], ['tie', 'single-task']);
    assert.ok(verdict.acceptable.includes('transfer'));
    assert.equal(verdict.rules.standing, 'compatible');
    assert.deepEqual(verdict.difference, { against: 'single-task', value: 0, low: 0, high: 0 });
    assert.equal(arms[1]?.differences.at(-1)?.outcome, 'tie');
  });

  it('recommends nothing where the data cannot tell, and says what would decide', () => {
    const run = { ...RUN, decision: { tieMargin: 0.005 } };
    const { verdict } = buildReport(
      run,
      trials(arm => (arm === 'transfer-head' ? 0.852 : arm === 'single-task' ? 0.85 : 0.8), { seeds: 2 }),
      0,
    );
    assert.equal(verdict?.outcome, 'undecided');
    assert.deepEqual([verdict.recommendation, verdict.arm, verdict.gain], [undefined, undefined, undefined]);
    assert.equal(verdict.difference.arm, 'transfer-head');
    assert.ok((verdict.needs?.testExamples ?? 0) > 400 || (verdict.needs?.seeds ?? 0) > 2);
    assert.equal(verdict.rules.standing, 'open');
  });

  it('decides nothing by one seed, however large the difference', () => {
    const level = (arm: string): number => (arm === 'single-task' ? 0.5 : 0.95);
    const [one, two] = [1, 2].map(seeds => buildReport(RUN, trials(level, { seeds }), 0));
    assert.equal(one?.verdict?.outcome, 'undecided');
    assert.equal(one.verdict.limit, 'one-seed');
    const widths = [one, two].map(report => {
      const at = report?.arms[1]?.differences.at(-1);
      return (at?.high ?? NaN) - (at?.low ?? NaN);
    });
    assert.ok((widths[0] ?? 0) > (widths[1] ?? 0), widths.join());
    assert.equal(two?.verdict?.outcome, 'better');
  });

  it('says at which smaller size an arm is better than where all of the data is used', () => {
    const { verdict } = buildReport(
      RUN,
      trials((arm, n) => (arm === 'transfer-head' && n === 50 ? 0.9 : 0.7)),
      0,
    );
    assert.notEqual(verdict?.outcome, 'better');
    assert.deepEqual([verdict?.below?.arm, verdict?.below?.n], ['transfer-head', 50]);
  });

  it('follows from its own table, whatever was measured', () => {
    for (let seed = 0; seed < 10; seed++) {
      const random = sfc32(seed);
      const levels = new Map(ARMS.map(({ id }) => [id, 0.6 + 0.3 * random()]));
      const found = buildReport(
        { ...RUN, sizes: [450], decision: { tieMargin: 0.01 + 0.1 * random() } },
        trials(arm => levels.get(arm) ?? 0, { sizes: [450], seeds: 2 + (seed % 3) }),
        0,
      );
      const { verdict, arms, margin } = found;
      const rivals = arms.slice(1).flatMap(({ id, differences }) => differences.map(at => ({ id, ...at })));
      for (const { outcome, low, high, p } of rivals) {
        if (outcome === 'tie') assert.ok(low >= -margin && high <= margin);
        else if (outcome === 'better') assert.ok(low > 0 && p <= 0.05);
        else if (outcome === 'worse') assert.ok(high < 0 && p <= 0.05);
      }
      const own = rivals.find(({ id }) => id === verdict?.arm);
      if (verdict?.outcome === 'undecided') assert.equal(verdict.recommendation, undefined);
      else if (own) assert.equal(own.outcome, verdict?.outcome);
      else assert.ok(rivals.every(({ outcome, high }) => outcome === 'worse' || high <= margin));
      assert.equal(verdict?.rules.agrees, verdict?.recommendation === 'transfer');
    }
  });

  it('counts the test examples of all seeds where each has a test split of its own', () => {
    const level = (arm: string): number => (arm === 'transfer-head' ? 0.8 : 0.75);
    const shared = trials(level, { sizes: [450] });
    const apart = shared.map(each => ({ ...each, spec: { ...each.spec, fold: each.spec.seed - 1 } }));
    const [one, all] = [shared, apart].map(finished => buildReport({ ...RUN, sizes: [450] }, finished, 0));
    assert.deepEqual([one?.tested, all?.tested], [400, 2000]);
    const [same, other] = [one, all].map(report => report?.arms[1]?.differences[0]);
    assert.equal(same?.value, other?.value);
    assert.notEqual(same?.high, other?.high);
    // An arm whose inputs differ from the control's in one fold is not compared there.
    const mixed = apart.map(each => ({
      ...each,
      result: {
        ...each.result,
        inputs: each.spec.arm.id === 'transfer-head' && each.spec.fold === 2 ? 'x' : `f${each.spec.fold}`,
      },
    }));
    const report = buildReport({ ...RUN, sizes: [450] }, mixed, 0);
    assert.equal(report.arms[1]?.differences[0]?.seeds, 4);
  });

  it('knows chance, and that a saturated metric or one at chance tells nothing', () => {
    const chance = buildReport(
      RUN,
      trials(() => 0.5),
      0,
    );
    assert.equal(chance.chance, 0.5);
    assert.deepEqual([chance.verdict?.outcome, chance.verdict?.limit], ['undecided', 'chance']);
    assert.equal(chance.arms[1]?.effectiveExamples, undefined);
    const once = buildReport(
      RUN,
      trials(() => 0.5, { seeds: 1 }),
      0,
    );
    assert.deepEqual([once.verdict?.outcome, once.verdict?.limit], ['undecided', 'chance']);
    // In one of five seeds an arm errs about one of 400 examples.
    const perfect = buildReport(
      RUN,
      trials(() => 1.1).map((each, i) =>
        i === 3 ? { ...each, result: { ...each.result, value: 1 - 1 / 400 } } : each,
      ),
      0,
    );
    assert.deepEqual([perfect.verdict?.outcome, perfect.verdict?.limit], ['tie', 'saturated']);
    assert.equal(perfect.arms[1]?.effectiveExamples, undefined);
    const at = perfect.arms[1]?.differences.at(-1);
    assert.ok(at && at.low < 0 && at.high > 0, 'no test split resolves less than one of its examples');
  });

  it('says that the rules were wrong where they were', () => {
    const lost = buildReport(
      RUN,
      trials(arm => (arm === 'single-task' ? 0.95 : 0.6)),
      0,
    );
    assert.deepEqual(lost.verdict?.rules, {
      recommendation: 'transfer',
      agrees: false,
      standing: 'differs',
    });
    assert.deepEqual([lost.verdict.outcome, lost.verdict.arm], ['better', 'single-task']);
  });

  it('stands at any time: at the largest size that all arms have reached, and it says so', () => {
    const some = won.filter(({ spec }) => spec.n < 450 || spec.arm.id === 'single-task');
    const early = buildReport(RUN, some, 10);
    assert.equal(early.verdict?.n, 150);
    assert.equal(early.complete, false);
    assert.match(early.warnings.join('\n'), /compared at 150 of 450 training examples/);
    assert.equal(buildReport(RUN, won.slice(0, 1), 44).verdict, undefined);
    assert.equal(buildReport(RUN, [], 45).arms.length, 3);
  });

  it('warns of few seeds, silent arms and unknown predictions', () => {
    const few = trials(() => 0.8, { seeds: 3 }).filter(({ spec }) => spec.arm.id !== 'multitask-joint');
    const bare = few.map(({ spec, result: { test: _, ...result } }) => ({ spec, result }));
    const { warnings } = buildReport(RUN, bare, 9);
    assert.equal(warnings[0], 'as planned');
    assert.match(warnings.join('\n'), /No trial of multitask-joint/);
    assert.match(warnings.join('\n'), /based on 3 seeds per arm/);
    assert.match(warnings.join('\n'), /cover only variation between seeds/);
  });
});

describe('an arm whose predictions alone tell what it was tested on', () => {
  const tested = (change: (labels: readonly number[]) => readonly number[]): PilotReport =>
    buildReport(
      RUN,
      trials(() => 0.8).map(each =>
        each.spec.arm.id === 'transfer-head' && each.result.test
          ? {
              ...each,
              result: {
                ...each.result,
                test: { ...each.result.test, labels: change(each.result.test.labels) },
              },
            }
          : each,
      ),
      0,
    );

  it("is compared only where its test labels are the control's, in their order", () => {
    const pairs = (report: PilotReport): number =>
      report.arms.find(({ id }) => id === 'transfer-head')?.differences.length ?? 0;
    assert.equal(pairs(tested(labels => labels)), 3);
    for (const other of [
      tested(labels => labels.slice(1)),
      tested(labels => labels.map((label, i) => (i === 7 ? 1 - label : label))),
    ]) {
      assert.equal(pairs(other), 0);
      assert.match(other.warnings.join('\n'), /transfer-head saw other inputs or test labels/);
    }
  });
});

describe('a simple baseline', () => {
  const arm: Arm = { id: 'baseline-linear', strategy: 'baseline', from: [] };
  const won = trials(each => (each === 'single-task' ? SINGLE(450) : each === 'transfer-head' ? 0.93 : 0.7), {
    sizes: [450],
  });
  const run = { ...RUN, sizes: [450] };
  const beside = (level: number): PilotReport => {
    const own = [1, 2, 3, 4, 5].map(seed => trial(arm, 450, seed, level, 0.1));
    return buildReport({ ...run, arms: [...ARMS, arm] }, [...won, ...own], 0);
  };

  it('is never recommended, but the verdict says when it is ahead or not shown to be worse', () => {
    const standings = [0.99, 0.93, 0.8].map(level => {
      const { verdict } = beside(level);
      assert.equal(verdict?.arm, 'transfer-head');
      assert.deepEqual(verdict.acceptable, ['transfer']);
      return verdict.simple?.standing;
    });
    assert.deepEqual(standings, ['ahead', 'level', undefined]);
  });

  it('stands beside single-task training alone where there is no strategy to compare', () => {
    const control = won.filter(({ spec }) => spec.arm.strategy === 'single-task');
    const trees: Arm = { id: 'boosted-trees', strategy: 'baseline', variant: 'trees', from: [] };
    const own = [1, 2, 3, 4, 5].map(seed => trial(trees, 450, seed, 0.99, 0.1));
    const report = buildReport({ ...run, arms: [ARMS[0]!, trees] }, [...control, ...own], 0);
    assert.equal(report.verdict?.arm, 'single-task');
    assert.deepEqual(report.verdict.acceptable, ['single-task']);
    assert.equal(report.verdict.simple?.standing, 'ahead');
    assert.match(
      verdictText(report),
      /no other strategy to compare at 450 examples\. No network beats boosted trees \(boosted-trees\)/,
    );
    assert.doesNotMatch(verdictText(report), /rules/);
    assert.deepEqual(findingsOf(report, false), []);
  });

  it('is shown with its curve and its difference, and changes nothing of the strategies', () => {
    const { arms } = beside(0.99);
    assert.equal(arms.at(-1)?.curve.length, 1);
    assert.equal(arms.at(-1)?.differences.length, 1);
    assert.deepEqual(arms.slice(0, -1), buildReport(run, won, 0).arms);
  });
});

describe('the tasks of multitask training', () => {
  const joint = trials(() => 0.8).map(each =>
    each.spec.arm.strategy === 'multitask'
      ? {
          ...each,
          result: { ...each.result, tasks: { objects: { metric: 'mae', value: 2 + each.spec.seed } } },
        }
      : each,
  );
  const pretrained = [1, 2, 3].map(seed => ({
    spec: { id: `pretrain-s${seed}`, kind: 'pretrain', seed } as PretrainSpec,
    result: { ...joint[0]!.result, tasks: { objects: { metric: 'mae', value: 3 + seed } } },
  }));

  it('are compared with training alone: the target with the control, the others with pre-training', () => {
    const { arms } = buildReport(RUN, joint, 0, pretrained);
    const { tasks, differences } = arms[2]!;
    assert.deepEqual(Object.keys(tasks!), ['pneumonia', 'objects']);
    assert.equal(tasks!['pneumonia']?.gain?.value, differences.at(-1)?.value);
    // Seeds 1 to 3 have both, and an error that is one lower is a gain of one.
    assert.deepEqual(tasks!['objects'], {
      metric: 'mae',
      value: 5,
      alone: 5,
      gain: { value: 1, low: 1, high: 1 },
    });
    assert.equal(arms[1]!.tasks, undefined);
  });

  it('have no gain where nothing tells what they are alone', () => {
    const { tasks } = buildReport(RUN, joint, 0).arms[2]!;
    assert.deepEqual(tasks!['objects'], { metric: 'mae', value: 5 });
  });
});

describe('the report of a pilot with a pipeline', () => {
  const arms: readonly Arm[] = [ARMS[0] as Arm, { id: 'pipeline', strategy: 'pipeline', from: [] }];
  const run = { ...RUN, arms };
  const finished = [
    ...trials((_, n) => SINGLE(n)).filter(({ spec }) => spec.arm.id === 'single-task'),
    ...[1, 2, 3, 4, 5].map(seed => trial(arms[1] as Arm, 450, seed, 0.94, 1)),
  ];

  it('sets the stages beside end-to-end training at every size', () => {
    const report = buildReport(run, finished, 0);
    assert.deepEqual(
      report.arms.map(({ id }) => id),
      ['single-task', 'pipeline', 'end-to-end'],
    );
    assert.equal(report.verdict?.recommendation, 'pipeline');
    assert.equal(report.arms[1]?.curve.length, 3);
    assert.equal(report.arms[1].fit, undefined);
  });

  it('says what the errors of each stage cost, with an interval over seeds', () => {
    const staged = finished.map(each =>
      each.spec.arm.id === 'pipeline'
        ? {
            ...each,
            result: {
              ...each.result,
              stages: [
                {
                  stage: 'audio->phonemes',
                  own: { metric: 'accuracy', value: 0.9 },
                  withTrueOutput: each.result.value + 0.04,
                },
                {
                  stage: 'phonemes->words',
                  withTrueOutput: each.result.value + 0.05 + each.spec.seed / 1000,
                },
              ],
            },
          }
        : each,
    );
    const { stages } = buildReport(run, staged, 0).arms[1]!;
    const [first, second] = stages!.map(({ cost }) => cost!);
    assert.ok(Math.abs(first!.value - 0.04) < 1e-9 && first!.high - first!.low < 1e-9);
    assert.ok(Math.abs(second!.value - 0.013) < 1e-9);
    assert.ok(second!.low < 0.013 && second!.high > 0.013 && second!.low > 0.01);
  });

  it('calls the control end-to-end', () => {
    const worse = finished.map(each =>
      each.spec.arm.id === 'pipeline' ? trial(arms[1] as Arm, 450, each.spec.seed, 0.6, 1) : each,
    );
    const report = buildReport(run, worse, 0);
    assert.equal(report.verdict?.recommendation, 'end-to-end');
    assert.equal(report.verdict.arm, 'single-task');
  });
});
