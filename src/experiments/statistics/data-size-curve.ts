import { type Random, sfc32, studentT } from '../../common/random';
import { variance } from './significance';
import { type FitOptions, type PowerLaw, fitPowerLaw, squaresOf, valueAt } from './power-law';

/** A measured point of a data-size curve. */
export interface SizeResults {
  readonly n: number;
  /** The metric of each seed. */
  readonly seeds: readonly number[];
}

/** A point with what is known of how far its mean may be off. */
export interface MeasuredPoint {
  readonly n: number;
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  readonly df: number;
}

/** Weight of what all sizes tell of the variance against a size's own seeds, in degrees of freedom. */
const SHARED_DF = 4;

/**
 * The points in ascending order. Three seeds tell little of their own variance, so each size's is drawn towards what all
 * sizes tell: a line of its logarithm over log n, for more data makes trainings more alike (moderated variances with
 * a trend: Smyth 2004; Law et al., voom, 2014).
 *
 * @param like the points that tell of the variance, where these are too few to
 */
export function measuredPoints(
  points: readonly SizeResults[],
  like: readonly SizeResults[] = points,
): readonly MeasuredPoint[] {
  const sorted = points.filter(({ seeds }) => seeds.length > 0).sort((a, b) => a.n - b.n);
  const several = like.filter(({ seeds }) => seeds.length > 1);
  const trend = varianceTrend(several);
  const freedom = several.reduce((sum, { seeds }) => sum + seeds.length - 1, 0);
  const prior = Math.min(SHARED_DF, freedom);
  return sorted.map(({ n, seeds }) => {
    const own = seeds.length > 1 ? variance(seeds) : 0;
    const ownDf = seeds.length - 1;
    const df = Math.max(1, prior + ownDf);
    return {
      n,
      mean: seeds.reduce((sum, value) => sum + value, 0) / seeds.length,
      error: Math.sqrt((prior * trend(n) + ownDf * own) / df / seeds.length),
      df,
    };
  });
}

/** The variance never grows with n, nor falls faster than this power of it. */
const STEEPEST = -1.5;

/** The variance at any size, from those that were measured, each of at least two seeds. */
export function varianceTrend(points: readonly SizeResults[]): (n: number) => number {
  const variances = points.map(({ seeds }) => variance(seeds));
  const average = variances.reduce((sum, each) => sum + each, 0) / Math.max(1, variances.length);
  if (average === 0) return () => 0;
  const at = points.map(({ n }, i) => ({
    x: Math.log(n),
    // Seeds that happen to agree would pull the line down without end.
    y: Math.log(Math.max(variances[i] ?? 0, average / 100)),
  }));
  const [x, y] = [meanOf(at.map(each => each.x)), meanOf(at.map(each => each.y))];
  const spread = at.reduce((sum, each) => sum + (each.x - x) ** 2, 0);
  const slope = spread === 0 ? 0 : at.reduce((sum, each) => sum + (each.x - x) * (each.y - y), 0) / spread;
  const power = Math.min(0, Math.max(STEEPEST, slope));
  // The line's height is that of the variances, not of their logarithms, whose mean is too low.
  const height = meanOf(points.map(({ n }, i) => (variances[i] ?? 0) / n ** power));
  return n => height * n ** power;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One way in which the means may as well have come out. */
export function drawMeans(points: readonly MeasuredPoint[], random: Random): readonly number[] {
  return points.map(({ mean, error, df }) => mean + error * studentT(random, df));
}

export interface CurveOptions {
  readonly higherIsBetter: boolean;
  readonly ideal?: number;
  readonly seed: number;
}

/** Why no curve was fitted: a bad fit would look as trustworthy as a good one. */
export type IllBehaved = 'too-few-sizes' | 'gets-worse' | 'flat' | 'no-power-law';

export interface FittedCurve {
  readonly kind: 'power-law';
  readonly law: PowerLaw;
  readonly points: readonly MeasuredPoint[];
  /** Laws that the same measurement may as well have given. */
  readonly draws: readonly PowerLaw[];
  /** What the curve without the largest size said about it: how wrong extrapolation was, once. */
  readonly heldOut?: { readonly n: number; readonly predicted: number; readonly measured: number };
}

export type Curve = FittedCurve | { readonly kind: 'ill-behaved'; readonly reason: IllBehaved };

/** No curve is read beyond this many times the largest measured size. */
export const MAX_EXTRAPOLATION = 4;
const FEWEST_SIZES = 3;
/** With an offset a power law has three parameters: from five sizes on they are told apart (LCDB 1.1, 2024). */
const SIZES_FOR_OFFSET = 5;
const DRAWS = 200;
/** A step in the wrong direction, or a gain, is more than noise from so many standard errors on. */
const NOISE = 2.5;

/**
 * Fits a data-size curve, or names what is wrong with it: about one curve in seven does not behave (LCDB 1.1, 2024:
 * dips, peaks, flat ones), and fitting those gives confident nonsense.
 */
export function fitCurve(given: readonly SizeResults[], options: CurveOptions): Curve {
  const points = measuredPoints(given);
  const reason = illness(points, options);
  if (reason) return { kind: 'ill-behaved', reason };
  const law = fit(points, means(points), options);
  if (!law) return { kind: 'ill-behaved', reason: 'no-power-law' };
  const random = sfc32(options.seed);
  const scale = inflation(points, law);
  const draws: PowerLaw[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const wider = points.map(point => ({ ...point, error: point.error * scale }));
    const drawn = fit(points, drawMeans(wider, random), options);
    if (drawn) draws.push(drawn);
  }
  const heldOut = holdOut(points, options);
  return { kind: 'power-law', law, points, draws, ...(heldOut ? { heldOut } : {}) };
}

/**
 * The curve at a size, with its 95 % interval.
 *
 * @throws RangeError beyond {@link MAX_EXTRAPOLATION} times the largest measured size
 */
export function evaluateCurve(
  { law, points, draws }: FittedCurve,
  n: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  const largest = points.at(-1)?.n ?? 0;
  if (n > MAX_EXTRAPOLATION * largest)
    throw new RangeError(`A curve measured up to ${largest} examples says nothing about ${n}.`);
  const values = draws.map(draw => valueAt(draw, n)).sort((a, b) => a - b);
  return { value: valueAt(law, n), low: quantile(values, 0.025), high: quantile(values, 0.975) };
}

export function quantile(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

function means(points: readonly MeasuredPoint[]): readonly number[] {
  return points.map(point => point.mean);
}

function fit(
  points: readonly MeasuredPoint[],
  values: readonly number[],
  { higherIsBetter, ideal }: CurveOptions,
): PowerLaw | undefined {
  // A size whose seeds happen to agree must not outweigh all others.
  const floor = Math.max(1e-4, ...points.map(({ error }) => error)) / 4;
  const weighted = points.map(({ n, error }, i) => ({
    n,
    value: values[i] ?? 0,
    weight: 1 / Math.max(error, floor) ** 2,
  }));
  const settings: FitOptions = {
    higherIsBetter,
    ...(ideal === undefined ? {} : { ideal }),
    offset: ideal === undefined || points.length >= SIZES_FOR_OFFSET,
  };
  return fitPowerLaw(weighted, settings);
}

/** By how much the errors are too small for how far the points are from the law; at least 1. */
function inflation(points: readonly MeasuredPoint[], law: PowerLaw): number {
  const floor = Math.max(1e-4, ...points.map(({ error }) => error)) / 4;
  const weighted = points.map(({ n, mean, error }) => ({
    n,
    value: mean,
    weight: 1 / Math.max(error, floor) ** 2,
  }));
  const freedom = Math.max(1, points.length - (points.length >= SIZES_FOR_OFFSET ? 3 : 2));
  return Math.max(1, Math.sqrt(squaresOf(weighted, law) / freedom));
}

function illness(points: readonly MeasuredPoint[], { higherIsBetter }: CurveOptions): IllBehaved | undefined {
  if (points.length < FEWEST_SIZES) return 'too-few-sizes';
  const sign = higherIsBetter ? 1 : -1;
  const gain = (from: MeasuredPoint, to: MeasuredPoint): number =>
    (sign * (to.mean - from.mean)) / Math.max(1e-12, Math.hypot(from.error, to.error));
  const steps = points.slice(1).map((point, i) => gain(points[i] ?? point, point));
  if (steps.some(step => step < -NOISE)) return 'gets-worse';
  const [first, last] = [points[0], points.at(-1)];
  return first && last && gain(first, last) < NOISE ? 'flat' : undefined;
}

function holdOut(points: readonly MeasuredPoint[], options: CurveOptions): FittedCurve['heldOut'] {
  const largest = points.at(-1);
  const rest = points.slice(0, -1);
  if (!largest || rest.length < FEWEST_SIZES || largest.n > MAX_EXTRAPOLATION * (rest.at(-1)?.n ?? 0))
    return undefined;
  const law = fit(rest, means(rest), options);
  return law && { n: largest.n, predicted: valueAt(law, largest.n), measured: largest.mean };
}
