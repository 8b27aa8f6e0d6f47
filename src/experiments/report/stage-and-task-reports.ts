import type { MetricSpec, TrialResult } from '../../protocol/job-files';
import { isHigherBetter } from '../plan/task-metric';
import { estimate, interval } from '../statistics/significance';
import { type ArmResults, type FinishedPretraining, type FinishedTrial, meanOf } from './arm-results';
import type { ArmReport, Interval, StageReport, TaskReport } from '../../protocol/pilot-report';
import { entryOf } from '../../common/named-entries';

/** The mean over seeds with its interval, which knows of the seeds alone. */
function overSeeds(values: readonly number[]): Interval {
  return interval(
    estimate(
      values.map(value => ({ value })),
      [],
    ),
  );
}

/** The stages' figures over seeds, and what each costs the pipeline. */
export function stageReports(
  results: readonly TrialResult[],
  { higherIsBetter }: MetricSpec,
): Pick<ArmReport, 'stages'> {
  const names = [...new Set(results.flatMap(({ stages }) => stages?.map(({ stage }) => stage) ?? []))];
  if (names.length === 0) return {};
  const costs = results.map(result => costsOf(result, higherIsBetter ? 1 : -1));
  const stages = names.map((stage): StageReport => {
    const own = results.flatMap(result => result.stages?.filter(each => each.stage === stage) ?? []);
    const [metric] = own.flatMap(each => each.own?.metric ?? []);
    const values = own.flatMap(each => each.own?.value ?? []);
    const withTrue = own.flatMap(each => each.withTrueOutput ?? []);
    const cost = costs.flatMap(each => each.get(stage) ?? []);
    return {
      stage,
      ...(metric === undefined ? {} : { own: { metric, value: meanOf(values) } }),
      ...(withTrue.length === 0 ? {} : { withTrueOutput: meanOf(withTrue) }),
      ...(cost.length === 0 ? {} : { cost: overSeeds(cost) }),
    };
  });
  return { stages };
}

/** What each stage of one trial costs: what is gained when it, too, gives true output. */
function costsOf({ value, stages = [] }: TrialResult, sign: number): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  let before = value;
  for (const { stage, withTrueOutput } of stages) {
    if (withTrueOutput === undefined) continue;
    costs.set(stage, sign * (withTrueOutput - before));
    before = withTrueOutput;
  }
  return costs;
}

/** What the tasks of multitask training are compared with. */
export interface SeparateBaselines {
  readonly target: string;
  readonly metric: MetricSpec;
  readonly control: ArmResults | undefined;
  /** Of the arm to the control, by size. */
  readonly differences: ArmReport['differences'];
  readonly pretrained: readonly FinishedPretraining[];
}

/** What training together did to the target, and to each task that was trained along. */
export function taskReports(data: ArmResults, alone: SeparateBaselines): Pick<ArmReport, 'tasks'> {
  const [n, trials] = [...data.trials].at(-1) ?? [];
  const results = [...(trials?.values() ?? [])];
  const names = new Set(results.flatMap(({ result }) => Object.keys(result.tasks ?? {})));
  if (n === undefined || names.size === 0) return {};
  const others = [...names].map(name => [name, otherTask(name, results, alone.pretrained)] as const);
  return { tasks: Object.fromEntries([[alone.target, targetTask(n, results, alone)], ...others]) };
}

function targetTask(
  n: number,
  results: readonly FinishedTrial[],
  { metric, control, differences }: SeparateBaselines,
): TaskReport {
  const difference = differences.find(each => each.n === n);
  const own = control?.trials.get(n);
  const alone = own && meanOf([...own.values()].map(({ result }) => result.value));
  return {
    metric: metric.name,
    value: meanOf(results.map(({ result }) => result.value)),
    ...(alone === undefined ? {} : { alone }),
    ...(difference ? { gain: betterFrom(difference, metric.higherIsBetter) } : {}),
  };
}

/** Pre-training has learned the sources without the target: seed by seed, that is what another task is compared with. */
function otherTask(
  name: string,
  results: readonly FinishedTrial[],
  pretrained: readonly FinishedPretraining[],
): TaskReport {
  const together = results.flatMap(({ spec, result }) => {
    const found = entryOf(result.tasks, name);
    return found ? [{ seed: spec.seed, ...found }] : [];
  });
  const metric = together[0]?.metric ?? '';
  const pairs = together.flatMap(({ seed, value }) => {
    const alone = entryOf(pretrained.find(({ spec }) => spec.seed === seed)?.result.tasks, name);
    return alone?.metric === metric ? [{ value, alone: alone.value }] : [];
  });
  return {
    metric,
    value: meanOf(together.map(({ value }) => value)),
    ...(pairs.length === 0
      ? {}
      : {
          alone: meanOf(pairs.map(({ alone }) => alone)),
          gain: betterFrom(overSeeds(pairs.map(({ value, alone }) => value - alone)), isHigherBetter(metric)),
        }),
  };
}

/** A difference as what is gained by it. */
function betterFrom({ value, low, high }: Interval, higherIsBetter: boolean): Interval {
  return higherIsBetter ? { value, low, high } : { value: -value, low: -high, high: -low };
}
