import type { Size, Unit } from './annotation-model';

export const UNITS: readonly Unit[] = [
  'examples',
  'hours',
  'minutes',
  'seconds',
  'tokens',
  'words',
  'characters',
  'sentences',
];

/** What one unit is in its dimension's base unit. Units of different dimensions never compare. */
const DIMENSIONS: Readonly<Record<Unit, { readonly dimension: string; readonly factor: number }>> = {
  examples: { dimension: 'examples', factor: 1 },
  hours: { dimension: 'duration', factor: 3600 },
  minutes: { dimension: 'duration', factor: 60 },
  seconds: { dimension: 'duration', factor: 1 },
  tokens: { dimension: 'tokens', factor: 1 },
  words: { dimension: 'words', factor: 1 },
  characters: { dimension: 'characters', factor: 1 },
  sentences: { dimension: 'sentences', factor: 1 },
};

export function sameDimension(a: Unit, b: Unit): boolean {
  return DIMENSIONS[a].dimension === DIMENSIONS[b].dimension;
}

/** `size` in another unit of the same dimension, or `undefined` where the two do not compare. */
export function convertSize(size: Size, unit: Unit): number | undefined {
  const from = DIMENSIONS[size.unit];
  const to = DIMENSIONS[unit];
  if (from.dimension !== to.dimension) return undefined;
  return from.factor === to.factor ? size.value : (size.value * from.factor) / to.factor;
}
