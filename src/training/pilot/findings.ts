import type { PilotResult, Strategy } from '../../advisor/advice';
import type { PilotReport } from './report';

const STRATEGIES: readonly string[] = [
  'end-to-end',
  'pipeline',
  'single-task',
  'transfer',
  'multitask',
] satisfies Strategy[];

const isStrategy = (name: string): name is Strategy => STRATEGIES.includes(name);

/**
 * What the advisor takes from a pilot: one finding for each of the two decisions that it settles. Where a pipeline
 * lost to a network that is trained end to end by transfer, that is both.
 *
 * @param stale whether the data or the annotations have changed since
 */
export function findingsOf(report: PilotReport, stale: boolean): readonly PilotResult[] {
  const { verdict } = report;
  const arm = report.arms.find(({ id }) => id === verdict?.arm);
  if (!verdict || !arm || !isStrategy(verdict.recommendation)) return [];
  const worth = arm.effectiveExamples?.find(({ n }) => n === verdict.n);
  const isControl = arm.id === 'single-task';
  const common = {
    task: report.task,
    n: verdict.n,
    complete: report.complete,
    ...(worth ? { effectiveExamples: { ...plain(worth), unit: 'examples' as const } } : {}),
    measured: {
      metric: report.metric.name,
      higherIsBetter: report.metric.higherIsBetter,
      n: verdict.n,
      stale,
      run: report.run,
      ...(isControl ? {} : { difference: plain(verdict.difference) }),
      ...(verdict.breakEven ? { breakEven: verdict.breakEven.value } : {}),
    },
  };
  const acceptable = verdict.acceptable.filter(isStrategy);
  const hasPipeline = report.arms.some(({ strategy }) => strategy === 'pipeline');
  const learning: PilotResult = {
    ...common,
    recommendation: isStrategy(arm.strategy) ? arm.strategy : 'single-task',
    acceptable: acceptable.filter(isLearning),
    from: arm.from,
  };
  if (!hasPipeline) return [learning];
  const decomposition: PilotResult = {
    ...common,
    recommendation: arm.strategy === 'pipeline' ? 'pipeline' : 'end-to-end',
    acceptable: [
      ...new Set(acceptable.map((each): Strategy => (each === 'pipeline' ? 'pipeline' : 'end-to-end'))),
    ],
    from: [],
  };
  return arm.strategy === 'pipeline' ? [decomposition] : [decomposition, learning];
}

function isLearning(strategy: Strategy): boolean {
  return strategy !== 'pipeline' && strategy !== 'end-to-end';
}

function plain({ value, low, high }: { value: number; low: number; high: number }): {
  value: number;
  low: number;
  high: number;
} {
  return { value, low, high };
}
