// Whether what an answer says of its own certainty holds.
import type { Confidence } from '../../src/advisor/advice';

/** An answer that was judged: what it stated, and whether it was right (strictly). */
export interface Stated {
  readonly confidence?: Confidence;
  /** 0 to 1. */
  readonly probability?: number;
  readonly right: boolean;
}

export interface Level {
  readonly level: Confidence | 'none';
  readonly cases: number;
  /** Share of all cases, 0 to 1. */
  readonly share: number;
  /** Share that is right; NaN where there are no cases. */
  readonly right: number;
}

const LEVELS: readonly Level['level'][] = ['high', 'medium', 'low', 'none'];

/** By confidence: how many cases, and how many of them are right. */
export function levelsOf(stated: readonly Stated[]): Level[] {
  return LEVELS.map(level => {
    const own = stated.filter(({ confidence = 'none' }) => confidence === level);
    return { level, cases: own.length, share: own.length / stated.length, right: rightShare(own) };
  });
}

export interface Third {
  readonly cases: number;
  /** The mean of what was stated. */
  readonly stated: number;
  readonly right: number;
}

/** The cases in three equal parts by stated probability; those that state none are left out. */
export function thirdsOf(stated: readonly Stated[]): Third[] {
  const known = stated.flatMap(({ probability, right }) =>
    probability === undefined ? [] : [{ probability, right }],
  );
  if (known.length < 3) return [];
  known.sort((a, b) => a.probability - b.probability);
  return [0, 1, 2].map(i => {
    const part = known.slice(Math.floor((i * known.length) / 3), Math.floor(((i + 1) * known.length) / 3));
    return {
      cases: part.length,
      stated: part.reduce((sum, { probability }) => sum + probability, 0) / part.length,
      right: rightShare(part),
    };
  });
}

function rightShare(cases: readonly { readonly right: boolean }[]): number {
  return cases.filter(({ right }) => right).length / cases.length;
}
