import { tCdf, tQuantile } from './distributions';
import {
  type Comparison,
  FEWEST_SEEDS,
  type Outcome,
  SIGNIFICANT,
  gainsNothing,
  isWorthwhile,
  judge,
} from './outcomes';
import { selectedGain } from './selected-gain';
import type { Estimate } from './significance';
import { errorWith } from './what-would-decide';

/**
 * Why an arm gets no more trials. *Worse*: than the control. *No gain*: not better than the control by more than the
 * margin. *Undecidable*: the seeds still to come hardly ever decide, because the test examples are too few. *Behind*: an
 * arm that is better than the control is, and stays, the one to choose.
 */
export type DropReason = 'worse' | 'no-gain' | 'undecidable' | 'behind';

/** An arm at a look, compared with the control. */
export interface Racer extends Comparison {
  /** What it was dropped with at an earlier look. */
  readonly dropped?: { readonly reason: DropReason; readonly outcome: Outcome };
  /** In any unit that all of them share; `order` decides between equal costs. */
  readonly cost: number;
  readonly order: number;
}

export interface RaceOptions {
  readonly margin: number;
  /** Seeds that the plan has for an arm. */
  readonly seeds: number;
  /** Half of all gains that pilots look for are smaller, roughly. */
  readonly gainScale: number;
  /** What one racer gains over another; by their places. */
  readonly gainOver: (one: number, other: number) => Estimate | undefined;
}

/** What a look comes to. */
export interface Look {
  readonly standings: readonly {
    readonly outcome: Outcome;
    readonly p: number;
    readonly dropped?: DropReason;
  }[];
  /** The place of the arm that would be chosen of those that are better. */
  readonly chosen?: number;
  /** Whether the seeds still to come can hardly change what is recommended. */
  readonly settled: boolean;
}

/** A conclusion is given up, or taken for final, where the trials still to come change it less often than this. */
const NEGLIGIBLE = 0.02;

/**
 * The share of the information that an estimate has, of what the planned seeds would give. Test examples are the same at
 * all looks: where they are what the error comes from, nearly all information is there from the start.
 */
export function informationShare(estimate: Estimate, seeds: number): number {
  const { parts, error } = estimate;
  if (!parts || parts.seeds >= seeds || error === 0) return 1;
  return Math.min(1, (errorWith(parts, seeds, 1) / error) ** 2);
}

/**
 * One look at a race: which arms are decided, which have lost beyond doubt, and whether it is settled. What is claimed
 * keeps its error rate over all looks (`looks` of the racers, with Holm's correction over the arms: Ye et al., A group
 * sequential Holm procedure with multiple primary endpoints, 2013). What is given up follows from the distribution of
 * the estimate that all planned seeds would give, conditional on those that there are (stochastic curtailment: Lan, Simon
 * & Halperin 1982; with the estimated effect, Spiegelhalter, Freedman & Blackburn 1986): giving up claims nothing.
 */
export function lookAt(racers: readonly Racer[], options: RaceOptions): Look {
  const { margin, seeds } = options;
  const judged = judge(racers, margin).map((each, i) => ({
    ...each,
    outcome: racers[i]?.dropped?.outcome ?? each.outcome,
  }));
  const open = judged.filter(({ outcome }) => outcome === 'undecided').length;
  const reasons = racers.map((racer, i): DropReason | undefined => {
    const outcome = judged[i]?.outcome ?? 'undecided';
    if (racer.dropped) return racer.dropped.reason;
    if (outcome === 'worse') return outcome;
    if (outcome === 'better' || racer.seeds < FEWEST_SEEDS) return undefined;
    if (racer.seeds >= seeds) return gainsNothing({ ...racer, outcome }, margin) ? 'no-gain' : undefined;
    const { better, nothing } = futureOf(racer.gain, { margin, seeds, arms: open });
    if (nothing >= 1 - NEGLIGIBLE) return 'no-gain';
    return better + nothing <= NEGLIGIBLE ? 'undecidable' : undefined;
  });
  const chosen = choose(
    racers.flatMap((_, i) => (judged[i]?.outcome === 'better' && reasons[i] === undefined ? [i] : [])),
    racers,
    options,
  );
  if (chosen !== undefined)
    for (const i of racers.keys())
      if (i !== chosen && reasons[i] === undefined && isBehind(i, chosen, racers, open, options))
        reasons[i] = 'behind';
  const left = racers.flatMap((_, i) => (reasons[i] === undefined ? [i] : []));
  return {
    standings: judged.map((each, i) => {
      const dropped = reasons[i];
      return dropped === undefined ? each : { ...each, dropped };
    }),
    ...(chosen === undefined ? {} : { chosen }),
    settled: left.every(i => i === chosen),
  };
}

/** Where an arm costs less than another, it is chosen unless the other is worth it. */
function isCheaper(one: Racer, other: Racer): boolean {
  return one.cost - other.cost < 0 || (one.cost === other.cost && one.order < other.order);
}

/** The arm that would be chosen of those that are better, as the verdict does. */
function choose(
  better: readonly number[],
  racers: readonly Racer[],
  { gainOver, margin, gainScale }: RaceOptions,
): number | undefined {
  const sorted = [...better].sort((a, b) => {
    const [one, other] = [racers[a], racers[b]];
    return one && other && isCheaper(one, other) ? -1 : 1;
  });
  return sorted.reduce<number | undefined>((chosen, next) => {
    if (chosen === undefined) return next;
    const gain = gainOver(next, chosen);
    return gain && isWorthwhile(gain, selectedGain(gain, gainScale).value, margin) ? next : chosen;
  }, undefined);
}

/** Whether an arm hardly ever takes the place of the one that is to be chosen. */
function isBehind(
  arm: number,
  chosen: number,
  racers: readonly Racer[],
  open: number,
  options: RaceOptions,
): boolean {
  const [racer, best] = [racers[arm], racers[chosen]];
  if (!racer || !best) return false;
  if (!isCheaper(racer, best)) return worthLater(options.gainOver(arm, chosen), options) <= NEGLIGIBLE;
  const { better } = futureOf(racer.gain, { margin: options.margin, seeds: options.seeds, arms: open });
  return Math.min(better, 1 - worthLater(options.gainOver(chosen, arm), options)) <= NEGLIGIBLE;
}

/**
 * The distribution of an estimate once all planned seeds are there: Student's, with what the seeds to come add.
 *
 * `below(x, errors)` is the probability that it is then less than `x` plus so many standard errors, whose own size is only
 * estimated: with ν degrees of freedom, to 1 in √(2ν).
 */
function predicted(
  { value, error, df, parts }: Estimate,
  seeds: number,
): {
  readonly error: number;
  readonly df: number;
  readonly below: (x: number, errors: number) => number;
} {
  const last = parts && parts.seeds < seeds ? Math.min(error, errorWith(parts, seeds, 1)) : error;
  return {
    error: last,
    df: df + Math.max(0, seeds - (parts?.seeds ?? seeds)),
    below(x, errors) {
      const spread = Math.sqrt(Math.max(0, error ** 2 - last ** 2) + (errors * last) ** 2 / (2 * df));
      const distance = x + errors * last - value;
      return spread === 0 ? Number(distance > 0) : tCdf(distance / spread, df);
    },
  };
}

/**
 * How probable it is that an arm is better in the end, and that it is then shown to gain nothing.
 *
 * @param arms that are undecided: Holm's correction is over these
 */
function futureOf(
  gain: Estimate,
  { margin, seeds, arms }: { readonly margin: number; readonly seeds: number; readonly arms: number },
): { readonly better: number; readonly nothing: number } {
  const { df, below } = predicted(gain, seeds);
  return {
    better: 1 - below(0, tQuantile(1 - SIGNIFICANT / Math.max(1, arms) / 2, df)),
    nothing: below(margin, -tQuantile(1 - SIGNIFICANT / 2, df)),
  };
}

/** How probable it is that an arm is in the end worth what it costs more than another. */
function worthLater(gain: Estimate | undefined, { margin, seeds, gainScale }: RaceOptions): number {
  if (!gain) return 1;
  const { error, df, below } = predicted(gain, seeds);
  const isWorth = (value: number): boolean => {
    const measured = { value, error, df };
    return isWorthwhile(measured, selectedGain(measured, gainScale).value, margin);
  };
  const reach = 20 * Math.max(error, margin);
  if (isWorth(0)) return 1;
  let [low, high] = [0, reach];
  // The least gain that is worth it, to a hundredth of its error.
  while (high - low > error / 100) {
    const middle = (low + high) / 2;
    if (isWorth(middle)) high = middle;
    else low = middle;
    if (!(error > 0)) break;
  }
  return 1 - below(0, high / Math.max(error, Number.MIN_VALUE));
}
