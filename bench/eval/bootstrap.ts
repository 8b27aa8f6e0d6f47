// Intervals over papers: whole papers are drawn, since the cases of one paper resemble each other.
import { seededRandom } from '../../src/common/random';

/** The middle 90 % of what a statistic takes when papers are drawn anew, with replacement. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const DRAWS = 1000;
const LEVEL = 0.9;

/** Deterministic. `statistic` gets the cases of the drawn papers; draws in which it is not a number are left out. */
export function bootstrapPapers<T extends { readonly paper: string }>(
  cases: readonly T[],
  statistic: (drawn: readonly T[]) => number,
  { draws = DRAWS, seed = 1 }: { readonly draws?: number; readonly seed?: number } = {},
): Interval {
  const byPaper = new Map<string, T[]>();
  for (const each of cases) {
    const own = byPaper.get(each.paper);
    if (own) own.push(each);
    else byPaper.set(each.paper, [each]);
  }
  const papers = [...byPaper.values()];
  const random = seededRandom('bootstrap-papers', seed);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const drawn = papers.flatMap(() => papers[Math.floor(random() * papers.length)] ?? []);
    const value = statistic(drawn);
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? NaN;
  return { low: at((1 - LEVEL) / 2), high: at((1 + LEVEL) / 2) };
}
