/** The columns of a point of training; what was not measured there is NaN, what left the numbers is infinite. */
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

export const WIDTH = 7;

/** More points of one trial than a chart has pixels say nothing more, and memory would grow for as long as it trains. */
export const MOST_POINTS = 2000;

/** Points of training, row by row; grows in place. */
export interface Points {
  rows: Float64Array;
  length: number;
}

export function noPoints(): Points {
  return { rows: new Float64Array(0), length: 0 };
}

/**
 * Adds rows; beyond {@link MOST_POINTS} neighbours are merged two by two. The first rows are taken as they are, never
 * written to.
 */
export function addPoints(points: Points, added: Float64Array): void {
  const more = Math.floor(added.length / WIDTH);
  if (points.length === 0 && more <= MOST_POINTS) {
    [points.rows, points.length] = [added, more];
    return;
  }
  for (let from = 0; from < more;) {
    const count = Math.min(more - from, MOST_POINTS - points.length);
    if (count === 0) {
      thin(points);
      continue;
    }
    makeRoom(points, count);
    points.rows.set(added.subarray(from * WIDTH, (from + count) * WIDTH), points.length * WIDTH);
    points.length += count;
    from += count;
  }
}

function makeRoom(points: Points, count: number): void {
  const needed = (points.length + count) * WIDTH;
  if (needed <= points.rows.length) return;
  const rows = new Float64Array(Math.min(MOST_POINTS * WIDTH, Math.max(needed, 2 * points.rows.length)));
  rows.set(points.rows.subarray(0, points.length * WIDTH));
  points.rows = rows;
}

/** Of two neighbours the later one stays, with what only the earlier one had. */
function thin(points: Points): void {
  const { rows, length } = points;
  const merged = new Float64Array(rows.length);
  let kept = 0;
  for (let i = 0; i < length; i += 2) {
    const [first, second] = [i * WIDTH, Math.min(i + 1, length - 1) * WIDTH];
    for (let column = 0; column < WIDTH; column++) {
      const later = rows[second + column] ?? NaN;
      merged[kept * WIDTH + column] = Number.isNaN(later) ? (rows[first + column] ?? NaN) : later;
    }
    kept++;
  }
  [points.rows, points.length] = [merged, kept];
}

/** A copy of all rows, to be sent. */
export function rowsOf({ rows, length }: Points): Float64Array {
  return rows.slice(0, length * WIDTH);
}

export function valueAt({ rows }: Points, index: number, column: Column): number {
  return rows[index * WIDTH + COLUMN[column]] ?? NaN;
}
