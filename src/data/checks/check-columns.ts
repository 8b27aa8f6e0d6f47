import { hash32 } from '../../common/hash';
import {
  columnDrift,
  columnDriftLocation,
  constantColumns,
  duplicateColumns,
  equalPair,
  targetLeakage,
} from '../../messages/data-check-messages';
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
  /** Over all cells in order: equal for columns that are equal. */
  hash: number;
  readonly train: number[];
  readonly test: number[];
  readonly cells: string[];
}

/** Finds constant and duplicate columns, target leakage, and drift between training and test. */
export function columnCheck(names: readonly string[], labels: readonly string[], path: string): Check {
  const observe = (name: string): Observed => ({
    name,
    rows: 0,
    first: undefined,
    isConstant: true,
    hash: 0,
    train: [],
    test: [],
    cells: [],
  });
  const columns = names.map(observe);
  const targets = labels.map(observe);
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
        const sample = split === 'train' ? column.train : split === 'test' ? column.test : undefined;
        if (sample && sample.length < SAMPLE && Number.isFinite(number)) sample.push(number);
      }
    },
    finish(issues) {
      const byHash = new Map<number, string>();
      for (const column of columns) {
        const { name, rows, train, test } = column;
        if (rows > 1 && column.isConstant)
          issues.add('information', 'constant-column', constantColumns(path), name);
        else {
          const twin = byHash.get(column.hash);
          const where = equalPair({ first: twin ?? '', second: name });
          if (twin !== undefined)
            issues.add('information', 'duplicate-column', duplicateColumns(path), where);
          byHash.set(column.hash, name);
        }
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

/**
 * Whether each value of a column occurs with one label only, and often enough not to be chance (three rows per value
 * on average); or, for numbers, whether sorting by the column sorts by the label.
 */
function predictsLabel(cells: readonly string[], labels: readonly string[]): boolean {
  const rows = cells.flatMap((cell, i) => (labels[i] ? [{ cell, label: labels[i] }] : []));
  const classes = new Set(rows.map(({ label }) => label)).size;
  if (rows.length < 20 || classes < 2 || classes > rows.length / 4) return false;
  const labelOf = new Map<string, string>();
  const isPure = rows.every(
    ({ cell, label }) => (labelOf.get(cell) ?? setAndReturn(labelOf, cell, label)) === label,
  );
  if (isPure && labelOf.size <= rows.length / 3) return labelOf.size > 1;
  const numbers = rows.map(({ cell, label }) => ({ value: cell === '' ? NaN : Number(cell), label }));
  if (numbers.some(({ value }) => Number.isNaN(value))) return false;
  numbers.sort((a, b) => a.value - b.value);
  const runs = numbers.filter(({ label }, i) => i === 0 || label !== numbers[i - 1]?.label).length;
  // The row number of a file sorted by class does the same, and is just as useless for new examples.
  return runs === classes;
}

function setAndReturn(map: Map<string, string>, key: string, value: string): string {
  map.set(key, value);
  return value;
}
