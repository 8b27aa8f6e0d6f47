import { avalanche } from './hash';

/**
 * Seeded random numbers, the same on every machine. There are two generators, and neither stream may change: a run
 * that is resumed, perhaps by a later version, goes on with the orders (Mulberry32) and the noise inside networks
 * (sfc32) that it began with, and a report that is made again has the intervals it had.
 */

/** Draws numbers from 0 up to 1. */
export type Random = () => number;

/** A generator for one purpose: equal parts give equal numbers, and any other part gives unrelated ones. */
export function seededRandom(...parts: readonly (string | number)[]): Random {
  return mulberry32(hashOf(parts));
}

/** A whole number for libraries that want a seed. */
export function seedFrom(...parts: readonly (string | number)[]): number {
  return hashOf(parts) >>> 1;
}

/** FNV-1a over UTF-16 units, its bits mixed at the end. */
function hashOf(parts: readonly (string | number)[]): number {
  const text = parts.join('\0');
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return avalanche(h);
}

/** 32 bits of state (Ettinger 2017): plenty for orders, batches and made-up data, not for statistics. */
export function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A long period and no known flaw, for statistics: sfc32 (Doty-Humphrey, PractRand 2010). */
export function sfc32(seed: number): Random {
  // The first numbers of neighbouring seeds are alike.
  const bits = sfc32Bits([0, seed, 0], 15);
  return () => bits() / 2 ** 32;
}

/**
 * sfc32 as whole numbers of 32 bits.
 *
 * @param seed three words; streams differ where one of them does
 * @param skipped numbers that are left out at the beginning, until the words have mixed: 12 at least
 */
export function sfc32Bits(seed: readonly [number, number, number], skipped: number): () => number {
  const [first, second, third] = seed;
  // A typed array keeps the words unboxed, which makes this three times as fast as variables of the closure.
  const state = Int32Array.of(first, second, third ^ 0x9e3779b9, 1);
  const next = (): number => {
    const b = state[1] ?? 0;
    const c = state[2] ?? 0;
    const counter = state[3] ?? 0;
    const sum = ((((state[0] ?? 0) + b) | 0) + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = counter + 1;
    return sum >>> 0;
  };
  for (let i = 0; i < skipped; i++) next();
  return next;
}

/** Puts `values` into a random order, in place (Fisher–Yates). */
export function shuffle<T extends Int32Array | number[]>(values: T, random: Random): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = held;
  }
  return values;
}

/** A standard normal number (Box & Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A number of Student's t distribution: a normal one over the root of a mean square of `df` others. */
export function studentT(random: Random, df: number): number {
  return normal(random) / Math.sqrt((2 * gamma(random, df / 2)) / df);
}

/** A gamma number of scale 1 (Marsaglia & Tsang, A simple method for generating gamma variables, 2000). */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
