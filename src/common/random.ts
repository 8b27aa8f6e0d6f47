/** Draws numbers from 0 up to 1, the same ones for the same seed on any machine. */
export type Random = () => number;

/** A generator for one purpose: equal parts give equal numbers, and any other part gives unrelated ones. */
export function seededRandom(...parts: readonly (string | number)[]): Random {
  let state = hash(parts.join('\0'));
  // Mulberry32: 32 bits of state are plenty for orders and batches.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number for libraries that want a seed. */
export function seedFrom(...parts: readonly (string | number)[]): number {
  return hash(parts.join('\0')) >>> 1;
}

/** FNV-1a over UTF-16 units, its bits mixed at the end. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
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

/** Numbers from 0 up to 1, the same for the same seed on every machine (sfc32, Doty-Humphrey, PractRand 2010). */
export type RandomGenerator = () => number;

export function sfc32(seed: number): RandomGenerator {
  let [a, b, c, counter] = [0, seed | 0, 0x9e3779b9, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers of neighbouring seeds are alike.
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** A standard normal number (Box & Muller 1958). */
export function normal(random: RandomGenerator): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A number of Student's t distribution: a normal one over the root of a mean square of `df` others. */
export function studentT(random: RandomGenerator, df: number): number {
  return normal(random) / Math.sqrt((2 * gamma(random, df / 2)) / df);
}

/** A gamma number of scale 1 (Marsaglia & Tsang, A simple method for generating gamma variables, 2000). */
function gamma(random: RandomGenerator, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
