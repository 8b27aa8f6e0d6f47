import { valueAt, type Column } from './points';
import type { Trial } from './trials';

export type Quantity = Extract<Column, 'loss' | 'validationLoss' | 'metric'>;
export type Axis = Extract<Column, 'epoch' | 'step' | 'seconds'>;

/** What of a run is drawn, and how. */
export interface CurveOptions {
  /** Each trial, or the mean over seeds of each arm and size, one standard deviation about it. */
  readonly by: 'mean' | 'trial';
  readonly axis: Axis;
  /** Weight of what came before in a moving average, from 0 to below 1. */
  readonly smoothing: number;
  /** Training examples; `latest` follows the run to its largest size so far. */
  readonly size: 'latest' | 'all' | number;
  /** The arms that are not shown. */
  readonly hidden: readonly string[];
}

/** A line of a chart. */
export interface Curve {
  readonly id: string;
  readonly arm: string;
  readonly strategy: string;
  readonly variant?: string;
  readonly n?: number;
  /** Absent for a mean. */
  readonly seed?: number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** The band about a mean of several seeds. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** Whether it still grows. */
  readonly live: boolean;
}

/** Points of a mean are no closer than its range in so many parts. */
const MOST_MEANS = 300;

/** The curves of trials, with those of trials that have not changed kept from call to call. */
export interface Curves {
  readonly of: (trials: readonly Trial[], quantity: Quantity, options: CurveOptions) => readonly Curve[];
}

export function createCurves(): Curves {
  const kept = new Map<string, { readonly stamp: string; readonly curve: Curve | undefined }>();
  const cached = (key: string, stamp: string, make: () => Curve | undefined): Curve | undefined => {
    const before = kept.get(key);
    if (before?.stamp === stamp) return before.curve;
    const curve = make();
    kept.set(key, { stamp, curve });
    return curve;
  };
  return {
    of(trials, quantity, options) {
      const { by, axis, smoothing } = options;
      const shown = shownTrials(trials, options);
      const one = (trial: Trial, weight: number): Curve | undefined =>
        cached(`${quantity} ${trial.head.id}`, `${axis} ${weight} ${trial.version}`, () =>
          trialCurve(trial, quantity, axis, weight),
        );
      if (by === 'trial') return shown.flatMap(trial => one(trial, smoothing) ?? []);
      return [...groupsOf(shown)].flatMap(([id, group]) => {
        const versions = group.map(({ head, version }) => `${head.seed}:${version}`).join(' ');
        return (
          cached(`${quantity} mean ${id}`, `${axis} ${smoothing} ${versions}`, () =>
            meanCurve(
              id,
              group.flatMap(trial => one(trial, 0) ?? []),
              smoothing,
            ),
          ) ?? []
        );
      });
    },
  };
}

/** The sizes that trials have, ascending. */
export function sizesOf(trials: readonly Trial[]): readonly number[] {
  const sizes = trials.flatMap(({ head }) => (head.n === undefined ? [] : [head.n]));
  return [...new Set(sizes)].sort((a, b) => a - b);
}

function shownTrials(trials: readonly Trial[], { size, hidden }: CurveOptions): readonly Trial[] {
  const begun = trials.filter(({ points }) => points.length > 0);
  const n = size === 'latest' ? sizesOf(begun).at(-1) : size;
  return begun.filter(
    ({ head }) => !hidden.includes(head.arm) && (n === 'all' || head.n === undefined || head.n === n),
  );
}

function groupsOf(trials: readonly Trial[]): ReadonlyMap<string, Trial[]> {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const id = [trial.head.arm, ...(trial.head.n === undefined ? [] : [`n${trial.head.n}`])].join('-');
    const group = groups.get(id);
    if (group) group.push(trial);
    else groups.set(id, [trial]);
  }
  return groups;
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

function trialCurve(trial: Trial, quantity: Quantity, axis: Axis, smoothing: number): Curve | undefined {
  const { head, points, stretches, status } = trial;
  const candidate = candidateOf(trial);
  const [xs, ys]: [number[], number[]] = [[], []];
  let [stretch, offset, end, start] = [-1, 0, 0, NaN];
  for (let i = 0; i < points.length; i++) {
    const now = valueAt(points, i, 'stretch');
    if (stretches[now]?.candidate !== candidate) continue;
    if (now !== stretch) [stretch, offset] = [now, end];
    let x = valueAt(points, i, axis);
    // A program of the user's own may count no epochs.
    if (Number.isNaN(x) && axis === 'epoch') x = valueAt(points, i, 'step');
    if (axis === 'seconds') {
      if (Number.isNaN(start)) start = x;
      x -= start;
    } else x += offset;
    end = x;
    const y = valueAt(points, i, quantity);
    if (Number.isNaN(y) || !Number.isFinite(x)) continue;
    xs.push(x);
    ys.push(Number.isFinite(y) ? y : NaN);
  }
  if (xs.length === 0) return undefined;
  const { id, arm, strategy, variant, n, seed } = head;
  return {
    ...{ id, arm, strategy, seed, xs, ys: smoothed(ys, smoothing), live: status === 'running' },
    ...(variant === undefined ? {} : { variant }),
    ...(n === undefined ? {} : { n }),
  };
}

/** An exponential moving average without the pull of its start (as Adam corrects its moments); gaps stay gaps. */
export function smoothed(values: readonly number[], weight: number): number[] {
  if (weight <= 0) return [...values];
  let [sum, mass] = [0, 0];
  return values.map(value => {
    if (!Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return sum / mass;
  });
}

function meanCurve(id: string, curves: readonly Curve[], smoothing: number): Curve | undefined {
  const [first] = curves;
  if (!first) return undefined;
  const { seed: _, ...common } = first;
  const live = curves.some(curve => curve.live);
  if (curves.length === 1) return { ...common, id, live, ys: smoothed(first.ys, smoothing) };
  const grid = thinned([...new Set(curves.flatMap(({ xs }) => xs))].sort((a, b) => a - b));
  const readers = curves.map(readerOf);
  const rows = grid.flatMap(x => {
    const values = readers.map(read => read(x)).filter(Number.isFinite);
    // Where most seeds have stopped, the mean of the others would say something else.
    if (2 * values.length < curves.length) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return [{ x, mean, spread: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 }];
  });
  const mean = smoothed(
    rows.map(row => row.mean),
    smoothing,
  );
  const spread = smoothed(
    rows.map(row => row.spread),
    smoothing,
  );
  return {
    ...common,
    id,
    live,
    xs: rows.map(({ x }) => x),
    ys: mean,
    low: mean.map((value, i) => value - (spread[i] ?? 0)),
    high: mean.map((value, i) => value + (spread[i] ?? 0)),
  };
}

function thinned(grid: readonly number[]): readonly number[] {
  if (grid.length <= MOST_MEANS) return grid;
  const step = (grid.length - 1) / (MOST_MEANS - 1);
  return Array.from({ length: MOST_MEANS }, (_, i) => grid[Math.round(i * step)] ?? 0);
}

/** Reads a curve between its points, for ascending places; beyond its ends there is nothing. */
function readerOf({ xs, ys }: Curve): (x: number) => number {
  let at = 0;
  return x => {
    while (at < xs.length - 2 && (xs[at + 1] ?? Infinity) < x) at++;
    const [x0 = NaN, x1 = x0] = [xs[at], xs[at + 1]];
    const [y0 = NaN, y1 = y0] = [ys[at], ys[at + 1]];
    if (x < x0 || x > x1) return NaN;
    return x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
  };
}
