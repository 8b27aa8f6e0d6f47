import { createRandom } from './random';
import { drawMeans, measuredPoints, type MeasuredPoint, type Point } from './points';
import { fitPowerLaw, squaresOf, valueAt, type FitOptions, type PowerLaw } from './power-law';

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
export const FARTHEST = 4;
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
export function fitCurve(given: readonly Point[], options: CurveOptions): Curve {
  const points = measuredPoints(given);
  const reason = illness(points, options);
  if (reason) return { kind: 'ill-behaved', reason };
  const law = fit(points, means(points), options);
  if (!law) return { kind: 'ill-behaved', reason: 'no-power-law' };
  const random = createRandom(options.seed);
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
 * @throws RangeError beyond {@link FARTHEST} times the largest measured size
 */
export function readCurve(
  { law, points, draws }: FittedCurve,
  n: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  const largest = points.at(-1)?.n ?? 0;
  if (n > FARTHEST * largest)
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
  if (!largest || rest.length < FEWEST_SIZES || largest.n > FARTHEST * (rest.at(-1)?.n ?? 0))
    return undefined;
  const law = fit(rest, means(rest), options);
  return law && { n: largest.n, predicted: valueAt(law, largest.n), measured: largest.mean };
}
