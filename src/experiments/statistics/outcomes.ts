import { repeatedP } from './sequential';
import { type Estimate, holm, interval, pValue } from './significance';

/**
 * What a comparison with the control shows. *Tie* is equivalence: the interval is within the margin, even where it
 * excludes zero. *Undecided* is neither of the others: the data cannot tell.
 */
export type Outcome = 'better' | 'worse' | 'tie' | 'undecided';

/** A claim that two arms differ is made where chance explains the difference less often than this. */
export const SIGNIFICANT = 0.05;

/** One training of each arm can differ for any reason: fewer seeds decide nothing. */
export const FEWEST_SEEDS = 2;

/** A comparison with the control, as a gain: positive where the arm is better. */
export interface Comparison {
  readonly gain: Estimate;
  /** Seeds that both have. */
  readonly seeds: number;
  /** The share of the information at each look so far; absent where the data is looked at once. */
  readonly looks?: readonly number[];
}

/** How often chance explains the difference, at all looks together. */
export function pOf({ gain, looks }: Comparison): number {
  return looks ? repeatedP(pValue(gain), looks) : pValue(gain);
}

export interface Judged {
  readonly outcome: Outcome;
  /** Of no difference, corrected over all that were given. */
  readonly p: number;
}

/** The outcome of each of several comparisons with one control; p-values by Holm's correction over all of them. */
export function judge(comparisons: readonly Comparison[], margin: number): readonly Judged[] {
  const corrected = holm(comparisons.map(pOf));
  return comparisons.map((comparison, i) => {
    const p = corrected[i] ?? 1;
    return { p, outcome: outcomeOf(comparison, p, margin) };
  });
}

function outcomeOf({ gain, seeds }: Comparison, p: number, margin: number): Outcome {
  if (seeds < FEWEST_SEEDS) return 'undecided';
  const { low, high } = interval(gain);
  if (low >= -margin && high <= margin) return 'tie';
  if (p > SIGNIFICANT) return 'undecided';
  return gain.value > 0 ? 'better' : 'worse';
}

/** What all comparisons come to. */
export type Settlement =
  /** Some arms are better than the control: these. */
  | { readonly kind: 'better'; readonly arms: readonly number[] }
  /** The control is better than every other arm. */
  | { readonly kind: 'control' }
  /** No arm gains more than the margin; these are shown to be equivalent to the control. */
  | { readonly kind: 'tie'; readonly arms: readonly number[] }
  | { readonly kind: 'undecided' };

/**
 * Settles the question whether, and by which arms, the control is beaten. An arm whose interval ends below the margin
 * gains nothing that counts, whether or not it is shown to be equivalent; nor is there a gain where there is no other arm.
 *
 * @returns arms as places in what was given
 */
export function settle(comparisons: readonly Decided[], margin: number): Settlement {
  const places = (outcome: Outcome): number[] =>
    comparisons.flatMap((each, i) => (each.outcome === outcome ? [i] : []));
  const better = places('better');
  if (better.length > 0) return { kind: 'better', arms: better };
  if (comparisons.length > 0 && comparisons.every(({ outcome }) => outcome === 'worse'))
    return { kind: 'control' };
  return comparisons.every(each => gainsNothing(each, margin))
    ? { kind: 'tie', arms: places('tie') }
    : { kind: 'undecided' };
}

/** A comparison with what is known of it. */
export interface Decided extends Comparison {
  readonly outcome: Outcome;
  /** That it gains no more than the margin was settled before all planned trials were there. */
  readonly nothing?: boolean;
}

/** Whether an arm gains no more than the margin, shown to be equivalent to the control or not. */
export function gainsNothing({ gain, seeds, outcome, nothing }: Decided, margin: number): boolean {
  if (outcome === 'worse' || outcome === 'tie' || nothing === true) return true;
  return seeds >= FEWEST_SEEDS && interval(gain).high <= margin;
}

/** An arm that may be chosen. */
export interface Choice<T> {
  readonly arm: T;
  /** In any unit that all of them share. */
  readonly cost: number;
  /** Decides between equal costs. */
  readonly order: number;
}

/**
 * Chooses by expected gain against cost: from the cheapest on, a costlier arm is taken only where it is expected to gain
 * more than the margin over the one before, or is shown to be better than it by more than a tie.
 *
 * @param gainOver what the second arm gains over the first: as measured, and expected once corrected for chance
 */
export function cheapestWorthwhile<T>(
  choices: readonly Choice<T>[],
  margin: number,
  gainOver: (
    cheaper: T,
    costlier: T,
  ) => { readonly measured: Estimate; readonly expected: number } | undefined,
): T | undefined {
  const [first, ...rest] = [...choices].sort((a, b) => a.cost - b.cost || a.order - b.order);
  if (!first) return undefined;
  return rest.reduce((chosen, { arm }) => {
    const gain = gainOver(chosen, arm);
    return gain && isWorthwhile(gain.measured, gain.expected, margin) ? arm : chosen;
  }, first.arm);
}

/** Whether a costlier arm is to be taken for what it gains over a cheaper one. */
export function isWorthwhile(measured: Estimate, expected: number, margin: number): boolean {
  const isShown = measured.value > 0 && pValue(measured) <= SIGNIFICANT;
  return expected > margin || (isShown && interval(measured).high > margin);
}
