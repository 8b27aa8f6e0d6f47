// The three outcomes of a comparison, and how likely they were in other papers.
import { STRATEGIES } from '../evidence/record';
import type { EvalCase } from './case';

/** What the paper shows of the challenger (transfer, multitask, end-to-end) against the reference. */
export const OUTCOMES = ['loses', 'ties', 'wins'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Chances = Readonly<Record<Outcome, number>>;

export function outcomeOf({ best, decision }: Pick<EvalCase, 'best' | 'decision'>): Outcome {
  if (best === 'either') return 'ties';
  return best === STRATEGIES[decision][0] ? 'loses' : 'wins';
}

/** How many cases the rates of the whole decision count for beside those of a group. */
const PRIOR_CASES = 4;

/** The rates of the outcomes among cases of a group, drawn towards those of the decision; never zero. */
export function chancesIn(group: readonly EvalCase[], decision: readonly EvalCase[]): Chances {
  const all = decision.map(outcomeOf);
  const own = group.map(outcomeOf);
  const rate = (outcome: Outcome): number => {
    const prior = (count(all, outcome) + 1) / (all.length + OUTCOMES.length);
    return (count(own, outcome) + PRIOR_CASES * prior) / (own.length + PRIOR_CASES);
  };
  return { loses: rate('loses'), ties: rate('ties'), wins: rate('wins') };
}

/** The mean of -log of the chance of what happened. */
export function logLoss(cases: readonly { readonly chances: Chances; readonly outcome: Outcome }[]): number {
  const least = 1e-6;
  const losses = cases.map(({ chances, outcome }) => -Math.log(Math.max(least, chances[outcome])));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function count(outcomes: readonly Outcome[], outcome: Outcome): number {
  return outcomes.filter(each => each === outcome).length;
}
