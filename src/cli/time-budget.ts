import { isUserError } from '../common/errors';
import { runError } from '../experiments/experiment-errors';
import { timeText } from '../experiments/report/run-summary-text';
import { budgetSpentOnPlanning } from '../messages/run-messages';

/** What a command may take, from its start on: planning and training together. */
export interface TimeBudget {
  /** Milliseconds, as the user gave them. */
  readonly whole: number;
  /** Milliseconds that are left, at least 1. */
  readonly left: () => number;
  /** Aborted when planning has to end. */
  readonly planning: AbortSignal;
}

/**
 * Milliseconds that planning may take however small the budget is: with a budget of nothing a run is planned, to be
 * executed later.
 */
const LEAST_PLANNING = 20_000;
/** The longest time that a timer waits for, about 24 days. */
const LONGEST = 2 ** 31 - 1;

export function timeBudget(whole: number | undefined): TimeBudget | undefined {
  if (whole === undefined) return undefined;
  const start = performance.now();
  return {
    whole,
    left: () => Math.min(LONGEST, Math.max(1, whole - (performance.now() - start))),
    planning: AbortSignal.timeout(Math.min(LONGEST, Math.max(LEAST_PLANNING, whole))),
  };
}

/** Does the planning, and says so where the budget has ended it. @throws RunError `time-budget` */
export async function withinBudget<T>(budget: TimeBudget | undefined, plan: () => Promise<T>): Promise<T> {
  try {
    return await plan();
  } catch (error) {
    if (budget?.planning.aborted !== true || isUserError(error)) throw error;
    throw runError('time-budget', budgetSpentOnPlanning(timeText(budget.whole / 1000)), { cause: error });
  }
}
