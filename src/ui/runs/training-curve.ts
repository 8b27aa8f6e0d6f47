import { COLUMN, type Column, POINT_WIDTH, type Points, type Trial } from './trial-points';

export type Quantity = Extract<Column, 'loss' | 'validationLoss' | 'metric'>;
export type Axis = Extract<Column, 'epoch' | 'step' | 'seconds'>;

/** What training is watched by, in the order of its charts. */
export const QUANTITIES: readonly Quantity[] = ['loss', 'validationLoss', 'metric'];

export type ByQuantity<T> = Readonly<Record<Quantity, T>>;

export function mapQuantities<T>(make: (quantity: Quantity) => T): ByQuantity<T> {
  return { loss: make('loss'), validationLoss: make('validationLoss'), metric: make('metric') };
}

/** A line of a chart; it never changes. */
export interface Curve {
  readonly id: string;
  readonly arm: string;
  readonly strategy: string;
  readonly variant?: string;
  readonly n?: number;
  /** Absent for a mean. */
  readonly seed?: number;
  readonly xs: Float64Array;
  /** NaN where a value diverged. */
  readonly ys: Float64Array;
  /** The band about a mean of several seeds. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
  /** Whether it still grows. */
  readonly live: boolean;
}

/** An exponential moving average without the pull of its start (as Adam corrects its moments); gaps stay gaps. */
export function smoothed(values: Float64Array, weight: number): Float64Array {
  if (weight <= 0) return values;
  let [sum, mass] = [0, 0];
  return values.map(value => {
    if (!Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return sum / mass;
  });
}

/** The curves of one trial: of the candidate that was chosen, its phases one after another. */
export function trialCurves(trial: Trial, axis: Axis, smoothing: number): ByQuantity<Curve | undefined> {
  const { head, points, status } = trial;
  const { id, arm, strategy, variant, n, seed } = head;
  const common = {
    ...{ id, arm, strategy, seed, live: status === 'running' },
    ...(variant === undefined ? {} : { variant }),
    ...(n === undefined ? {} : { n }),
  };
  const places = placesOf(trial, axis);
  return mapQuantities(quantity => {
    const measured = measuredAt(points, places, quantity);
    return measured && { ...common, xs: measured.xs, ys: smoothed(measured.ys, smoothing) };
  });
}

/** A quantity where it was measured. One that diverged leaves a gap; one that was not measured leaves none. */
function measuredAt(
  { rows, length }: Points,
  places: Float64Array,
  quantity: Quantity,
): Pick<Curve, 'xs' | 'ys'> | undefined {
  const column = COLUMN[quantity];
  const ys = new Float64Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) {
    const y = rows[i * POINT_WIDTH + column] ?? NaN;
    const isMissing = Number.isNaN(y) || Number.isNaN(places[i] ?? NaN);
    // Infinite stands for missing here, so that what diverged can be NaN.
    ys[i] = isMissing ? Infinity : Number.isFinite(y) ? y : NaN;
    if (!isMissing) count++;
  }
  if (count === 0) return undefined;
  if (count === length) return { xs: places, ys };
  const isMeasured = (_: number, i: number): boolean => ys[i] !== Infinity;
  return { xs: places.filter(isMeasured), ys: ys.filter(isMeasured) };
}

/** Where on the axis each point of a trial is; NaN for one that is not shown. */
function placesOf(trial: Trial, axis: Axis): Float64Array {
  const { points, stretches } = trial;
  const { rows, length } = points;
  const candidate = candidateOf(trial);
  const isShown = stretches.map(stretch => stretch.candidate === candidate);
  const column = COLUMN[axis];
  const places = new Float64Array(length).fill(NaN);
  let stretch = -1;
  let offset = 0;
  let end = 0;
  let start = NaN;
  for (let i = 0; i < length; i++) {
    const at = i * POINT_WIDTH;
    const now = rows[at + COLUMN.stretch] ?? -1;
    if (isShown[now] !== true) continue;
    if (now !== stretch) {
      stretch = now;
      offset = end;
    }
    let x = rows[at + column] ?? NaN;
    // A program of the user's own may count no epochs.
    if (axis === 'epoch' && Number.isNaN(x)) x = rows[at + COLUMN.step] ?? NaN;
    if (axis === 'seconds') {
      if (Number.isNaN(start)) start = x;
      x -= start;
    } else x += offset;
    end = x;
    if (Number.isFinite(x)) places[i] = x;
  }
  return places;
}

/** The candidate that is shown: the one that was chosen, or the one that is being trained. */
function candidateOf({ stretches, chosenRate }: Trial): number | undefined {
  const chosen =
    chosenRate === undefined
      ? undefined
      : stretches.find(
          ({ learningRate = NaN }) => Math.abs(learningRate - chosenRate) <= 1e-9 * Math.abs(chosenRate),
        );
  return (chosen ?? stretches.at(-1))?.candidate;
}

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
