import { sfc32 } from '../../common/random';
import type { Interval } from '../../protocol/pilot-report';
import {
  type Curve,
  MAX_EXTRAPOLATION,
  type MeasuredPoint,
  type SizeResults,
  drawMeans,
  measuredPoints,
  quantile,
} from './data-size-curve';
import { type PowerLaw, valueAt } from './power-law';

export interface WorthOptions {
  readonly higherIsBetter: boolean;
  readonly seed: number;
}

/** How many more labelled examples single-task training would need to do as well. */
export interface EffectiveExamplesInterval extends Interval {
  /** The control does not get there, as far as can be seen: the value is up to the largest size that was measured. */
  readonly atLeast?: boolean;
}

const DRAWS = 400;

/**
 * The effective examples of an arm at `n`: where the control's curve reaches what the arm reaches, less `n`. Inside
 * the measured sizes the curve is the line through its points over log n, made monotone; beyond, the fitted law, up to
 * {@link MAX_EXTRAPOLATION} times the largest size; where no law was fitted, or it does not get there, the value is a
 * bound: up to the largest size that was measured. Negative where the arm is worth less than what it was given.
 *
 * @param arm the arm's point at `n`
 * @returns `undefined` where the control was measured at fewer than two sizes
 */
export function effectiveExamples(
  arm: SizeResults,
  control: readonly SizeResults[],
  curve: Curve,
  options: WorthOptions,
): EffectiveExamplesInterval | undefined {
  const points = measuredPoints(control);
  const largest = points.at(-1);
  if (points.length < 2 || !largest) return undefined;
  const [own] = measuredPoints([arm], control);
  if (!own) return undefined;
  const laws = curve.kind === 'power-law' ? curve : undefined;
  // Without a curve nothing is known beyond what was measured.
  const limit = laws ? MAX_EXTRAPOLATION * largest.n : largest.n;
  const sizeOf = (values: readonly number[], level: number, law: PowerLaw | undefined): number =>
    sizeAt(level, points, values, law, limit, options.higherIsBetter);
  const value = sizeOf(
    points.map(({ mean }) => mean),
    own.mean,
    laws?.law,
  );
  const random = sfc32(options.seed);
  const sizes = Array.from({ length: DRAWS }, (_, i) => {
    const drawn = drawMeans([...points, own], random);
    const law = laws?.draws[i % Math.max(1, laws.draws.length)];
    return sizeOf(drawn.slice(0, -1), drawn.at(-1) ?? own.mean, law);
  }).sort((a, b) => a - b);
  const bound = largest.n - arm.n;
  // A bound is what was measured, not what a curve was read up to.
  const isBound = value >= limit && !reaches(points, own, options.higherIsBetter);
  return {
    value: isBound ? bound : value - arm.n,
    low: Math.min(isBound ? bound : Infinity, quantile(sizes, 0.025) - arm.n),
    high: quantile(sizes, 0.975) - arm.n,
    ...(isBound ? { atLeast: true } : {}),
  };
}

/** Whether the control does as well at one of the sizes that were measured. */
function reaches(
  points: readonly MeasuredPoint[],
  { mean }: MeasuredPoint,
  higherIsBetter: boolean,
): boolean {
  return points.some(point => (higherIsBetter ? point.mean >= mean : point.mean <= mean));
}

/** The size at which the control reaches `level`, from 0 to `limit`. */
function sizeAt(
  level: number,
  points: readonly MeasuredPoint[],
  values: readonly number[],
  law: PowerLaw | undefined,
  limit: number,
  higherIsBetter: boolean,
): number {
  const sign = higherIsBetter ? 1 : -1;
  const wanted = sign * level;
  let best = -Infinity;
  let before: { readonly n: number; readonly best: number } | undefined;
  for (const [i, { n }] of points.entries()) {
    best = Math.max(best, sign * (values[i] ?? 0));
    if (best >= wanted) {
      // Below the smallest size nothing was measured: it is as good as that size.
      if (!before || best === before.best) return n;
      const share = (wanted - before.best) / (best - before.best);
      return Math.exp(Math.log(before.n) + share * (Math.log(n) - Math.log(before.n)));
    }
    before = { n, best };
  }
  if (!law || !before) return limit;
  // The law continues from where the points end, so that there is no jump between the two.
  const shift = best - sign * valueAt(law, before.n);
  let [low, high] = [before.n, limit];
  if (sign * valueAt(law, high) + shift < wanted) return limit;
  for (let i = 0; i < 60; i++) {
    const middle = Math.sqrt(low * high);
    if (sign * valueAt(law, middle) + shift < wanted) low = middle;
    else high = middle;
  }
  return high;
}

/** How an arm stands to the control at one size. */
export interface Difference {
  readonly n: number;
  /** The metric's difference, positive where the arm is better. */
  readonly value: number;
  readonly error: number;
  readonly df: number;
}

/** Draws in which an arm's advantage ends within reach must be at least this share for a size to be named. */
const MOST_DRAWS = 0.8;

/**
 * The size from which an arm gains less than `margin` over the control: where the line through the differences over
 * log n comes down to it, continued by the slope of its last two points up to {@link MAX_EXTRAPOLATION} times the largest size.
 *
 * @returns `undefined` where the arm has no advantage to lose, or keeps it as far as can be seen
 */
export function breakEven(
  differences: readonly Difference[],
  margin: number,
  seed: number,
): Interval | undefined {
  const sorted = [...differences].sort((a, b) => a.n - b.n);
  const value = crossing(
    sorted,
    sorted.map(each => each.value),
    margin,
  );
  if (value === undefined) return undefined;
  const random = sfc32(seed);
  const points = sorted.map(({ n, value: mean, error, df }) => ({ n, mean, error, df }));
  const found: number[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const at = crossing(sorted, drawMeans(points, random), margin);
    if (at !== undefined) found.push(at);
  }
  if (found.length < MOST_DRAWS * DRAWS) return undefined;
  found.sort((a, b) => a - b);
  return { value, low: quantile(found, 0.025), high: quantile(found, 0.975) };
}

/** The last size at which the line comes from above the margin down to it. */
function crossing(
  points: readonly Difference[],
  values: readonly number[],
  margin: number,
): number | undefined {
  const at = points.map(({ n }, i) => ({ x: Math.log(n), y: (values[i] ?? 0) - margin }));
  const [last, beforeLast] = [at.at(-1), at.at(-2)];
  if (!last || !beforeLast) return undefined;
  if (last.y > 0) {
    const slope = (last.y - beforeLast.y) / (last.x - beforeLast.x);
    const x = last.x - last.y / slope;
    return slope < 0 && x <= last.x + Math.log(MAX_EXTRAPOLATION) ? Math.exp(x) : undefined;
  }
  for (let i = at.length - 2; i >= 0; i--) {
    const [from, to] = [at[i], at[i + 1]];
    if (from && to && from.y > 0) return Math.exp(from.x + ((to.x - from.x) * from.y) / (from.y - to.y));
  }
  return undefined;
}
