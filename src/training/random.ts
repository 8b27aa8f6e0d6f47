/** Draws numbers from 0 up to 1, the same ones for the same seed on any machine. */
export type Random = () => number;

/** A generator for one purpose: equal parts give equal numbers, and any other part gives unrelated ones. */
export function seeded(...parts: readonly (string | number)[]): Random {
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
export function seedOf(...parts: readonly (string | number)[]): number {
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
