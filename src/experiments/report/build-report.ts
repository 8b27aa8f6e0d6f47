import type { AdviseOutput } from '../../protocol/advise-schema';
import type { Arm, MetricSpec, Predictions } from '../../protocol/job-files';
import type { PilotDecision } from '../../protocol/project-file';
import type { RaceLook } from '../../protocol/race-file';
import { isAtLargest, isRace, openJobs } from '../race/open-trials';
import { plannedJob } from '../race/planned-jobs';
import { idealOf, marginOf, resolutionOf, smallDifference } from '../plan/task-metric';
import { chanceLevel } from '../statistics/chance-level';
import { judge } from '../statistics/outcomes';
import type { Estimate } from '../statistics/significance';
import { METRICS, RESAMPLES, type Resamples, drawResamples } from '../../training/metrics';
import { METHOD, type RunSnapshot } from '../../protocol/run-files';
import { REPORT_SEED, armReport } from './arm-report';
import {
  type ArmResults,
  type FinishedPretraining,
  type FinishedTrial,
  type TrialScoring,
  armResults,
  createTrialScorer,
  largestResults,
  meanOf,
  pairedEstimate,
  spreadOf,
} from './arm-results';
import type { ArmReport, DatasetInputs, Doubt, PilotReport, Verdict } from '../../protocol/pilot-report';
import { fairnessWarnings } from './fairness';
import { type Standing, standingOf } from './race-standing';
import { decide } from './verdict';
import {
  armsStillImproving,
  armsWithOtherInputs,
  comparedBelowAvailable,
  fewTestGroups,
  intervalsTooNarrow,
  noFinishedTrial,
  olderMethod,
  verdictFromFewSeeds,
  verdictFromOneSeed,
} from '../../messages/pilot-messages';

/** What a report is about: the plan of its run. */
export interface ReportedRun {
  readonly id: string;
  readonly task: string;
  readonly metric: MetricSpec;
  readonly arms: readonly Arm[];
  readonly sizes: readonly number[];
  readonly available: number;
  readonly rules: AdviseOutput;
  readonly warnings: readonly string[];
  readonly doubts?: readonly Doubt[] | undefined;
  readonly inputs?: readonly DatasetInputs[] | undefined;
  readonly decision?: PilotDecision | undefined;
  /** The method that its trials were run by; absent of version 0.1. */
  readonly method?: number | undefined;
  /** What a race has decided so far; absent of a run that is none. */
  readonly looks?: readonly RaceLook[] | undefined;
}

/**
 * The report of what has finished so far: curves, paired differences, what each arm is worth in examples, and the
 * verdict at the largest size that single-task training and the other arms share.
 *
 * @param missing how many of the planned trials have not finished
 * @param pretrained the pre-trainings of the sources, which tell what their tasks are without the target
 */
export function buildReport(
  run: ReportedRun,
  finished: readonly FinishedTrial[],
  missing: number,
  pretrained: readonly FinishedPretraining[] = [],
): PilotReport {
  const { metric, rules, task, decision = {} } = run;
  const { data, control, others, sample, resamples, tested, margin, unit, reading } = readPilot(
    run,
    finished,
  );
  const name = Object.values(METRICS)
    .flat()
    .find(each => each === metric.name);
  const chance = name && sample ? chanceLevel(sample, name) : undefined;
  const arms = judged(
    data.map(each => armReport(each, control, metric, margin, reading, { target: task, pretrained }, chance)),
    metric,
    margin,
    (id, n) => {
      const own = data.find(({ arm }) => arm.id === id);
      return own && control && pairedEstimate(own, control, n, reading);
    },
    (id, n) => (n === run.sizes.at(-1) ? standingOf(id, run.looks) : {}),
  );
  const verdict = decide(
    data,
    arms,
    {
      ...{
        task,
        metric,
        margin,
        rules,
        costs: decision.costs,
        gainUnit: unit,
        chance,
        ideal: idealOf(metric),
      },
      standingOf: id => standingOf(id, run.looks),
    },
    reading,
  );
  const breakEven = arms.find(({ id }) => id === verdict?.arm)?.breakEven;
  const advice = rules.advice.filter(each => each.stage === undefined);
  return {
    version: 1,
    run: run.id,
    task,
    metric: { name: metric.name, higherIsBetter: metric.higherIsBetter },
    arms: [...arms, ...endToEnd(arms)],
    ...(verdict ? { verdict: { ...verdict, ...(breakEven ? { breakEven } : {}) } } : {}),
    complete: missing === 0,
    warnings: [
      ...((run.method ?? 1) < METHOD ? [olderMethod()] : []),
      ...run.warnings,
      ...(others.length > 0 ? [armsWithOtherInputs(others.join(', '))] : []),
      ...fairnessWarnings(run, finished),
      ...stillImproving(arms),
      ...fewGroups(resamples.groups),
      ...warningsOf(data, verdict, run, tested),
    ],
    ...(run.doubts ? { doubts: run.doubts } : {}),
    ...(run.inputs ? { inputs: run.inputs } : {}),
    margin,
    available: run.available,
    ...(run.looks && run.looks.length > 0 ? { looks: run.looks } : {}),
    ...(tested > 0 ? { tested } : {}),
    ...(chance === undefined ? {} : { chance }),
    conditions: advice.flatMap(({ conditions }) => conditions),
  };
}

/** Finished trials, ready to be compared. */
export interface PilotReading {
  readonly data: readonly ArmResults[];
  readonly control: ArmResults | undefined;
  /** The arms whose trials may not be compared. */
  readonly others: readonly string[];
  readonly sample: Predictions | undefined;
  readonly resamples: Resamples;
  readonly tested: number;
  readonly margin: number;
  /** A small difference. */
  readonly unit: number;
  readonly reading: TrialScoring;
}

/** Reads what has finished: by arm, size and seed, with what all comparisons share. */
export function readPilot(run: ReportedRun, finished: readonly FinishedTrial[]): PilotReading {
  const { metric, decision = {} } = run;
  const { alike, others } = withEqualInputs(finished);
  const data = run.arms.map(arm => armResults(arm, run.sizes, alike));
  const control = data.find(({ arm }) => arm.strategy === 'single-task');
  const sample = alike.find(({ result }) => result.test)?.result.test;
  const resamples = drawResamples(sample?.labels.length ?? 0, REPORT_SEED, RESAMPLES, sample?.groups);
  const folds = foldsOf(alike);
  const tested = folds.size > 1 ? sumOf(folds) : (sample?.labels.length ?? 0);
  const reached = control ? meanOf(largestResults(control).map(({ value }) => value)) : 1;
  const margin = marginOf(metric, reached, decision.tieMargin);
  const unit = smallDifference(metric, reached);
  // Which trials of the curve have finished must not change what a race has decided.
  const spreading = run.looks ? data.map(each => atLargest(each, run.sizes)) : data;
  const reading: TrialScoring = {
    resamples,
    available: run.available,
    score: createTrialScorer(metric),
    resolution: resolutionOf(metric, tested),
    compared: new Map(),
    ...(folds.size > 1 ? { apart: apartFrom(folds, run.available) } : {}),
    ...(control ? { spreadAt: spreadOf(spreading, control, STATED_SPREAD * unit) } : {}),
  };
  return { data, control, others, sample, resamples, tested, margin, unit, reading };
}

function atLargest({ arm, trials }: ArmResults, sizes: readonly number[]): ArmResults {
  return { arm, trials: new Map([...trials].filter(([n]) => n === sizes.at(-1))) };
}

/**
 * The trials whose inputs and test labels are those of the control: any other would be compared on something else. A
 * saved model takes images at its own size, and a pipeline or a program has inputs of its own, but the same test labels.
 */
function withEqualInputs(finished: readonly FinishedTrial[]): {
  readonly alike: readonly FinishedTrial[];
  readonly others: readonly string[];
} {
  const controls = new Map<number, string | undefined>();
  for (const { spec, result } of finished)
    if (spec.arm.strategy === 'single-task' && !controls.has(spec.fold ?? 0))
      controls.set(spec.fold ?? 0, result.inputs);
  const keyOf = ({ fold, seed, n }: FinishedTrial['spec']): string => [fold ?? 0, seed, n].join(' ');
  const tests = new Map<string, Predictions>();
  for (const { spec, result } of finished)
    if (spec.arm.strategy === 'single-task' && result.test) tests.set(keyOf(spec), result.test);
  const isOther = ({ spec, result }: FinishedTrial): boolean => {
    const tested = tests.get(keyOf(spec));
    if (result.inputs === undefined && tested && result.test) return !sameLabels(tested, result.test);
    const control = controls.get(spec.fold ?? 0);
    return (
      spec.pretrained === undefined &&
      control !== undefined &&
      result.inputs !== undefined &&
      result.inputs !== control
    );
  };
  return {
    alike: finished.filter(trial => !isOther(trial)),
    others: [...new Set(finished.filter(isOther).map(({ spec }) => spec.arm.id))],
  };
}

/** Numbers may have been standardised and brought back by each arm. */
const ROUNDING = 1e-4;

/** Whether predictions are of the same examples in the same order, as far as their labels tell. */
function sameLabels(one: Predictions, other: Predictions): boolean {
  const isNumber = one.kind === 'values' && other.kind === 'values';
  return (
    one.labels.length === other.labels.length &&
    one.labels.every((label, i) => {
      const its = other.labels[i] ?? NaN;
      return isNumber ? Math.abs(label - its) <= ROUNDING * Math.max(1, Math.abs(label)) : label === its;
    })
  );
}

/** The test examples of each fold, where each seed has a test split of its own; known predictions only. */
function foldsOf(finished: readonly FinishedTrial[]): ReadonlyMap<number, number> {
  const folds = new Map<number, number>();
  for (const { spec, result } of finished)
    if (spec.fold !== undefined && result.test) folds.set(spec.fold, result.test.labels.length);
  return folds;
}

const sumOf = (counts: ReadonlyMap<number, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** Each fold has draws of its own, the same for all arms. */
function apartFrom(
  folds: ReadonlyMap<number, number>,
  available: number,
): NonNullable<TrialScoring['apart']> {
  const drawn = new Map<number, Resamples>();
  const each = sumOf(folds) / folds.size;
  return {
    ofFold(fold) {
      const known = drawn.get(fold) ?? drawResamples(folds.get(fold) ?? 0, REPORT_SEED + fold, RESAMPLES);
      drawn.set(fold, known);
      return known;
    },
    // A smaller size is drawn from all that the split leaves, which is what seeds share.
    ratioAt: n => each / Math.max(1, n, available),
  };
}

/** Fewer groups than this tell little of how much groups differ. */
const FEWEST_GROUPS = 6;

function fewGroups(groups: number | undefined): readonly string[] {
  return groups === undefined || groups >= FEWEST_GROUPS
    ? []
    : [fewTestGroups({ groups, recommended: FEWEST_GROUPS })];
}

/** Arms that might have come out better with more steps: a difference to them says less. */
function stillImproving(arms: readonly ArmReport[]): readonly string[] {
  const names = arms.filter(({ steps }) => steps?.improving === true).map(({ id }) => id);
  return names.length === 0 ? [] : [armsStillImproving(names.join(', '))];
}

/** Single-task training on the whole mapping is what end-to-end means where a pipeline is declared. */
function endToEnd(arms: readonly ArmReport[]): ArmReport[] {
  const control = arms.find(({ strategy }) => strategy === 'single-task');
  return control && arms.some(({ strategy }) => strategy === 'pipeline')
    ? [{ ...control, id: 'end-to-end', strategy: 'end-to-end' }]
    : [];
}

/** At each size all arms are judged together. */
function judged(
  arms: readonly ArmReport[],
  { higherIsBetter }: MetricSpec,
  margin: number,
  differenceOf: (id: string, n: number) => Estimate | undefined,
  standingAt: (id: string, n: number) => Standing,
): readonly ArmReport[] {
  const sizes = new Set(arms.flatMap(({ differences }) => differences.map(({ n }) => n)));
  const bySize = new Map(
    [...sizes].map(n => {
      const compared = arms.flatMap(({ id, strategy, differences }) => {
        const at = differences.find(each => each.n === n);
        // Whether a simple model differs is a question of its own.
        const found = strategy === 'baseline' || !at ? undefined : differenceOf(id, n);
        if (!found) return [];
        const gain = { ...found, value: higherIsBetter ? found.value : -found.value };
        const { looks, decided } = standingAt(id, n);
        return [{ id, gain, seeds: at?.seeds ?? 0, ...(looks ? { looks } : {}), decided }];
      });
      const outcomes = judge(compared, margin).map((each, i) => ({ ...each, ...compared[i]?.decided }));
      return [n, new Map(compared.map(({ id }, i) => [id, outcomes[i]]))] as const;
    }),
  );
  return arms.map(arm => ({
    ...arm,
    differences: arm.differences.map(each => ({ ...each, ...bySize.get(each.n)?.get(arm.id) })),
  }));
}

/**
 * What one seed's difference varies by before anything is known, in small differences: two trainings of one arm on a
 * few hundred test examples differ by one or two points (Bouthillier et al. 2021, table 1).
 */
const STATED_SPREAD = 2;

/** Fewer seeds than this tell little of how much repeating the training would change. */
const SEEDS_FOR_A_VERDICT = 5;

function warningsOf(
  data: readonly ArmResults[],
  verdict: Omit<Verdict, 'breakEven'> | undefined,
  { available, looks }: ReportedRun,
  tested: number,
): readonly string[] {
  const silent = data.filter(({ trials }) => trials.size === 0).map(({ arm }) => arm.id);
  const warnings: string[] = [];
  if (silent.length > 0) warnings.push(noFinishedTrial(silent.join(', ')));
  if (!verdict) return warnings;
  const seeds = Math.min(
    ...data.flatMap(({ trials }) => {
      const at = trials.get(verdict.n);
      return at ? [at.size] : [];
    }),
  );
  // The verdict itself says so of one seed for each arm.
  // A race has taken as many as it needed.
  if (seeds < SEEDS_FOR_A_VERDICT && verdict.limit !== 'one-seed' && looks?.at(-1)?.settled !== true)
    warnings.push(
      seeds === 1
        ? verdictFromOneSeed(SEEDS_FOR_A_VERDICT)
        : verdictFromFewSeeds({ seeds, recommended: SEEDS_FOR_A_VERDICT }),
    );
  if (verdict.n < available) warnings.push(comparedBelowAvailable({ n: verdict.n, available }));
  if (tested === 0) warnings.push(intervalsTooNarrow());
  return warnings;
}

/** The report of a pilot as far as it has come; none of a single training. */
export function reportOf(run: RunSnapshot): PilotReport | undefined {
  const { manifest, jobs, looks } = run;
  if (manifest.kind !== 'pilot') return undefined;
  const { finished, pretrained } = finishedOf(run);
  const race = isRace(manifest);
  const open = openJobs(
    manifest,
    jobs.map(({ spec }) => plannedJob(spec)),
    looks ?? [],
  );
  const planned = race
    ? open.filter(({ trial }) => trial)
    : manifest.jobs.filter(id => !id.startsWith('pretrain-'));
  const complete = countedTrials(manifest, finished, looks ?? []);
  return buildReport(
    { ...manifest, looks: race ? (looks ?? []) : undefined },
    race ? complete : finished,
    planned.length - finished.length,
    pretrained,
  );
}

/** What of a run has finished. */
export function finishedOf({ jobs }: Pick<RunSnapshot, 'jobs'>): {
  readonly finished: readonly FinishedTrial[];
  readonly pretrained: readonly FinishedPretraining[];
} {
  const prior = jobs.flatMap(({ spec, result }) =>
    spec.kind === 'pretrain' && result ? [{ spec, result }] : [],
  );
  const finished = jobs.flatMap(({ spec, result }) =>
    spec.kind === 'trial' && result
      ? [{ spec, result, pretraining: prior.filter(each => spec.needs.includes(each.spec.id)) }]
      : [],
  );
  return { finished, pretrained: prior.filter(({ spec }) => /^pretrain-s\d+$/.test(spec.id)) };
}

/** Once there is a look, trials of the round after the last one count when that round is complete. */
function countedTrials(
  plan: RunSnapshot['manifest'],
  finished: readonly FinishedTrial[],
  looks: readonly RaceLook[],
): readonly FinishedTrial[] {
  const last = looks.at(-1);
  if (!last) return finished;
  return finished.filter(
    ({ spec }) => !isAtLargest(plan, spec) || plan.seeds.indexOf(spec.seed) < last.round,
  );
}
