import assert from 'node:assert/strict';
import type { PilotReport, Verdict } from '../../../src/protocol/pilot-report';
import { shortVerdict, verdictText } from '../../../src/experiments/report/run-summary-text';
import { REPORT, arm } from '../ui/sample-report';

type Difference = PilotReport['arms'][number]['differences'][number];

const OPEN: Difference = {
  n: 160,
  value: 0.02,
  low: -0.05,
  high: 0.09,
  p: 0.9,
  seeds: 3,
  outcome: 'undecided',
};

/** Nothing is recommended; transfer is ahead by two points. */
function openReport(more: Partial<Verdict> = {}): PilotReport {
  return {
    ...REPORT,
    arms: [
      arm('single-task', [0.4, 0.5, 0.6]),
      arm('transfer-full', [0.4, 0.5, 0.6], { differences: [OPEN] }),
    ],
    verdict: {
      outcome: 'undecided',
      acceptable: ['single-task', 'transfer'],
      n: 160,
      difference: { value: 0.02, low: -0.05, high: 0.09, against: 'single-task', arm: 'transfer-full' },
      needs: { testExamples: 4321, seeds: 12 },
      rules: { recommendation: 'transfer', agrees: false, standing: 'open' },
      ...more,
    },
  };
}

const TIE: Verdict = {
  outcome: 'tie',
  recommendation: 'single-task',
  arm: 'single-task',
  acceptable: ['single-task', 'transfer'],
  n: 160,
  difference: { value: 0, low: 0, high: 0, against: 'single-task' },
  rules: { recommendation: 'transfer', agrees: false, standing: 'compatible' },
};

describe('the verdict in words', () => {
  it('is a tie where no strategy gains more than the margin', () => {
    assert.equal(
      verdictText({ ...REPORT, margin: 0.03, verdict: TIE }),
      'animal: tie at 160 examples. No strategy gains more than 3 points; single-task training is the cheapest. The rules recommend transfer learning, which is compatible with this tie.',
    );
    assert.match(
      verdictText({ ...REPORT, verdict: { ...TIE, limit: 'saturated' } }),
      /nearly perfect on the test examples, which therefore cannot tell/,
    );
  });

  it('recommends nothing where it is undecided, and says what would decide', () => {
    assert.equal(
      verdictText(openReport()),
      'animal: undecided at 160 examples. transfer-full is ahead of single-task training: +2.0 points [-5.0, 9.0]. ' +
        'If this is the true difference, about 4,300 test examples (now 400) or 12 seeds (now 3) would decide. ' +
        'The rules recommend transfer learning, which is not ruled out.',
    );
    assert.match(verdictText(openReport({ needs: { seeds: 9 } })), /about 9 seeds \(now 3\) would decide/);
    assert.match(verdictText(openReport({ needs: {} })), /neither more seeds nor 20 times the test examples/);
    assert.match(
      verdictText(openReport({ limit: 'one-seed' })),
      /trained once, which decides nothing: use at least two seeds\./,
    );
    const goesOn = verdictText({ ...openReport({ limit: 'one-seed' }), complete: false });
    assert.match(goesOn, /trained once so far, which decides nothing\./);
    assert.doesNotMatch(goesOn, /use at least two seeds/);
    assert.match(verdictText(openReport({ limit: 'chance' })), /better than chance \(25\.0 %\)/);
    assert.equal(shortVerdict(openReport().verdict!), 'undecided');
  });

  it('says at which smaller size an arm is better', () => {
    const below = { n: 40, arm: 'transfer-full', value: 0.1, low: 0.05, high: 0.15 };
    assert.match(
      verdictText({ ...REPORT, verdict: { ...TIE, below } }),
      /At 40 examples, transfer-full is better: \+10\.0 points \[5\.0, 15\.0\]\./,
    );
  });

  it('marks what an earlier version recommended', () => {
    const { outcome: _, ...earlier } = TIE;
    assert.match(
      verdictText({ ...REPORT, verdict: earlier }),
      /^animal: an earlier version recommended single-task training at 160 examples/,
    );
    assert.equal(shortVerdict(earlier), 'single-task training (earlier version)');
  });

  it('is no tie in a list where there was nothing to compare with, and names a better baseline', () => {
    const alone: Verdict = { ...TIE, acceptable: ['single-task'] };
    assert.equal(shortVerdict(TIE), 'single-task training (tie)');
    assert.equal(shortVerdict(alone), 'single-task training (nothing to compare with)');
    const simple = { arm: 'baseline-linear', value: 0.1, low: 0.05, high: 0.15 };
    assert.equal(
      shortVerdict({ ...alone, simple: { ...simple, standing: 'ahead' } }),
      'single-task training (baseline-linear is better)',
    );
    assert.equal(
      shortVerdict({ ...TIE, simple: { ...simple, standing: 'level' } }),
      'single-task training (tie)',
    );
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
      'animal: transfer learning (transfer-full) is better than single-task training at 160 examples: +5.0 points [1.0, 9.0]. ' +
        'Undecided between transfer learning and multitask learning. ' +
        'Equivalent to about 120 additional labelled examples (40 to 300). Break-even at about 2,100 examples. ' +
        'This agrees with the rules. Preliminary verdict: some trials have not finished.',
    );
  });
});
