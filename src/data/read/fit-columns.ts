import type { ColumnPipeline } from './pipeline';
import type { RowReference } from './rows';
import { addValue, createMoments, deviation } from './statistics';

/** A column of words with more different ones than this has too few examples of each to learn from. */
const MAX_CATEGORIES = 64;

export interface ColumnFit {
  observe(row: RowReference): void;
  /** `undefined` for a column that nothing can be learned from: all missing, or of ever different words. */
  finish(): ColumnPipeline | undefined;
}

/** Fits one column: numeric where every filled cell of the training rows is a number, categorical otherwise. */
export function fitColumn(name: string): ColumnFit {
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
        // A number is kept as a word too as long as the column may turn out to hold words.
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
        return { name, kind: 'numeric', mean, deviation: deviation(moments), flagsMissing: missing > 0 };
      }
      if (words.size > MAX_CATEGORIES || words.size === 0) return undefined;
      return { name, kind: 'categorical', categories: [...words].sort() };
    },
  };
}

function addWord(words: Set<string>, text: string | undefined): void {
  if (text !== undefined && words.size <= MAX_CATEGORIES) words.add(text);
}
