/** The value of a function at a point; writes its gradient. */
export type Evaluate = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimizeOptions {
  /** Evaluations of the function at most. */
  readonly most: number;
  /** It ends where no part of the gradient is larger than this. */
  readonly tolerance: number;
  /** Waited for after each evaluation: what it throws ends the search. */
  readonly pause?: () => Promise<void>;
}

/** Numbers that may be kept of earlier steps in all (128 MiB). */
const MOST_KEPT = 2 ** 24;
const MOST_PAIRS = 10;
/** A step must lower the value by this share of what the slope promises (Armijo). */
const SUFFICIENT = 1e-4;
const SHORTEST = 1e-12;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly product: number;
}

/**
 * The minimum of a smooth convex function, with limited memory (L-BFGS: Nocedal & Wright, Numerical Optimization, 2006,
 * algorithm 7.5) and steps that are halved until the value falls enough. Equal functions give equal results.
 *
 * @param start is left as it is
 */
export async function minimize(
  evaluate: Evaluate,
  start: Float64Array,
  { most, tolerance, pause = () => Promise.resolve() }: MinimizeOptions,
): Promise<Float64Array> {
  const size = start.length;
  const memory = Math.max(2, Math.min(MOST_PAIRS, Math.floor(MOST_KEPT / (2 * Math.max(1, size)))));
  const direction = new Float64Array(size);
  const pairs: Pair[] = [];
  let point = Float64Array.from(start);
  let gradient = new Float64Array(size);
  let next = new Float64Array(size);
  let nextGradient = new Float64Array(size);
  let value = evaluate(point, gradient);
  await pause();
  for (let evaluations = 1; evaluations < most && largest(gradient) > tolerance;) {
    descend(direction, gradient, pairs);
    const slope = dot(direction, gradient);
    let length = pairs.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    let nextValue = Infinity;
    let isLower = false;
    for (; evaluations < most && length > SHORTEST && !isLower; length /= 2) {
      for (let i = 0; i < size; i++) next[i] = (point[i] ?? 0) + length * (direction[i] ?? 0);
      nextValue = evaluate(next, nextGradient);
      evaluations++;
      await pause();
      isLower = nextValue <= value + SUFFICIENT * length * slope;
    }
    if (!isLower) break;
    remember(pairs, memory, [point, next], [gradient, nextGradient]);
    [point, next, gradient, nextGradient, value] = [next, point, nextGradient, gradient, nextValue];
  }
  return point;
}

/** What a step and the change of the gradient over it tell of the curvature; the oldest makes room, in its own arrays. */
function remember(
  pairs: Pair[],
  memory: number,
  [from, to]: readonly [Float64Array, Float64Array],
  [before, after]: readonly [Float64Array, Float64Array],
): void {
  const oldest = pairs.length === memory ? pairs.shift() : undefined;
  const step = oldest?.step ?? new Float64Array(to.length);
  const change = oldest?.change ?? new Float64Array(to.length);
  for (let i = 0; i < to.length; i++) {
    step[i] = (to[i] ?? 0) - (from[i] ?? 0);
    change[i] = (after[i] ?? 0) - (before[i] ?? 0);
  }
  const product = dot(step, change);
  if (product > 0) pairs.push({ step, change, product });
}

/** The direction of the quasi-Newton step: two loops over what is remembered. */
function descend(direction: Float64Array, gradient: Float64Array, pairs: readonly Pair[]): void {
  for (let i = 0; i < direction.length; i++) direction[i] = -(gradient[i] ?? 0);
  const shares = new Float64Array(pairs.length);
  for (let p = pairs.length - 1; p >= 0; p--) {
    const pair = pairs[p];
    if (!pair) continue;
    const share = dot(pair.step, direction) / pair.product;
    shares[p] = share;
    add(direction, pair.change, -share);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = last.product / dot(last.change, last.change);
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] ?? 0) * scale;
  }
  pairs.forEach(({ step, change, product }, p) => {
    add(direction, step, (shares[p] ?? 0) - dot(change, direction) / product);
  });
}

function add(to: Float64Array, vector: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + times * (vector[i] ?? 0);
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] ?? 0) * (other[i] ?? 0);
  return sum;
}

function largest(vector: Float64Array): number {
  let most = 0;
  for (let i = 0; i < vector.length; i++) most = Math.max(most, Math.abs(vector[i] ?? 0));
  return most;
}
