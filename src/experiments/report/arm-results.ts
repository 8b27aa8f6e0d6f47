import type { Arm, MetricSpec, PretrainSpec, TrialResult, TrialSpec } from '../../protocol/job-files';
import { METRICS, type Resamples, scorer } from '../../training/metrics';
import { dependsOnSize } from '../plan/eligible-strategies';
import type { SizeResults } from '../statistics/data-size-curve';
import { seedSpread } from '../statistics/seed-spread';
import {
  type Estimate,
  type EstimateOptions,
  type SeedResult,
  type SeedSpread,
  estimate,
} from '../statistics/significance';

/** A trial that has finished. */
export interface FinishedTrial {
  readonly spec: TrialSpec;
  readonly result: TrialResult;
  /** What it started from, where that was trained for it: it is part of what the arm costs. */
  readonly pretraining?: readonly FinishedPretraining[];
}

/** A pre-training that has finished. */
export interface FinishedPretraining {
  readonly spec: PretrainSpec;
  readonly result: TrialResult;
}

/** Seconds of a trial with all that it needed to be trained before. */
export function secondsOf({ result, pretraining = [] }: FinishedTrial): number {
  return pretraining.reduce((sum, each) => sum + each.result.seconds, result.seconds);
}

/** Steps that a candidate may be trained for, and those that the chosen one was, over all phases of an arm. */
export function stepsOf({ spec, result, pretraining = [] }: FinishedTrial): {
  readonly budget: number;
  readonly used: number;
} {
  const jobs = [{ spec, result }, ...pretraining];
  // A pipeline's stages have budgets of their own.
  const own = spec.pipeline
    ? spec.pipeline.stages.reduce((sum, { settings }) => sum + (settings?.maxSteps ?? 0), 0)
    : spec.settings.maxSteps;
  return {
    budget: pretraining.reduce((sum, each) => sum + each.spec.settings.maxSteps, own),
    used: jobs.reduce((sum, each) => sum + (each.result.trained?.steps ?? 0), 0),
  };
}

/** An arm and its finished trials, by size, then by seed. */
export interface ArmResults {
  readonly arm: Arm;
  readonly trials: ReadonlyMap<number, ReadonlyMap<number, FinishedTrial>>;
}

/** How a report reads trials: the draws of the test split that all comparisons share, and prepared metrics. */
export interface TrialScoring {
  readonly resamples: Resamples;
  /** Labelled examples that all sizes are taken from. */
  readonly available: number;
  readonly score: (trial: FinishedTrial) => SeedResult;
  /** How far the differences of two seeds are apart at a size, as all arms tell it. */
  readonly spreadAt?: (n: number) => SeedSpread;
  /** Where each seed has a separate test split: its draws, and its size as a share of the training examples. */
  readonly apart?: {
    readonly ofFold: (fold: number) => Resamples;
    readonly ratioAt: (n: number) => number;
  };
  /** The smallest step of the metric on these test examples. */
  readonly resolution?: number;
  /** Comparisons that have been made: each is asked for several times, and takes a thousand draws. */
  readonly compared?: Map<string, Estimate>;
}

export function armResults(
  arm: Arm,
  sizes: readonly number[],
  finished: readonly FinishedTrial[],
): ArmResults {
  const own = finished.filter(({ spec }) => spec.arm.id === arm.id).sort((a, b) => a.spec.seed - b.spec.seed);
  const at = (n: number): ReadonlyMap<number, FinishedTrial> =>
    new Map(
      own
        // A pipeline does not learn from the whole's data: its one result stands at every size.
        .filter(({ spec }) => !dependsOnSize(arm) || spec.n === n)
        .map(trial => [trial.spec.seed, trial]),
    );
  return { arm, trials: new Map(sizes.map(n => [n, at(n)] as const).filter(([, seeds]) => seeds.size > 0)) };
}

/** Prepares each trial's predictions once, however many comparisons it is in. */
export function createTrialScorer({ name }: MetricSpec): TrialScoring['score'] {
  const known = new Map<string, SeedResult>();
  return ({ spec, result }) => {
    const before = known.get(spec.id);
    if (before) return before;
    const metric = Object.values(METRICS)
      .flat()
      .find(each => each === name);
    const score = metric && result.test ? scorer(result.test, metric) : undefined;
    const made = { value: result.value, ...(score ? { score } : {}) };
    known.set(spec.id, made);
    return made;
  };
}

/** The seeds at a size that two arms have both finished. */
export function sharedSeeds(one: ArmResults, other: ArmResults, n: number): readonly number[] {
  const theirs = other.trials.get(n);
  return [...(one.trials.get(n)?.keys() ?? [])].filter(seed => theirs?.has(seed) === true);
}

/** An arm's metric less another's, on the seeds and test examples that both have. */
export function pairedEstimate(
  one: ArmResults,
  other: ArmResults,
  n: number,
  reading: TrialScoring,
): Estimate | undefined {
  const seeds = sharedSeeds(one, other, n);
  if (seeds.length === 0) return undefined;
  const key = `${one.arm.id} ${other.arm.id} ${n}`;
  const before = reading.compared?.get(key);
  if (before) return before;
  const pick = ({ trials }: ArmResults): FinishedTrial[] =>
    seeds.flatMap(seed => trials.get(n)?.get(seed) ?? []);
  const own = pick(one);
  const made = estimate(own.map(reading.score), reading.resamples, pick(other).map(reading.score), {
    ...readingAt(own, n, reading),
    ...(reading.resolution === undefined ? {} : { floor: reading.resolution }),
  });
  reading.compared?.set(key, made);
  return made;
}

/** An arm's own metric at a size; two arms vary twice as much as one. */
export function levelEstimate(seeds: Iterable<FinishedTrial>, n: number, reading: TrialScoring): Estimate {
  const trials = [...seeds];
  const { spread, ...options } = readingAt(trials, n, reading);
  return estimate(trials.map(reading.score), reading.resamples, undefined, {
    ...options,
    ...(spread ? { spread: { ...spread, variance: spread.variance / 2 } } : {}),
  });
}

/** Seeds share the more of their training examples the more of all they use. */
function readingAt(
  trials: readonly FinishedTrial[],
  n: number,
  { available, spreadAt, apart }: TrialScoring,
): EstimateOptions {
  const overlap = Math.min(1, n / Math.max(1, available));
  return {
    overlap,
    ...(spreadAt ? { spread: spreadAt(n) } : {}),
    ...(apart
      ? {
          apart: {
            resamples: trials.map(({ spec }) => apart.ofFold(spec.fold ?? 0)),
            ratio: apart.ratioAt(n),
          },
        }
      : {}),
  };
}

/** How far the seeds of all comparisons with the control are apart. */
export function spreadOf(
  arms: readonly ArmResults[],
  control: ArmResults,
  stated: number,
): (n: number) => SeedSpread {
  const compared = arms.filter(({ arm }) => arm.strategy !== 'baseline' && arm.id !== control.arm.id);
  const differences = compared.flatMap(data =>
    [...data.trials].map(([n, trials]) => ({
      n,
      seeds: sharedSeeds(data, control, n).map(
        seed => (trials.get(seed)?.result.value ?? 0) - (control.trials.get(n)?.get(seed)?.result.value ?? 0),
      ),
    })),
  );
  return seedSpread(differences, stated);
}

/** The points of an arm's data-size curve. */
export function pointsOf({ trials }: ArmResults): readonly SizeResults[] {
  return [...trials].map(([n, seeds]) => ({
    n,
    seeds: [...seeds.values()].map(({ result }) => result.value),
  }));
}

/** The trials of an arm at its largest size. */
export function largestTrials({ trials }: ArmResults): readonly FinishedTrial[] {
  return [...([...trials.values()].at(-1)?.values() ?? [])];
}

/** The results of an arm at its largest size. */
export function largestResults(data: ArmResults): readonly TrialResult[] {
  return largestTrials(data).map(({ result }) => result);
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
