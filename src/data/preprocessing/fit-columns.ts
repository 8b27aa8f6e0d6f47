import type { ExampleRow } from '../dataset/example-rows';
import { isDash } from '../data-tables';
import { fitAmounts } from './amounts';
import { fitDates } from './fit-dates';
import { type Moments, addValue, createMoments, mergeMoments, standardDeviation } from './moments';
import type { ColumnPreprocessing } from './preprocessing';

/** Categories of a column that get a value each, where it has no more. */
const MAX_CATEGORIES = 64;
/** Where it has more: the commonest that get one, and the values that the others share. */
const MOST_OWN = 128;
const BUCKETS = 32;
/** Different words of a column that are counted. */
const MOST_COUNTED = 20_000;
/** Of the cells of a column of categories, at least this share repeats another; else they name single rows. */
const REPEATED = 0.5;
/** In characters: a text is no category. */
const LONGEST_CATEGORY = 1000;
/** A column is of dates, or of numbers, where at least this share of its filled cells are. */
const ALIKE = 0.95;
/** Filled cells that are looked at in every way; a column of numbers is then read as numbers alone. */
const LOOKED_AT = 20;

export interface ColumnFitter {
  observe(row: ExampleRow): void;
  /** `undefined` for a column that nothing can be learned from: all missing, or of ever different words. */
  finish(): ColumnPreprocessing | undefined;
}

/**
 * Fits one column on the training rows: as plain numbers where all filled cells are, but for dashes; as dates, or numbers with units,
 * where nearly all are; else as categories, of which rare ones share values where there are many.
 */
export function fitColumn(name: string): ColumnFitter {
  const plain = createMoments();
  const words = wordCounter();
  const dates = fitDates(name);
  const amounts = fitAmounts();
  const seen = new Set<number>();
  let [filled, missing, dashes] = [0, 0, 0];
  let [isNumeric, isDated] = [true, false];
  return {
    observe({ block, row, place }) {
      const at = place(name);
      const number = at === undefined ? NaN : block.number(row, at);
      const isNumber = Number.isFinite(number);
      if (isNumber) {
        addValue(plain, number);
        if (isNumeric && !isDated && filled >= LOOKED_AT) {
          filled++;
          if (seen.size <= MAX_CATEGORIES) seen.add(number);
          return;
        }
      }
      const text = at === undefined ? undefined : block.text(row, at);
      if (text === undefined) {
        missing++;
        return;
      }
      if (Number.isNaN(number)) isNumeric = false;
      filled++;
      if (isDash(text)) dashes++;
      words.add(text);
      dates.observe(text);
      if (!isNumber) amounts.observe(text);
      if (filled === LOOKED_AT) isDated = dates.count() >= ALIKE * filled;
    },
    finish() {
      if (filled === 0) return undefined;
      const date = dates.count() >= ALIKE * filled ? dates.finish() : undefined;
      if (date) return { name, kind: 'date', ...date, flagsMissing: missing + filled > dates.count() };
      if (isNumeric) return plain.count === 0 ? undefined : numeric(name, plain, missing > 0);
      if (plain.count > 0 && plain.count + dashes === filled) return numeric(name, plain, true);
      const found = amounts.finish();
      const all = mergeMoments(plain, found?.moments ?? createMoments());
      if (all.count >= ALIKE * filled && (found !== undefined || plain.count > MAX_CATEGORIES))
        return {
          ...numeric(name, all, missing + filled > all.count),
          ...(found && { amount: found.amount }),
        };
      for (const each of seen) words.add(String(each));
      return categories(name, words);
    },
  };
}

function numeric(
  name: string,
  moments: Moments,
  flagsMissing: boolean,
): Extract<ColumnPreprocessing, { kind: 'numeric' }> {
  return {
    name,
    kind: 'numeric',
    mean: moments.mean,
    deviation: standardDeviation(moments),
    flagsMissing,
  };
}

interface WordCounter {
  readonly add: (text: string) => void;
  readonly counts: ReadonlyMap<string, number>;
  /** Cells, and those of them that are too long, or too late, to be counted. */
  readonly total: () => { readonly cells: number; readonly uncounted: number };
}

function wordCounter(): WordCounter {
  const counts = new Map<string, number>();
  let [cells, uncounted] = [0, 0];
  return {
    counts,
    total: () => ({ cells, uncounted }),
    add(text) {
      cells++;
      const before = counts.get(text);
      if (before === undefined && (text.length > LONGEST_CATEGORY || counts.size >= MOST_COUNTED))
        uncounted++;
      else counts.set(text, (before ?? 0) + 1);
    },
  };
}

function categories(name: string, { counts, total }: WordCounter): ColumnPreprocessing | undefined {
  const { cells, uncounted } = total();
  if (counts.size === 0) return undefined;
  if (counts.size <= MAX_CATEGORIES && uncounted === 0)
    return { name, kind: 'categorical', categories: [...counts.keys()].sort() };
  if (cells - uncounted - counts.size < REPEATED * cells) return undefined;
  const own = [...counts]
    .filter(([, count]) => count > 1)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MOST_OWN)
    .map(([word]) => word);
  return { name, kind: 'hashed', categories: own, buckets: BUCKETS };
}
