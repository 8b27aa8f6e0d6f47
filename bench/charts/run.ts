// A pilot of the size that the charts are made for, and the points that its last trials go on to give.
import type { HandedDelta, HandedRun } from './page';

export const TRIALS = 300;
export const POINTS = 500;

const [SIZES, SEEDS, LIVE] = [6, 10, 4];

const ARMS = [
  { arm: 'single-task', strategy: 'single-task' },
  { arm: 'transfer-head', strategy: 'transfer', variant: 'head' },
  { arm: 'transfer-full', strategy: 'transfer', variant: 'full' },
  { arm: 'multitask-joint', strategy: 'multitask', variant: 'joint' },
  { arm: 'pipeline', strategy: 'pipeline' },
];

export function wholeRun(): HandedRun {
  const heads = Array.from({ length: SIZES }, (_, size) =>
    Array.from({ length: SEEDS }, (__, seed) =>
      ARMS.map(arm => {
        const n = 50 * 2 ** size;
        return { id: `${arm.arm}-n${n}-s${seed}`, ...arm, n, seed };
      }),
    ),
  ).flat(2);
  return {
    facts: {
      ...{ id: 'bench', kind: 'pilot', task: 'bench', started: '2026-01-01T00:00:00Z', available: 5000 },
      metric: { name: 'accuracy', higherIsBetter: true },
      warnings: [],
    },
    status: { state: 'running', finished: TRIALS - LIVE, failed: 0, total: TRIALS },
    trials: heads.map((head, i) => ({
      id: head.id,
      head,
      status: i >= TRIALS - LIVE ? 'running' : 'finished',
      stretches: [{ phase: 'train', learningRate: 0.01, candidate: 0 }],
      points: { from: 0, count: POINTS, seed: i },
    })),
  };
}

/** Points of the trials that go on, from the `step`th that they give together. */
export function growth({ trials, status }: HandedRun, step: number, count: number): HandedDelta {
  const live = trials.slice(-LIVE);
  return {
    status,
    trials: Array.from({ length: count }, (_, i) => ({
      id: live[(step + i) % LIVE]?.id ?? '',
      status: 'running',
      points: { from: POINTS + Math.floor((step + i) / LIVE), count: 1, seed: i },
    })),
  };
}
