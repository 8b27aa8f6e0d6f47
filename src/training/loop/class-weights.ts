import { entryOf } from '../../common/named-entries';
import type { Examples } from '../datasets/examples';

/** How much each class counts in the loss of its task; 1 where a task has no entry. */
export type ClassWeights = Readonly<Record<string, readonly number[]>>;

/** A class of this many times fewer examples than the mean counts no more than this. */
const MOST_WEIGHT = 10;

/** Weights under which all classes count the same in sum, and the average example counts 1. */
export function balancedWeights({ labels }: Examples, rows: Int32Array, task: string): readonly number[] {
  const values = entryOf(labels, task)?.values;
  const counts: number[] = [];
  for (const row of rows) {
    const of = values?.[row] ?? 0;
    counts[of] = (counts[of] ?? 0) + 1;
  }
  const classes = counts.filter(count => count > 0).length;
  return Array.from(counts, count => (count ? Math.min(MOST_WEIGHT, rows.length / (classes * count)) : 1));
}
