import type { Strategy } from '../../advisor/advice';
import type { AdviseOutput } from '../../protocol/advise-schema';
import type { Arm, MetricSpec } from '../../protocol/job-files';
import type { ArmReport, Verdict } from '../../protocol/pilot-report';
import type { PilotDecision } from '../../protocol/project-file';
import { isAtChance, isSaturated } from '../statistics/chance-level';
import {
  type Decided,
  FEWEST_SEEDS,
  SIGNIFICANT,
  cheapestWorthwhile,
  judge,
  settle,
} from '../statistics/outcomes';
import { selectedGain } from '../statistics/selected-gain';
import { type Estimate, holm, interval, pValue } from '../statistics/significance';
import { type Standing } from './race-standing';
import { whatWouldDecide } from '../statistics/what-would-decide';
import { meanOf, pairedEstimate, sharedSeeds, type ArmResults, type TrialScoring } from './arm-results';

export interface VerdictOptions {
  readonly task: string;
  readonly metric: MetricSpec;
  readonly margin: number;
  /** What counts as a small gain of this metric, whatever margin the project has set. */
  readonly gainUnit: number;
  readonly rules: AdviseOutput;
  /** What the project says that strategies cost, relative to one another. */
  readonly costs?: PilotDecision['costs'] | undefined;
  /** The metric of a model that does not look at its inputs, where it is known. */
  readonly chance?: number | undefined;
  /** The best that the metric can be, where it is known. */
  readonly ideal?: number | undefined;
  /** What a race says of an arm. */
  readonly standingOf?: (arm: string) => Standing;
}

/** Gains of strategies are about so many times the smallest that is noticed. */
export const GAINS = 2;

/** An arm beside the control at the size of the verdict. */
interface Rival extends Decided {
  readonly data: ArmResults;
}

/**
 * The verdict at the largest size at which the arms can be compared, from the outcome of each comparison with the
 * control. Where arms are better, the one that is worth its cost: from the cheapest on, a costlier one is taken only
 * where it is expected to gain more than the margin over the one before. Where none gains more than the margin, the
 * cheapest of the control and those that tie with it. Otherwise it is undecided, and nothing is recommended. Where there
 * is no other strategy, single-task training stands beside the simple models alone.
 *
 * @returns `undefined` until single-task training and another arm have finished a trial of the same size and seed
 */
export function decide(
  all: readonly ArmResults[],
  reports: readonly ArmReport[],
  options: VerdictOptions,
  reading: TrialScoring,
): Omit<Verdict, 'breakEven'> | undefined {
  const { task, metric, margin, rules, costs, gainUnit } = options;
  const arms = all.filter(({ arm }) => arm.strategy !== 'baseline');
  const simple = all.filter(({ arm }) => arm.strategy === 'baseline');
  const control = arms.find(({ arm }) => arm.strategy === 'single-task');
  const n = control && comparableSize(arms.length > 1 ? arms : [...arms, ...simple], control);
  if (!control || n === undefined) return undefined;
  const gainOver = (data: ArmResults, other: ArmResults): Estimate | undefined =>
    asGain(pairedEstimate(data, other, n, reading), metric);
  const rivals = rivalsOf(arms, control, n, options, gainOver);
  const nameOf = strategyNames(arms);
  const limit = limitOf(
    [control, ...rivals.map(({ data }) => data)],
    rivals,
    n,
    reports,
    options,
    reading.resolution ?? 0,
  );
  const settled = limit === 'chance' ? { kind: 'undecided' as const } : settle(rivals, margin);
  const candidates =
    settled.kind === 'undecided'
      ? []
      : settled.kind === 'control'
        ? [control]
        : [
            ...(settled.kind === 'tie' ? [control] : []),
            ...settled.arms.flatMap(place => rivals[place]?.data ?? []),
          ];
  const order = runningOrder(arms, n);
  const choices = candidates.map(data => ({
    arm: data,
    cost: costs?.[nameOf(data)] ?? 1,
    // It needs no other data, however large the others are.
    order: data === control ? -1 : order(data),
  }));
  const chosen =
    settled.kind === 'better'
      ? cheapestWorthwhile(choices, margin, (cheaper, costlier) => {
          const measured = gainOver(costlier, cheaper);
          return measured && { measured, expected: selectedGain(measured, GAINS * gainUnit).value };
        })
      : cheapestWorthwhile(choices, Infinity, () => undefined);
  const ahead = chosen ?? leading(rivals)?.data;
  const difference = ahead === control || !ahead ? undefined : pairedEstimate(ahead, control, n, reading);
  const acceptable = chosen
    ? [chosen, ...notWorseThan(chosen, settled.kind, control, rivals, gainOver)]
    : [control, ...rivals.filter(({ outcome }) => outcome !== 'worse').map(({ data }) => data)];
  const outcome =
    settled.kind === 'control' ? 'better' : settled.kind === 'undecided' ? 'undecided' : settled.kind;
  const below = settled.kind === 'better' ? undefined : betterBelow(reports, n, metric);
  const names = [...new Set(acceptable.map(nameOf))];
  return {
    outcome,
    ...(chosen ? { recommendation: nameOf(chosen), arm: chosen.arm.id } : {}),
    acceptable: names,
    n,
    difference: {
      against: 'single-task',
      ...(difference ? interval(difference) : { value: 0, low: 0, high: 0 }),
      ...(!chosen && ahead ? { arm: ahead.arm.id } : {}),
    },
    ...(limit ? { limit } : {}),
    ...(outcome === 'undecided' ? { needs: needsOf(rivals, margin) } : {}),
    ...(below ? { below } : {}),
    ...(ahead
      ? simpleModel(simple, { chosen: ahead, n, margin, sign: metric.higherIsBetter ? 1 : -1 }, reading)
      : {}),
    ...(chosen && difference ? { gain: selectedGain(difference, GAINS * gainUnit) } : {}),
    rules: agreement(rules, task, outcome, chosen && nameOf(chosen), names),
  };
}

/** The arms that share seeds with the control at a size, each with its outcome. */
function rivalsOf(
  arms: readonly ArmResults[],
  control: ArmResults,
  n: number,
  { margin, standingOf }: VerdictOptions,
  gainOver: (data: ArmResults, other: ArmResults) => Estimate | undefined,
): readonly Rival[] {
  const compared = arms.flatMap(data => {
    const gain = data === control ? undefined : gainOver(data, control);
    const { looks, decided, nothing } = standingOf?.(data.arm.id) ?? {};
    return gain
      ? [
          {
            ...{ data, gain, decided, seeds: sharedSeeds(data, control, n).length },
            ...(looks ? { looks } : {}),
            ...(nothing ? { nothing } : {}),
          },
        ]
      : [];
  });
  const judged = judge(compared, margin);
  return compared.map(({ decided, ...each }, i) => ({
    ...each,
    outcome: decided?.outcome ?? judged[i]?.outcome ?? 'undecided',
  }));
}

/** What arms are called: single-task training on the whole mapping is end-to-end where there is a pipeline. */
export function strategyNames(arms: readonly ArmResults[]): (data: ArmResults) => Strategy {
  const hasPipeline = arms.some(({ arm }) => arm.strategy === 'pipeline');
  return ({ arm }) => (hasPipeline && arm.strategy === 'single-task' ? 'end-to-end' : asStrategy(arm));
}

/** A difference as a gain: positive where it is for the better. */
export function asGain(found: Estimate | undefined, { higherIsBetter }: MetricSpec): Estimate | undefined {
  return found && { ...found, value: higherIsBetter ? found.value : -found.value };
}

/** The arm that has gained most so far. */
function leading(rivals: readonly Rival[]): Rival | undefined {
  return [...rivals].sort((one, other) => other.gain.value - one.gain.value)[0];
}

/** Those that are within a tie with what is recommended, or not shown to be worse. */
function notWorseThan(
  chosen: ArmResults,
  kind: 'better' | 'control' | 'tie' | 'undecided',
  control: ArmResults,
  rivals: readonly Rival[],
  gainOver: (data: ArmResults, other: ArmResults) => Estimate | undefined,
): readonly ArmResults[] {
  if (kind !== 'better')
    return [control, ...rivals.filter(({ outcome }) => outcome === 'tie').map(({ data }) => data)];
  const others = rivals.filter(
    ({ data, outcome }) => data !== chosen && outcome !== 'worse' && outcome !== 'tie',
  );
  const behind = others.map(({ data }) => gainOver(chosen, data));
  const p = holm(behind.map(gain => (gain ? pValue(gain) : 1)));
  return others
    .filter((_, i) => (behind[i]?.value ?? 0) <= 0 || (p[i] ?? 1) > SIGNIFICANT)
    .map(({ data }) => data);
}

/** Why the comparison tells nothing, or not how much an arm is worth. */
function limitOf(
  present: readonly ArmResults[],
  rivals: readonly Rival[],
  n: number,
  reports: readonly ArmReport[],
  { metric, chance, ideal }: VerdictOptions,
  resolution: number,
): Verdict['limit'] {
  const points = present.flatMap(({ arm }) =>
    (reports.find(({ id }) => id === arm.id)?.curve ?? []).filter(point => point.n === n),
  );
  if (chance !== undefined && points.every(point => isAtChance(point, chance, metric.higherIsBetter)))
    return 'chance';
  if (rivals.length > 0 && rivals.every(({ seeds }) => seeds < FEWEST_SEEDS)) return 'one-seed';
  if (points.every(point => isSaturated(point.seeds, ideal, resolution))) return 'saturated';
  return undefined;
}

/** What would decide the arm that is ahead, as one of several. */
function needsOf(rivals: readonly Rival[], margin: number): NonNullable<Verdict['needs']> {
  const ahead = leading(rivals);
  return ahead ? whatWouldDecide(ahead.gain, margin, 1 - SIGNIFICANT / rivals.length) : {};
}

/** The largest smaller size at which an arm is better, and the best arm there. */
function betterBelow(
  reports: readonly ArmReport[],
  n: number,
  { higherIsBetter }: MetricSpec,
): Verdict['below'] {
  const sign = higherIsBetter ? 1 : -1;
  const [best] = reports
    .flatMap(({ id, strategy, differences }) =>
      strategy === 'baseline'
        ? []
        : differences.filter(each => each.outcome === 'better' && each.n < n).map(each => ({ id, ...each })),
    )
    .sort((one, other) => other.n - one.n || sign * (other.value - one.value));
  return best && { n: best.n, arm: best.id, value: best.value, low: best.low, high: best.high };
}

function asStrategy({ strategy }: Arm): Strategy {
  return strategy === 'baseline' ? 'single-task' : strategy;
}

/** The best simple model, where it is ahead of the chosen arm, or cannot be told to be worse. */
function simpleModel(
  baselines: readonly ArmResults[],
  {
    chosen,
    n,
    margin,
    sign,
  }: { readonly chosen: ArmResults; readonly n: number; readonly margin: number; readonly sign: number },
  reading: TrialScoring,
): Pick<Verdict, 'simple'> {
  const compared = baselines.flatMap(data => {
    const difference = pairedEstimate(data, chosen, n, reading);
    return difference ? [{ id: data.arm.id, difference, better: sign * difference.value }] : [];
  });
  const [best] = compared.sort((one, other) => other.better - one.better);
  if (!best) return {};
  const isShown = pValue(best.difference) <= SIGNIFICANT;
  if (best.better < -margin && isShown) return {};
  const standing = best.better > margin && isShown ? 'ahead' : 'level';
  return { simple: { arm: best.id, standing, ...interval(best.difference) } };
}

/** The largest size at which all arms have two seeds in common with the control; else one; else any arm has one. */
function comparableSize(arms: readonly ArmResults[], control: ArmResults): number | undefined {
  const others = arms.filter(data => data !== control && data.trials.size > 0);
  const sizes = [...control.trials.keys()].sort((a, b) => b - a);
  const shared = (n: number): number[] => others.map(data => sharedSeeds(data, control, n).length);
  if (others.length === 0) return undefined;
  return (
    sizes.find(n => shared(n).every(count => count >= 2)) ??
    sizes.find(n => shared(n).every(count => count >= 1)) ??
    sizes.find(n => shared(n).some(count => count >= 1))
  );
}

/**
 * The order in which arms that cost the same to train are preferred: those that are cheaper to run, by the parameters of
 * their networks, and among equals the first of the plan. Unlike seconds, it is the same wherever the trials ran.
 */
export function runningOrder(arms: readonly ArmResults[], n: number): (data: ArmResults) => number {
  const parameters = ({ trials }: ArmResults): number =>
    meanOf([...(trials.get(n)?.values() ?? [])].map(({ result }) => result.numParams ?? 0));
  const sorted = arms
    .map((data, place) => ({ data, place, size: parameters(data) }))
    .sort((a, b) => a.size - b.size || a.place - b.place);
  return data => sorted.findIndex(each => each.data === data);
}

/** What the rules alone recommended, and how that stands to what was measured. */
function agreement(
  rules: AdviseOutput,
  task: string,
  outcome: NonNullable<Verdict['outcome']>,
  measured: string | undefined,
  remaining: readonly string[],
): Verdict['rules'] {
  const own = rules.advice.filter(advice => advice.task === task && advice.stage === undefined);
  const whole = own.find(({ decision }) => decision === 'decomposition');
  const learning = own.find(({ decision }) => decision === 'learning');
  const recommendation =
    whole?.recommendation === 'end-to-end' && learning && learning.recommendation !== 'single-task'
      ? learning.recommendation
      : (whole?.recommendation ?? learning?.recommendation ?? 'single-task');
  const agrees = recommendation === measured;
  const standing = agrees
    ? 'agrees'
    : !remaining.includes(recommendation)
      ? 'differs'
      : outcome === 'tie'
        ? 'compatible'
        : 'open';
  return { recommendation, agrees, standing };
}
