import type { ArmReport, PilotReport } from '../../../src/protocol/pilot-report';

/** An arm that was measured at 10, 40 and 160 examples. */
export function arm(id: string, means: readonly number[], more: Partial<ArmReport> = {}): ArmReport {
  return {
    id,
    strategy: id.split('-')[0] === 'single' ? 'single-task' : (id.split('-')[0] ?? id),
    from: [],
    curve: means.map((mean, i) => ({
      n: 10 * 4 ** i,
      mean,
      low: mean - 0.02,
      high: mean + 0.02,
      seeds: [mean],
    })),
    differences: [],
    seconds: 1,
    ...more,
  };
}

/** Transfer that wins by five points. */
export const REPORT: PilotReport = {
  version: 1,
  run: '20260101-pilot-t-0001',
  task: 'animal',
  metric: { name: 'balanced-accuracy', higherIsBetter: true },
  arms: [
    arm('single-task', [0.4, 0.5, 0.6]),
    arm('transfer-full', [0.5, 0.6, 0.65], {
      variant: 'full',
      differences: [{ n: 160, value: 0.05, low: 0.01, high: 0.09, p: 0.01, seeds: 5, outcome: 'better' }],
      effectiveExamples: [{ n: 160, value: 120, low: 40, high: 300 }],
      breakEven: { value: 2100, low: 900, high: 5000 },
      fit: {
        kind: 'power-law',
        a: 0.8,
        b: -1,
        c: 0.5,
        points: [
          { n: 10, value: 0.5, low: 0.4, high: 0.6, extrapolated: false },
          { n: 160, value: 0.65, low: 0.6, high: 0.7, extrapolated: false },
          { n: 640, value: 0.7, low: 0.6, high: 0.8, extrapolated: true },
        ],
        heldOut: { n: 160, predicted: 0.66, measured: 0.65 },
      },
    }),
  ],
  verdict: {
    outcome: 'better',
    recommendation: 'transfer',
    arm: 'transfer-full',
    acceptable: ['transfer'],
    n: 160,
    difference: { value: 0.05, low: 0.01, high: 0.09, against: 'single-task' },
    breakEven: { value: 2100, low: 900, high: 5000 },
    rules: { recommendation: 'transfer', agrees: true, standing: 'agrees' },
  },
  complete: true,
  warnings: [],
  margin: 0.01,
  available: 160,
  tested: 400,
  chance: 0.25,
  conditions: [
    {
      id: 'transfer/same-input',
      status: 'met',
      statement: 'The inputs are alike.',
      evidence: [],
      source: 'Ng, 2018',
    },
  ],
};
