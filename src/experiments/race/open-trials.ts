import type { Arm } from '../../protocol/job-files';
import type { Effort, RaceLook } from '../../protocol/race-file';
import { CONTROL, dependsOnSize } from '../plan/eligible-strategies';

/** What of a run's plan a race goes by. */
export interface RacePlan {
  readonly arms: readonly Arm[];
  readonly sizes: readonly number[];
  readonly seeds: readonly number[];
  readonly effort?: Effort;
}

/** A job of the plan. */
export interface PlannedJob {
  readonly id: string;
  readonly needs: readonly string[];
  /** Absent of pre-training. */
  readonly trial?: { readonly arm: Arm; readonly n: number; readonly seed: number };
}

/** One seed decides nothing: looks are taken from so many complete rounds on. */
export const FIRST_LOOK = 2;

/** Seeds at each smaller size of the curves of the contenders. */
const CURVE_SEEDS = 2;

/** Whether a run decides at looks which of its trials are needed. */
export function isRace({ arms, seeds, effort }: RacePlan): boolean {
  const rivals = arms.filter(({ strategy }) => strategy !== 'baseline');
  return effort !== undefined && effort !== 'exhaustive' && rivals.length > 1 && seeds.length >= FIRST_LOOK;
}

/** Whether nothing is left to decide: the race is settled, or all planned seeds are there. */
export function isRaceOver({ seeds }: RacePlan, looks: readonly RaceLook[]): boolean {
  const last = looks.at(-1);
  return last !== undefined && (last.settled || last.round >= seeds.length);
}

/** The look at which an arm was dropped. */
export function droppedAt(arm: string, looks: readonly RaceLook[]): RaceLook | undefined {
  return looks.find(({ arms }) => arms.some(each => each.id === arm && each.dropped !== undefined));
}

/**
 * The jobs of a plan that have run or may still run, given the looks so far, in the order of the plan. They are the same
 * whatever has finished between two looks.
 */
export function openJobs(
  plan: RacePlan,
  jobs: readonly PlannedJob[],
  looks: readonly RaceLook[],
): readonly PlannedJob[] {
  if (!isRace(plan)) return jobs;
  const trials = jobs.filter(({ trial }) => trial && isOpen(plan, trial, looks));
  const needed = new Set(trials.flatMap(({ needs }) => needs));
  return jobs.filter(job => trials.includes(job) || needed.has(job.id));
}

/** The jobs of the round that is next: those of the first seed without a look, or at the end those of the curves. */
export function roundJobs(
  plan: RacePlan,
  jobs: readonly PlannedJob[],
  looks: readonly RaceLook[],
): readonly PlannedJob[] {
  const open = openJobs(plan, jobs, looks);
  if (!isRace(plan) || isRaceOver(plan, looks)) return open;
  const last = plan.seeds[Math.max(FIRST_LOOK, (looks.at(-1)?.round ?? 0) + 1) - 1] ?? Infinity;
  const trials = open.filter(({ trial }) => trial && trial.seed <= last && isAtLargest(plan, trial));
  const needed = new Set(trials.flatMap(({ needs }) => needs));
  return open.filter(job => trials.includes(job) || needed.has(job.id));
}

/** Whether a trial is at the size at which the race is decided. */
export function isAtLargest({ sizes }: RacePlan, { arm, n }: NonNullable<PlannedJob['trial']>): boolean {
  return n === sizes.at(-1) || !dependsOnSize(arm);
}

function isOpen(
  plan: RacePlan,
  trial: NonNullable<PlannedJob['trial']>,
  looks: readonly RaceLook[],
): boolean {
  const { arm, seed } = trial;
  const place = plan.seeds.indexOf(seed) + 1;
  if (isAtLargest(plan, trial)) {
    const end = droppedAt(arm.id, looks) ?? (isRaceOver(plan, looks) ? looks.at(-1) : undefined);
    return end === undefined || place <= end.round;
  }
  if (plan.effort === 'small' || place > CURVE_SEEDS) return false;
  // Before it is known who contends, somebody does.
  const [rival] = plan.arms.filter(({ id, strategy }) => strategy !== 'baseline' && id !== CONTROL.id);
  const contenders = isRaceOver(plan, looks)
    ? (looks.at(-1)?.contenders ?? [])
    : [CONTROL.id, ...(rival ? [rival.id] : [])];
  return contenders.includes(arm.id) || arm.strategy === 'baseline';
}
