// How right an answer is, and the mean over a set of cases.
import type { EvalCase } from './case';

type Given = Pick<EvalCase, 'best' | 'acceptable'>;

/** Whether an answer calls a tie. */
export const callsTie = (called: readonly string[]): boolean => called.length > 1;

/**
 * 1 or 0. One strategy is right where it is acceptable and the case is decided; a tie is right where two of its
 * strategies are acceptable.
 */
export function strictCredit(called: readonly string[], { best, acceptable }: Given): number {
  const good = called.filter(strategy => acceptable.includes(strategy)).length;
  return (callsTie(called) ? good > 1 : good === 1 && best !== 'either') ? 1 : 0;
}

/** As strict; half where one acceptable strategy is called on a tie, or a tie holds one acceptable strategy. */
export function halfCredit(called: readonly string[], given: Given): number {
  if (strictCredit(called, given) === 1) return 1;
  return called.some(strategy => given.acceptable.includes(strategy)) ? 0.5 : 0;
}

export interface Scored {
  readonly paper: string;
  readonly best: string;
  /** 0 to 1. */
  readonly credit: number;
  readonly weight: number;
}

/** The mean over the values of `best` of the weighted mean credit; NaN where there are no cases. */
export function balanced(scored: readonly Scored[]): number {
  const groups = new Map<string, { credit: number; weight: number }>();
  for (const { best, credit, weight } of scored) {
    const group = groups.get(best) ?? { credit: 0, weight: 0 };
    groups.set(best, { credit: group.credit + credit * weight, weight: group.weight + weight });
  }
  const means = [...groups.values()].map(({ credit, weight }) => credit / weight);
  return means.reduce((sum, mean) => sum + mean, 0) / means.length;
}
