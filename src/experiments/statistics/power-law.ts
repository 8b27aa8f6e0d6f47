/** metric(n) = a + b·n^−c, with c from 0 to 2. */
export interface PowerLaw {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export function valueAt({ a, b, c }: PowerLaw, n: number): number {
  return a + b * n ** -c;
}

/** Exponents that are tried; published ones lie between 0.07 and 0.35, steep small-data curves reach 1 (Hestness 2017, LCDB 2022). */
const EXPONENTS = Array.from({ length: 81 }, (_, i) => 0.02 * (2 / 0.02) ** (i / 80));

export interface Weighted {
  readonly n: number;
  readonly value: number;
  /** One over the variance. */
  readonly weight: number;
}

export interface FitOptions {
  readonly higherIsBetter: boolean;
  /** What the metric can be at best: 1 for shares and R², 0 for errors; unknown for a program's own. */
  readonly ideal?: number;
  /** Whether `a` is free; with few sizes it stands at the ideal. */
  readonly offset: boolean;
}

/**
 * The power law nearest to the points by weighted squares: for each exponent the rest is linear and solved at once
 * (variable projection, Golub & Pereyra 1973), so that no start is needed and no local minimum is met. The curve
 * improves with n and never beyond the ideal. `undefined` where none does.
 */
export function fitPowerLaw(points: readonly Weighted[], options: FitOptions): PowerLaw | undefined {
  let best: PowerLaw | undefined;
  let least = Infinity;
  const consider = (c: number): void => {
    const law = solve(points, c, options);
    const squares = law === undefined ? Infinity : squaresOf(points, law);
    if (squares < least) [best, least] = [law, squares];
  };
  EXPONENTS.forEach(consider);
  if (!best) return undefined;
  // Between the neighbours of the best exponent, finer.
  const middle = best.c;
  for (let i = -8; i <= 8; i++) consider(Math.min(2, middle * 1.0592 ** (i / 8)));
  return best;
}

export function squaresOf(points: readonly Weighted[], law: PowerLaw): number {
  return points.reduce((sum, { n, value, weight }) => sum + weight * (value - valueAt(law, n)) ** 2, 0);
}

function solve(points: readonly Weighted[], c: number, options: FitOptions): PowerLaw | undefined {
  const { ideal } = options;
  const free = options.offset ? linear(points, c) : undefined;
  const isBeyond = free !== undefined && ideal !== undefined && better(free.a, ideal, options);
  const law = free && !isBeyond ? free : ideal === undefined ? free : slope(points, c, ideal);
  return law && (options.higherIsBetter ? law.b < 0 : law.b > 0) ? law : undefined;
}

function better(one: number, other: number, { higherIsBetter }: FitOptions): boolean {
  return higherIsBetter ? one > other : one < other;
}

function linear(points: readonly Weighted[], c: number): PowerLaw | undefined {
  let [w, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (const { n, value, weight } of points) {
    const power = n ** -c;
    w += weight;
    x += weight * power;
    y += weight * value;
    xx += weight * power * power;
    xy += weight * power * value;
  }
  const determinant = w * xx - x * x;
  if (!(determinant > 1e-12 * w * xx)) return undefined;
  const b = (w * xy - x * y) / determinant;
  return { a: (y - b * x) / w, b, c };
}

function slope(points: readonly Weighted[], c: number, a: number): PowerLaw {
  let [xx, xy] = [0, 0];
  for (const { n, value, weight } of points) {
    const power = n ** -c;
    xx += weight * power * power;
    xy += weight * power * (value - a);
  }
  return { a, b: xy / xx, c };
}
