/** The value of a function at a point; writes its gradient. */
export type Evaluate = (point: Float64Array, gradient: Float64Array) => number;

/** Pairs of steps and gradients that the curvature is known from. */
const MEMORY = 5;
/** A gradient this much smaller than the first one is the minimum's. */
const TOLERANCE = 1e-5;
/** A step must lower the value by this share of what the slope promises (Armijo). */
const SUFFICIENT = 1e-4;

/**
 * The minimum of a convex function with limited memory (L-BFGS: Nocedal & Wright, Numerical Optimization, 2006,
 * algorithm 7.4), with steps that are halved until the value falls.
 *
 * @param most evaluations of the function
 */
export function minimize(evaluate: Evaluate, start: Float64Array, most: number): Float64Array {
  let point = start;
  let gradient = new Float64Array(start.length);
  let value = evaluate(point, gradient);
  const first = norm(gradient);
  const pairs: { readonly step: Float64Array; readonly change: Float64Array; readonly product: number }[] =
    [];
  for (let evaluations = 1; evaluations < most && norm(gradient) > TOLERANCE * Math.max(1e-12, first);) {
    const direction = descent(gradient, pairs);
    const slope = dot(direction, gradient);
    let length = pairs.length === 0 ? 1 / Math.max(1, norm(gradient)) : 1;
    let next = point;
    let nextGradient = gradient;
    let nextValue = Infinity;
    for (; evaluations < most; length /= 2) {
      next = Float64Array.from(point);
      addTo(next, direction, length);
      nextGradient = new Float64Array(start.length);
      nextValue = evaluate(next, nextGradient);
      evaluations++;
      if (nextValue <= value + SUFFICIENT * length * slope || length < 1e-10) break;
    }
    if (!(nextValue < value)) break;
    const step = Float64Array.from(next);
    addTo(step, point, -1);
    const change = Float64Array.from(nextGradient);
    addTo(change, gradient, -1);
    const product = dot(step, change);
    if (product > 0) pairs.push({ step, change, product });
    if (pairs.length > MEMORY) pairs.shift();
    [point, gradient, value] = [next, nextGradient, nextValue];
  }
  return point;
}

/** The direction of the quasi-Newton step: two loops over what is remembered. */
function descent(
  gradient: Float64Array,
  pairs: readonly { readonly step: Float64Array; readonly change: Float64Array; readonly product: number }[],
): Float64Array {
  const direction = new Float64Array(gradient.length);
  addTo(direction, gradient, -1);
  const shares: number[] = [];
  for (const { step, change, product } of [...pairs].reverse()) {
    const share = dot(step, direction) / product;
    shares.unshift(share);
    addTo(direction, change, -share);
  }
  const last = pairs.at(-1);
  const scale = last ? last.product / dot(last.change, last.change) : 1;
  for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] ?? 0) * scale;
  pairs.forEach(({ step, change, product }, p) => {
    const share = (shares[p] ?? 0) - dot(change, direction) / product;
    addTo(direction, step, share);
  });
  return direction;
}

function addTo(sum: Float64Array, other: Float64Array, times: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + times * (other[i] ?? 0);
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] ?? 0) * (other[i] ?? 0);
  return sum;
}

const norm = (vector: Float64Array): number => Math.sqrt(dot(vector, vector));
