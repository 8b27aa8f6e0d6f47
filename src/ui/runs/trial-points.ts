/** The columns of a point of training; what was not measured there is NaN, what diverged is infinite. */
export const COLUMN = {
  seconds: 0,
  step: 1,
  epoch: 2,
  loss: 3,
  validationLoss: 4,
  metric: 5,
  /** The number of its stretch of training. */
  stretch: 6,
} as const;

export type Column = keyof typeof COLUMN;

export const POINT_WIDTH = 7;

/** More points of one trial than a chart has pixels say nothing more, and memory would grow for as long as it trains. */
export const MAX_POINTS = 2000;

/** Points of training, row by row; grows in place. */
export interface Points {
  rows: Float64Array;
  length: number;
}

export function emptyPoints(): Points {
  return { rows: new Float64Array(0), length: 0 };
}

/**
 * Adds rows; beyond {@link MAX_POINTS} neighbours are merged two by two. The first rows are taken as they are, never
 * written to.
 */
export function addPoints(points: Points, added: Float64Array): void {
  const more = Math.floor(added.length / POINT_WIDTH);
  if (points.length === 0 && more <= MAX_POINTS) {
    [points.rows, points.length] = [added, more];
    return;
  }
  for (let from = 0; from < more;) {
    const count = Math.min(more - from, MAX_POINTS - points.length);
    if (count === 0) {
      thin(points);
      continue;
    }
    makeRoom(points, count);
    points.rows.set(
      added.subarray(from * POINT_WIDTH, (from + count) * POINT_WIDTH),
      points.length * POINT_WIDTH,
    );
    points.length += count;
    from += count;
  }
}

function makeRoom(points: Points, count: number): void {
  const needed = (points.length + count) * POINT_WIDTH;
  if (needed <= points.rows.length) return;
  const rows = new Float64Array(Math.min(MAX_POINTS * POINT_WIDTH, Math.max(needed, 2 * points.rows.length)));
  rows.set(points.rows.subarray(0, points.length * POINT_WIDTH));
  points.rows = rows;
}

/** Of two neighbours the later one stays, with what only the earlier one had. */
function thin(points: Points): void {
  const { rows, length } = points;
  const merged = new Float64Array(rows.length);
  let kept = 0;
  for (let i = 0; i < length; i += 2) {
    const [first, second] = [i * POINT_WIDTH, Math.min(i + 1, length - 1) * POINT_WIDTH];
    for (let column = 0; column < POINT_WIDTH; column++) {
      const later = rows[second + column] ?? NaN;
      merged[kept * POINT_WIDTH + column] = Number.isNaN(later) ? (rows[first + column] ?? NaN) : later;
    }
    kept++;
  }
  [points.rows, points.length] = [merged, kept];
}

/** A copy of all rows, to be sent. */
function rowsOf({ rows, length }: Points): Float64Array {
  return rows.slice(0, length * POINT_WIDTH);
}

export function valueAt({ rows }: Points, index: number, column: Column): number {
  return rows[index * POINT_WIDTH + COLUMN[column]] ?? NaN;
}

export type TrialStatus = 'waiting' | 'running' | 'finished' | 'failed';

/** Training of some layers at one rate, from its first step on. */
export interface Stretch {
  /** `train`, `joint`, `head`, `fine-tune`, or a stage's name. */
  readonly phase: string;
  readonly learningRate?: number;
  /** Which try of the tuning budget it belongs to, from 0. */
  readonly candidate: number;
}

/** What a job trains; pre-training is an arm of its own. */
export interface TrialHead {
  readonly id: string;
  readonly arm: string;
  readonly strategy: string;
  readonly variant?: string;
  /** Training examples; absent for pre-training. */
  readonly n?: number;
  readonly seed: number;
}

/** What is new of one trial. */
export interface TrialDelta {
  readonly id: string;
  /** With the first delta. */
  readonly head?: TrialHead;
  readonly status: TrialStatus;
  /** It began anew: points before these are of an attempt that was given up. */
  readonly restarted?: boolean;
  readonly stretches?: readonly Stretch[];
  readonly points?: Float64Array;
  /** The rate that validated best, once that is known. */
  readonly chosenRate?: number;
  /** The run's metric on the test split. */
  readonly value?: number;
  readonly seconds?: number;
  /** Why it failed. */
  readonly message?: string;
}

/** A trial as far as it has come; grows in place, and has another version after each change. */
export interface Trial {
  readonly head: TrialHead;
  status: TrialStatus;
  stretches: Stretch[];
  points: Points;
  chosenRate?: number;
  value?: number;
  seconds?: number;
  message?: string;
  version: number;
}

export type Trials = Map<string, Trial>;

/** Adds what is new. A delta on a trial that was never introduced is left out. */
export function applyDelta(trials: Trials, delta: TrialDelta): void {
  const known = trials.get(delta.id);
  const head = known?.head ?? delta.head;
  if (!head) return;
  const trial = known ?? { head, status: delta.status, stretches: [], points: emptyPoints(), version: 0 };
  trials.set(delta.id, trial);
  if (delta.restarted === true) {
    trial.stretches = [];
    trial.points = emptyPoints();
    delete trial.message;
  }
  trial.status = delta.status;
  if (delta.stretches) trial.stretches.push(...delta.stretches);
  if (delta.points) addPoints(trial.points, delta.points);
  if (delta.chosenRate !== undefined) trial.chosenRate = delta.chosenRate;
  if (delta.value !== undefined) trial.value = delta.value;
  if (delta.seconds !== undefined) trial.seconds = delta.seconds;
  if (delta.message !== undefined) trial.message = delta.message;
  trial.version++;
}

/** All of a trial, as one delta for somebody who knows nothing of it yet. */
export function fullDelta(trial: Trial): TrialDelta {
  const { head, status, stretches, points, chosenRate, value, seconds, message } = trial;
  return {
    id: head.id,
    head,
    status,
    stretches: [...stretches],
    points: rowsOf(points),
    ...(chosenRate === undefined ? {} : { chosenRate }),
    ...(value === undefined ? {} : { value }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(message === undefined ? {} : { message }),
  };
}
