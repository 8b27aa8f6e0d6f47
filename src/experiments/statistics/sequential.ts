import { normalCdf, normalQuantile } from './distributions';

/**
 * How much of an error rate may be spent once a share of the information is there, in O'Brien and Fleming's manner: little
 * while there is little, and nearly all of it is left for the end (Lan & DeMets, Discrete sequential boundaries for
 * clinical trials, 1983; DeMets & Lan, Interim analysis: the alpha spending function approach, 1994).
 *
 * @param alpha of both sides together
 * @param time the share, from 0 to 1
 */
export function spentError(alpha: number, time: number): number {
  if (time <= 0) return 0;
  if (time >= 1) return alpha;
  return 4 * normalCdf(normalQuantile(alpha / 4) / Math.sqrt(time));
}

/** A look with hardly more information than the one before cannot tell anything else. */
const LEAST_STEP = 0.01;

/** Points of the density between the boundaries: Simpson's rule. */
const POINTS = 81;

/**
 * The two-sided significance levels at which looks may reject, so that all of them together reject a true hypothesis with
 * probability `alpha` at most. The estimate at a look is a sum of independent increments, as means over more and more seeds
 * are, so that the density of what has not been rejected follows from look to look by integration (Armitage, McPherson &
 * Rowe, Repeated significance tests on accumulating data, 1969).
 *
 * @param times the share of the information at each look, ascending
 */
export function nominalLevels(alpha: number, times: readonly number[]): readonly number[] {
  const levels: number[] = [];
  let density: Density | undefined;
  let before = 0;
  for (const [look, given] of times.entries()) {
    const time = Math.min(1, given);
    if (time < before + LEAST_STEP && levels.length > 0) {
      levels.push(levels.at(-1) ?? 0);
      continue;
    }
    const wanted = spentError(alpha, time) - spentError(alpha, before);
    const bound = boundary(density, time - before, wanted);
    levels.push(2 * normalCdf(-bound / Math.sqrt(time)));
    if (look < times.length - 1) density = carried(density, time - before, bound);
    before = time;
  }
  return levels;
}

/** Of a Brownian motion at a time, where it has not left the boundaries: its places and their probabilities. */
interface Density {
  readonly at: Float64Array;
  readonly mass: Float64Array;
}

/** The distance from zero that the motion exceeds with the probability that is wanted, after not having left before. */
function boundary(density: Density | undefined, step: number, wanted: number): number {
  const spread = Math.sqrt(step);
  const alone = -spread * normalQuantile(wanted / 2);
  if (!density) return alone;
  // By Newton's method; the logarithm of a tail is nearly a parabola.
  let bound = Math.max(alone, ...density.at);
  for (let i = 0; i < 30; i++) {
    const { left, slope } = leaving(density, spread, bound);
    if (!(left > 0)) return bound;
    const change = (Math.log(left / wanted) * left) / slope;
    bound = Math.max(0, bound + Math.min(2 * spread, Math.max(-2 * spread, change)));
    if (Math.abs(change) < 1e-7) break;
  }
  return bound;
}

/** The probability to be beyond a bound a step later, and how fast it falls with the bound. */
function leaving(
  { at, mass }: Density,
  spread: number,
  bound: number,
): { readonly left: number; readonly slope: number } {
  let [left, slope] = [0, 0];
  for (let i = 0; i < at.length; i++) {
    const [low, high] = [(-bound - (at[i] ?? 0)) / spread, ((at[i] ?? 0) - bound) / spread];
    const weight = mass[i] ?? 0;
    left += weight * (normalCdf(low) + normalCdf(high));
    slope += weight * (Math.exp((-low * low) / 2) + Math.exp((-high * high) / 2));
  }
  return { left, slope: slope / (spread * Math.sqrt(2 * Math.PI)) };
}

function carried(density: Density | undefined, step: number, bound: number): Density {
  const spread = Math.sqrt(step);
  const width = (2 * bound) / (POINTS - 1);
  const at = Float64Array.from({ length: POINTS }, (_, i) => -bound + i * width);
  const normal = (x: number): number => Math.exp((-x * x) / (2 * step)) / (spread * Math.sqrt(2 * Math.PI));
  const mass = at.map((place, i) => {
    const end = i === 0 || i === POINTS - 1;
    const weight = (width / 3) * (end ? 1 : i % 2 === 1 ? 4 : 2);
    if (!density) return weight * normal(place);
    let sum = 0;
    for (let j = 0; j < density.at.length; j++)
      sum += (density.mass[j] ?? 0) * normal(place - (density.at[j] ?? 0));
    return weight * sum;
  });
  return { at, mass };
}

/**
 * The smallest error rate at which the latest look rejects: a p-value that holds however often was looked before (a
 * repeated p-value: Jennison & Turnbull, Group sequential methods, 2000, ch. 9).
 *
 * @param p of the data at the latest look alone
 */
export function repeatedP(p: number, times: readonly number[]): number {
  if (p <= LEAST_P || p >= 1 || times.length === 0 || (times.length === 1 && (times[0] ?? 1) >= 1)) return p;
  const excess = (alpha: number): number => Math.log((nominalLevels(alpha, times).at(-1) ?? 0) / p);
  // In logarithms the level rises almost in a line with the error rate.
  let [low, high] = [p, 1].map(alpha => ({ at: Math.log(alpha), by: excess(alpha) }));
  for (let i = 0; low && high && i < 12; i++) {
    if (low.by >= 0) return p;
    const at = low.at - (low.by * (high.at - low.at)) / (high.by - low.by);
    const by = excess(Math.exp(at));
    if (Math.abs(by) < 1e-3) return Math.exp(at);
    if (by < 0) low = { at, by };
    else high = { at, by };
  }
  return Math.exp(high?.at ?? 0);
}

/** Below this nobody asks how much smaller. */
const LEAST_P = 1e-9;
