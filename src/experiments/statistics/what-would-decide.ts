import type { Estimate, VarianceParts } from './significance';
import { tQuantile } from './distributions';

/** What a comparison needs to be decided, if its difference stays what it is; what does not help is absent. */
export interface Needs {
  /** Seeds for each arm, on the same test examples. */
  readonly seeds?: number;
  /** Labelled test examples, with the same seeds. */
  readonly testExamples?: number;
}

/** Beyond so many times what there is, nobody would get it for this. */
const MOST_TIMES = 20;
const MOST_SEEDS = 30;

/**
 * How many seeds, or how many test examples, would make an undecided gain *better* (or *worse*) or a *tie*, whichever
 * comes first, if the measured difference is the true one.
 *
 * @param level of the interval that must exclude zero: 1 − 0.05 over the number of arms, for Holm's first step
 * @returns nothing in it where neither would
 */
export function whatWouldDecide({ value, df, parts }: Estimate, margin: number, level: number): Needs {
  if (!parts) return {};
  const isDecided = (error: number, freedom: number): boolean => {
    const isDifferent = Math.abs(value) >= error * tQuantile(0.5 + level / 2, freedom);
    return isDifferent || Math.abs(value) + error * tQuantile(0.975, freedom) <= margin;
  };
  const seeds = firstWhere(parts.seeds + 1, MOST_SEEDS, count =>
    isDecided(errorWith(parts, count, 1), df + count - parts.seeds),
  );
  const times =
    parts.tested === 0
      ? undefined
      : firstTimes(factor => isDecided(errorWith(parts, parts.seeds, factor), df));
  return {
    ...(seeds === undefined ? {} : { seeds }),
    ...(times === undefined ? {} : { testExamples: Math.ceil(times * parts.tested) }),
  };
}

/** The standard error with so many seeds, and so many times the test examples. */
export function errorWith(
  { between, examples, residual, shared }: VarianceParts,
  seeds: number,
  times: number,
): number {
  const trainings = (between * (shared + (1 - shared) / seeds)) / (1 - shared);
  return Math.sqrt(trainings + (examples + residual / seeds) / times);
}

function firstWhere(from: number, to: number, holds: (count: number) => boolean): number | undefined {
  for (let count = from; count <= to; count++) if (holds(count)) return count;
  return undefined;
}

/** The least factor up to the most at which it holds; it holds for all larger ones then. */
function firstTimes(holds: (times: number) => boolean): number | undefined {
  if (!holds(MOST_TIMES)) return undefined;
  let [low, high] = [1, MOST_TIMES];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
