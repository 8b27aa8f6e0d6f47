// How likely a strategy is to win, tie or lose, from the published results that a model was fitted to.
import type { Call, Challenger, Chances, Features } from './advice';

/**
 * An ordinal model: the challenger's advantage is a sum over features, in log-odds. Above `tie` a win is likelier
 * than not, below `-tie` a loss.
 */
export interface OutcomeModel {
  readonly intercept: number;
  readonly tie: number;
  /** By feature: its mean among the published results, and what each step above that is worth in log-odds. */
  readonly features: Readonly<Record<string, readonly [mean: number, weight: number]>>;
  /** How much a right answer counts by what is true, so that the commonest outcome is not always the answer. */
  readonly worth: Chances;
}

export type OutcomeModels = Readonly<Record<Challenger, OutcomeModel>>;

/** What each known feature adds to the challenger's advantage over the average published problem, in log-odds. */
export function contributions({ features: known }: OutcomeModel, features: Features): Map<string, number> {
  const values = new Map(Object.entries(features));
  return new Map(
    Object.entries(known).flatMap(([name, [mean, weight]]) => {
      const value = values.get(name);
      return value === undefined ? [] : [[name, (value - mean) * weight] as const];
    }),
  );
}

/** How likely each outcome is. What is not known of a problem counts as average. */
export function chancesOf(model: OutcomeModel, features: Features): Chances {
  let advantage = model.intercept;
  for (const each of contributions(model, features).values()) advantage += each;
  const wins = logistic(advantage - model.tie);
  const loses = logistic(-advantage - model.tie);
  return { loses, ties: 1 - wins - loses, wins };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * The outcome to answer with: the one with the most expected credit, where a tie that is called one-sidedly, or a
 * tie called on a decided case, is half right. Not the likeliest: results that are rarely published count more.
 */
export function bestCall({ loses, ties, wins }: Chances, worth: Chances): Call {
  const [loss, tie, win] = [loses * worth.loses, ties * worth.ties, wins * worth.wins];
  const ofLoss = loss + tie / 2;
  const ofTie = tie + (loss + win) / 2;
  const ofWin = win + tie / 2;
  if (ofTie >= ofLoss && ofTie >= ofWin) return 'ties';
  return ofWin > ofLoss ? 'wins' : 'loses';
}
