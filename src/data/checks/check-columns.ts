import { hash32 } from '../../common/hash';
import {
  columnDrift,
  columnDriftLocation,
  constantColumns,
  dashesMissing,
  duplicateColumns,
  equalPair,
  targetLeakage,
} from '../../messages/data-check-messages';
import { isDash } from '../data-tables';
import { type ColumnValues, columnValues } from '../preprocessing/input-columns';
import type { Check } from './check';
import { driftBeyondChance } from './distribution-drift';

/** Values of a column kept for each split to compare. */
const SAMPLE = 5000;
/** The Kolmogorov–Smirnov distance beyond chance from which drift is reported. */
const MAX_SHIFT = 0.1;
/** Rows that are searched for target leakage. */
const LEAK_ROWS = 20_000;
/** Cells that are kept for it, in all columns together. */
const LEAK_CELLS = 8_000_000;
/** Characters of a cell that are kept; a longer one is told from others by its hash. */
const LONGEST_CELL = 100;

interface Observed {
  readonly name: string;
  rows: number;
  first: string | undefined;
  isConstant: boolean;
  filled: number;
  numbers: number;
  dashes: number;
  /** Over all cells in order: equal for columns that are equal. */
  hash: number;
  readonly train: number[];
  readonly test: number[];
  readonly cells: string[];
  readonly values: ColumnValues;
}

/** Finds constant and duplicate columns, target leakage, and drift between training and test. */
export function columnCheck(
  names: readonly string[],
  labels: readonly string[],
  path: string,
  { isFirst: firsts }: { readonly isFirst: boolean },
): Check {
  const observe = (name: string, place: number): Observed => ({
    name,
    rows: 0,
    first: undefined,
    isConstant: true,
    filled: 0,
    numbers: 0,
    dashes: 0,
    hash: 0,
    train: [],
    test: [],
    cells: [],
    values: columnValues(name, firsts && place === 0),
  });
  const columns = names.map(observe);
  const targets = labels.map(label => observe(label, 1));
  const leakRows = Math.min(LEAK_ROWS, Math.ceil(LEAK_CELLS / (columns.length + targets.length + 1)));
  return {
    observe({ block, row, place, split }) {
      for (const column of [...columns, ...targets]) {
        const at = place(column.name);
        const text = at === undefined ? undefined : block.text(row, at);
        const short = text === undefined ? undefined : shortText(text);
        if (column.rows++ === 0) column.first = short;
        if (short !== column.first) column.isConstant = false;
        column.hash = hash32(`${column.hash} ${text ?? ''}`, 1);
        if (column.cells.length < leakRows) column.cells.push(short ?? '');
        const number = at === undefined ? NaN : block.number(row, at);
        column.values.observe(text, number);
        if (text !== undefined) {
          column.filled++;
          if (Number.isFinite(number)) column.numbers++;
          else if (isDash(text)) column.dashes++;
        }
        const sample = split === 'train' ? column.train : split === 'test' ? column.test : undefined;
        if (sample && sample.length < SAMPLE && Number.isFinite(number)) sample.push(number);
      }
    },
    finish(issues) {
      const byHash = new Map<number, string>();
      for (const column of columns) {
        const { name, rows, train, test } = column;
        const { filled, numbers, dashes } = column;
        if (numbers > 0 && dashes > 0 && numbers + dashes === filled)
          issues.add('information', 'missing-values', dashesMissing(path), name, dashes);
        if (rows > 1 && column.isConstant)
          issues.add('information', 'constant-column', constantColumns(path), name);
        else {
          const twin = byHash.get(column.hash);
          const where = equalPair({ first: twin ?? '', second: name });
          if (twin !== undefined)
            issues.add('information', 'duplicate-column', duplicateColumns(path), where);
          byHash.set(column.hash, name);
        }
        // It is no input, and what differs in every row drifts of itself.
        if (column.values.isIdentifier()) continue;
        for (const target of targets)
          if (predictsLabel(column.cells, target.cells)) {
            const message = targetLeakage({ dataset: path, label: target.name });
            issues.add('warning', 'leaking-column', message, name);
          }
        const shift = driftBeyondChance(train, test);
        if (shift > MAX_SHIFT) {
          const where = columnDriftLocation({ column: name, excess: shift });
          issues.add('warning', 'split-shift', columnDrift(path), where);
        }
      }
    },
  };
}

function shortText(text: string): string {
  return text.length <= LONGEST_CELL ? text : `#${hash32(text, 1)}`;
}

/** Rows whose label a column may get wrong and still give it away: mistakes of entry. */
const MISTAKES = 0.005;
/**
 * A column of few values, or of few for each class, is the label in other words; of many, such as days or places, a class
 * each may be what is to be learned.
 */
const FEW_VALUES = 20;
const VALUES_OF_A_CLASS = 5;
/** From this correlation on, a number is a copy of the label, in another unit perhaps. */
const COPY = 0.99999;

/**
 * Whether each of a column's few values occurs with one label only (but for {@link MISTAKES}), and often enough not to be
 * chance (three rows per value on average); or, for numbers, whether sorting by the column sorts by the label, or the label is a
 * linear function of it.
 */
function predictsLabel(cells: readonly string[], labels: readonly string[]): boolean {
  const rows = cells.flatMap((cell, i) => (labels[i] ? [{ cell, label: labels[i] }] : []));
  const classes = new Set(rows.map(({ label }) => label)).size;
  if (rows.length < 20 || classes < 2) return false;
  const numbers = rows.map(({ cell, label }) => ({ value: cell === '' ? NaN : Number(cell), label }));
  const isNumeric = !numbers.some(({ value }) => Number.isNaN(value));
  if (classes > rows.length / 4) return isNumeric && isCopy(numbers);
  const byCell = new Map<string, Map<string, number>>();
  for (const { cell, label } of rows) {
    const counts = byCell.get(cell) ?? new Map<string, number>();
    counts.set(label, (counts.get(label) ?? 0) + 1);
    byCell.set(cell, counts);
  }
  if (byCell.size <= Math.min(rows.length / 3, Math.max(FEW_VALUES, VALUES_OF_A_CLASS * classes))) {
    const right = [...byCell.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0);
    const commonest = Math.max(...countsOf(rows.map(({ label }) => label)));
    // Where nearly all have one label, any column is right about nearly all.
    const isPure = right === rows.length;
    if (isPure || (rows.length - right <= MISTAKES * rows.length && commonest < 0.9 * rows.length))
      return byCell.size > 1;
  }
  if (!isNumeric) return false;
  numbers.sort((a, b) => a.value - b.value);
  const runs = numbers.filter(({ label }, i) => i === 0 || label !== numbers[i - 1]?.label).length;
  // The row number of a file sorted by class does the same, and is just as useless for new examples.
  return runs === classes;
}

function countsOf(labels: readonly string[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts.values()];
}

/** Whether numbers to predict are a column in another unit: Pearson's correlation. */
function isCopy(rows: readonly { readonly value: number; readonly label: string }[]): boolean {
  const pairs = rows.map(({ value, label }) => [value, Number(label)] as const);
  if (!pairs.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y))) return false;
  const mean = (of: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [a, b] of pairs) {
    xy += (a - x) * (b - y);
    xx += (a - x) ** 2;
    yy += (b - y) ** 2;
  }
  return xx > 0 && yy > 0 && Math.abs(xy) / Math.sqrt(xx * yy) > COPY;
}
