import { smoothed, type Curve } from './curve';

/** Points of a mean are no closer than its range in so many parts. */
const MOST_MEANS = 200;

/** The mean of curves that differ in their seed, one standard deviation about it; it ends where most have stopped. */
export function meanCurve(id: string, curves: readonly Curve[], smoothing: number): Curve | undefined {
  const [first] = curves;
  if (!first) return undefined;
  const { seed: _, ...common } = first;
  const live = curves.some(curve => curve.live);
  if (curves.length === 1) return { ...common, id, live, ys: smoothed(first.ys, smoothing) };
  const grid = thinned(union(curves.map(({ xs }) => xs)));
  const [counts, means, squares] = [0, 1, 2].map(() => new Float64Array(grid.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const curve of curves) addCurve(curve, grid, counts, means, squares);
  // Where most seeds have stopped, the mean of the others would say something else.
  const isKept = counts.map(count => Number(2 * count >= curves.length));
  const kept = (values: Float64Array): Float64Array => values.filter((_value, i) => isKept[i] === 1);
  const ys = smoothed(kept(means), smoothing);
  const spread = smoothed(
    kept(squares.map((sum, i) => ((counts[i] ?? 0) > 1 ? Math.sqrt(sum / ((counts[i] ?? 0) - 1)) : 0))),
    smoothing,
  );
  return {
    ...common,
    ...{ id, live, ys },
    xs: kept(grid),
    low: ys.map((value, i) => value - (spread[i] ?? 0)),
    high: ys.map((value, i) => value + (spread[i] ?? 0)),
  };
}

/** All places of ascending lists, ascending. */
function union(lists: readonly Float64Array[]): Float64Array {
  const longest = lists.reduce((one, other) => (other.length > one.length ? other : one));
  // Seeds are mostly measured at the same places, up to where they have come to.
  if (lists.every(list => isStartOf(list, longest))) return longest;
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  return all.filter((x, i) => i === 0 || x !== all[i - 1]);
}

function isStartOf(list: Float64Array, whole: Float64Array): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] !== whole[i]) return false;
  return true;
}

function thinned(grid: Float64Array): Float64Array {
  if (grid.length <= MOST_MEANS) return grid;
  const step = (grid.length - 1) / (MOST_MEANS - 1);
  return new Float64Array(MOST_MEANS).map((_, i) => grid[Math.round(i * step)] ?? 0);
}

/**
 * Adds a curve, read between its points, to the count, the mean and the sum of squares about it (Welford's) at each
 * place; beyond its ends and at its gaps there is nothing.
 */
function addCurve(
  { xs, ys }: Curve,
  grid: Float64Array,
  counts: Float64Array,
  means: Float64Array,
  squares: Float64Array,
): void {
  const last = xs.length - 1;
  let at = 0;
  for (let i = 0; i < grid.length; i++) {
    const x = grid[i] ?? NaN;
    // Now the first point that is not before x.
    while (at <= last && (xs[at] ?? Infinity) < x) at++;
    if (at > last) return;
    const x1 = xs[at] ?? NaN;
    let y = ys[at] ?? NaN;
    if (x1 !== x) {
      if (at === 0) continue;
      const x0 = xs[at - 1] ?? NaN;
      const y0 = ys[at - 1] ?? NaN;
      y = y0 + ((x - x0) / (x1 - x0)) * (y - y0);
    }
    if (!Number.isFinite(y)) continue;
    const count = (counts[i] ?? 0) + 1;
    const before = means[i] ?? 0;
    const mean = before + (y - before) / count;
    counts[i] = count;
    means[i] = mean;
    squares[i] = (squares[i] ?? 0) + (y - before) * (y - mean);
  }
}
