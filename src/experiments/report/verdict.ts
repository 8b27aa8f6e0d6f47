import type { Strategy } from '../../advisor/advice';
import type { AdviseOutput } from '../../protocol/advise-output';
import type { Arm, MetricSpec } from '../../protocol/job-files';
import type { PilotDecision } from '../../protocol/project-file';
import { selectedGain } from '../statistics/selected-gain';
import { holm, interval, pValue } from '../statistics/significance';
import {
  meanOf,
  pairedEstimate,
  pointsOf,
  secondsOf,
  sharedSeeds,
  type ArmResults,
  type TrialScoring,
} from './arm-results';
import type { Verdict } from '../../protocol/pilot-report';

export interface VerdictOptions {
  readonly task: string;
  readonly metric: MetricSpec;
  readonly margin: number;
  /** What counts as a small gain of this metric, whatever margin the project has set; the margin unless given. */
  readonly gainUnit?: number;
  readonly rules: AdviseOutput;
  /** What the project says that strategies cost, relative to one another. */
  readonly costs?: PilotDecision['costs'] | undefined;
}

/** Gains of strategies are about so many times the smallest that is noticed. */
const GAINS = 2;

/** A claim that one arm is worse than another is made where chance explains it less often than this. */
const SIGNIFICANT = 0.05;

/**
 * Which strategies remain at the largest size at which they can be compared: those that are within the margin of the
 * best, or of which it cannot be told that they are worse (paired over seeds and test examples, Holm's correction).
 * Of single-task training and those within the margin of the best, as far as they remain, the one that costs least by
 * the project's costs is recommended. Where they have none, or cost the same, single-task training is the cheapest;
 * after it, the arm that trained fastest.
 *
 * Where there is no other strategy, single-task training stands beside the simple models alone.
 *
 * @returns `undefined` until single-task training and another arm have finished a trial of the same size and seed
 */
export function decide(
  all: readonly ArmResults[],
  { task, metric, margin, rules, costs, gainUnit = margin }: VerdictOptions,
  reading: TrialScoring,
): Omit<Verdict, 'breakEven'> | undefined {
  const arms = all.filter(({ arm }) => arm.strategy !== 'baseline');
  const simple = all.filter(({ arm }) => arm.strategy === 'baseline');
  const control = arms.find(({ arm }) => arm.strategy === 'single-task');
  const n = control && comparableSize(arms.length > 1 ? arms : [...arms, ...simple], control);
  if (!control || n === undefined) return undefined;
  const present = arms.filter(data => data === control || sharedSeeds(data, control, n).length > 0);
  const sign = metric.higherIsBetter ? 1 : -1;
  const level = (data: ArmResults): number =>
    sign * meanOf(pointsOf(data).find(point => point.n === n)?.seeds ?? []);
  const best = present.reduce((top, data) => (level(data) > level(top) ? data : top));
  const rivals = present.filter(data => data !== best);
  const behind = rivals.map(data => pairedEstimate(best, data, n, reading));
  const p = holm(behind.map(each => (each ? pValue(each) : 1)));
  const isClose = (data: ArmResults): boolean => level(best) - level(data) <= margin;
  const remaining = [best, ...rivals.filter((data, i) => isClose(data) || (p[i] ?? 1) > SIGNIFICANT)];
  const hasPipeline = arms.some(({ arm }) => arm.strategy === 'pipeline');
  const nameOf = ({ arm }: ArmResults): Strategy =>
    hasPipeline && arm.strategy === 'single-task' ? 'end-to-end' : asStrategy(arm);
  const costOf = (data: ArmResults): number => costs?.[nameOf(data)] ?? 1;
  const isCheaper = (one: ArmResults, other: ArmResults): boolean =>
    costOf(one) !== costOf(other)
      ? costOf(one) < costOf(other)
      : one === control || (other !== control && seconds(one, n) < seconds(other, n));
  const chosen = remaining
    .filter(data => data === control || isClose(data))
    .reduce((one, other) => (isCheaper(other, one) ? other : one));
  const recommendation = nameOf(chosen);
  const difference = chosen === control ? undefined : pairedEstimate(chosen, control, n, reading);
  return {
    recommendation,
    arm: chosen.arm.id,
    acceptable: [...new Set([recommendation, ...remaining.map(nameOf)])],
    n,
    difference: {
      against: 'single-task',
      ...(difference ? interval(difference) : { value: 0, low: 0, high: 0 }),
    },
    ...simpleModel(simple, { chosen, n, margin, sign }, reading),
    ...(difference ? { gain: selectedGain(difference, GAINS * gainUnit) } : {}),
    rules: agreement(rules, task, [recommendation, ...remaining.map(nameOf)]),
  };
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

function seconds({ trials }: ArmResults, n: number): number {
  return meanOf([...(trials.get(n)?.values() ?? [])].map(secondsOf));
}

/** What the rules alone recommended, and whether that is among what remains. */
function agreement(rules: AdviseOutput, task: string, remaining: readonly string[]): Verdict['rules'] {
  const own = rules.advice.filter(advice => advice.task === task && advice.stage === undefined);
  const whole = own.find(({ decision }) => decision === 'decomposition');
  const learning = own.find(({ decision }) => decision === 'learning');
  const recommendation =
    whole?.recommendation === 'end-to-end' && learning && learning.recommendation !== 'single-task'
      ? learning.recommendation
      : (whole?.recommendation ?? learning?.recommendation ?? 'single-task');
  return { recommendation, agrees: remaining.includes(recommendation) };
}
