import type { ExampleRow } from '../dataset/example-rows';
import type { ColumnPreprocessing } from './preprocessing';

/** Mean and deviation of a stream of numbers (Welford's method: one pass, no cancellation). */
export interface Moments {
  count: number;
  mean: number;
  squares: number;
}

export function createMoments(): Moments {
  return { count: 0, mean: 0, squares: 0 };
}

export function addValue(moments: Moments, value: number): void {
  moments.count++;
  const difference = value - moments.mean;
  moments.mean += difference / moments.count;
  moments.squares += difference * (value - moments.mean);
}

/** The population's deviation; 1 for what does not vary, so that dividing by it is harmless. */
export function standardDeviation({ count, squares, mean }: Moments): number {
  const value = count === 0 ? 0 : Math.sqrt(squares / count);
  return value > 1e-12 * Math.max(1, Math.abs(mean)) ? value : 1;
}

/** The value that a share of the sorted `values` does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** A column of words with more different ones than this has too few examples of each to learn from. */
const MAX_CATEGORIES = 64;
/** In characters. */
const LONGEST_CATEGORY = 1000;

export interface ColumnFitter {
  observe(row: ExampleRow): void;
  /** `undefined` for a column that nothing can be learned from: all missing, or of ever different words. */
  finish(): ColumnPreprocessing | undefined;
}

/** Fits one column: numeric where every filled cell of the training rows is a number, categorical otherwise. */
export function fitColumn(name: string): ColumnFitter {
  const moments = createMoments();
  const words = new Set<string>();
  let missing = 0;
  let isNumeric = true;
  return {
    observe({ block, row, place }) {
      const at = place(name);
      const number = at === undefined ? NaN : block.number(row, at);
      if (Number.isFinite(number)) {
        addValue(moments, number);
        // A number is also kept as text while the column may still turn out to contain text.
        if (at !== undefined && !isNumeric) addWord(words, block.text(row, at));
        return;
      }
      const text = at === undefined ? undefined : block.text(row, at);
      if (text === undefined) {
        missing++;
        return;
      }
      if (Number.isNaN(number)) isNumeric = false;
      addWord(words, text);
    },
    finish() {
      if (isNumeric) {
        if (moments.count === 0) return undefined;
        const { mean } = moments;
        return {
          name,
          kind: 'numeric',
          mean,
          deviation: standardDeviation(moments),
          flagsMissing: missing > 0,
        };
      }
      if (words.size > MAX_CATEGORIES || words.size === 0) return undefined;
      return { name, kind: 'categorical', categories: [...words].sort() };
    },
  };
}

function addWord(words: Set<string>, text: string | undefined): void {
  if (text === undefined || words.size > MAX_CATEGORIES) return;
  // A text is no category: its column counts as one of too many.
  if (text.length <= LONGEST_CATEGORY) words.add(text);
  else for (let i = 0; words.size <= MAX_CATEGORIES; i++) words.add(`\0${i}`);
}
