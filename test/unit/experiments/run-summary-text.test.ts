import assert from 'node:assert/strict';
import type { PilotReport, Verdict } from '../../../src/protocol/pilot-report';
import { verdictText } from '../../../src/experiments/report/run-summary-text';
import { REPORT, arm } from '../ui/sample-report';

type Difference = PilotReport['arms'][number]['differences'][number];

/** Single-task training is recommended, and transfer is not ruled out; the margin is one point. */
function closeReport(differences: readonly Difference[], higherIsBetter = true): PilotReport {
  const verdict: Verdict = {
    recommendation: 'single-task',
    arm: 'single-task',
    acceptable: ['single-task', 'transfer'],
    n: 160,
    difference: { value: 0, low: 0, high: 0, against: 'single-task' },
    rules: { recommendation: 'transfer', agrees: true },
  };
  return {
    ...REPORT,
    metric: { ...REPORT.metric, higherIsBetter },
    arms: [
      arm('single-task', [0.4, 0.5, 0.6]),
      ...differences.map(each => arm('transfer-full', [0.4, 0.5, 0.6], { differences: [each] })),
    ],
    verdict,
  };
}

const within: Difference = { n: 160, value: 0.001, low: -0.004, high: 0.006, p: 0.8 };
const wide: Difference = { n: 160, value: 0.002, low: -0.05, high: 0.06, p: 0.9 };
const worse: Difference = { n: 160, value: -0.02, low: -0.09, high: 0.05, p: 0.5 };

describe('the verdict in words', () => {
  it('is a tie where the difference is shown to be within the margin', () => {
    assert.equal(
      verdictText(closeReport([within])),
      'animal: tie at 160 examples between single-task training and transfer learning; single-task training is the cheapest. The rules recommend transfer learning, which is not ruled out.',
    );
  });

  it('is undecided where the interval is wider than the margin, or was not measured', () => {
    for (const differences of [[wide], []])
      assert.match(
        verdictText(closeReport(differences)),
        /^animal: undecided at 160 examples between single-task training and transfer learning;/,
      );
  });

  it('looks at the best arm of a strategy, whichever way the metric points', () => {
    assert.match(verdictText(closeReport([worse, within])), /: tie at/);
    assert.match(verdictText(closeReport([worse, within], false)), /: undecided at/);
  });

  it('says where a simple model does as well, or better', () => {
    const text = (standing: 'level' | 'ahead'): string =>
      verdictText({
        ...REPORT,
        verdict: {
          ...REPORT.verdict!,
          simple: { arm: 'baseline-linear', standing, value: 0.02, low: -0.01, high: 0.05 },
        },
      });
    assert.match(
      text('level'),
      /linear model \(baseline-linear\) is not shown to be worse: \+2\.0 points \[/,
    );
    assert.match(
      text('ahead'),
      /linear model \(baseline-linear\) is better: \+2\.0 points \[.*Consider it first/,
    );
  });

  it('says what the winner gains, what is undecided, and that a verdict is preliminary', () => {
    const verdict = { ...REPORT.verdict!, acceptable: ['transfer', 'multitask'] };
    const text = verdictText({ ...REPORT, verdict, complete: false });
    assert.equal(
      text,
      'animal: transfer learning (transfer-full), +5.0 points [1.0, 9.0] over single-task training at 160 examples. ' +
        'Undecided between transfer learning and multitask learning. ' +
        'Equivalent to about 120 additional labelled examples (40 to 300). Break-even at about 2,100 examples. ' +
        'This agrees with the rules. Preliminary verdict: some trials have not finished.',
    );
  });
});
