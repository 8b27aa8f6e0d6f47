import type { ColumnPreprocessing, InputColumn } from '../../protocol/preprocessing';
import { type Column, type RawDataset, isFileTable } from '../data-tables';
import type { DatasetRequest } from '../dataset/dataset-request';
import type { ExampleRow } from '../dataset/example-rows';
import type { InputPreprocessing } from './preprocessing';

export type { InputColumn } from '../../protocol/preprocessing';

/** Different values of a column that are counted. */
const MOST_VALUES = 1000;
/** Of a column whose name says that it identifies rows. */
const MOST_IDENTIFIERS = 200_000;
/** Fewer rows may be numbered by chance. */
const FEWEST_ROWS = 10;

/** Names of columns that number or name the rows of a table, as databases, pandas and R call them. */
const NAMES_IDENTIFIER =
  /^(?:unnamed: ?\d+|rownames|x)?$|(?:^|[^a-z])(?:id|idx|uuid|guid|index|row|rowid|rownum)$/i;
const CAMEL_IDENTIFIER = /[a-z](?:Id|ID)$/;

/** What the training rows hold in one column. */
export interface ColumnValues {
  observe(text: string | undefined, number: number): void;
  /** Different values, at most {@link MOST_VALUES} + 1. */
  readonly distinct: () => number;
  /** Rows with a value. */
  readonly filled: () => number;
  /** Whether it only tells rows apart: nothing learned from it holds for another row. */
  readonly isIdentifier: () => boolean;
}

/** @param isFirst whether the column is the first of its table, where row numbers stand */
export function columnValues(name: string, isFirst: boolean): ColumnValues {
  const values = new Set<string>();
  const isNamed = NAMES_IDENTIFIER.test(name) || CAMEL_IDENTIFIER.test(name);
  const most = isNamed ? MOST_IDENTIFIERS : MOST_VALUES;
  let [filled, repeated, last, first] = [0, false, -Infinity, NaN];
  let [isWhole, isAscending] = [true, true];
  return {
    observe(text, number) {
      if (text === undefined) return;
      filled++;
      if (values.size <= most) {
        const before = values.size;
        values.add(text);
        if (values.size === before) repeated = true;
      }
      if (filled === 1) first = number;
      // A text is an identifier too; a fraction is a measurement.
      if (Number.isFinite(number) && !Number.isInteger(number)) isWhole = false;
      if (!(number > last)) isAscending = false;
      last = number;
    },
    distinct: () => Math.min(values.size, MOST_VALUES + 1),
    filled: () => filled,
    isIdentifier: () =>
      filled >= FEWEST_ROWS &&
      isWhole &&
      !repeated &&
      (isNamed || (isFirst && isAscending && isNumbering(first, last, filled))),
  };
}

/** Whether ascending numbers count rows from 0 or 1 on, of which training has most. */
function isNumbering(first: number, last: number, filled: number): boolean {
  return first >= 0 && first <= filled / 4 && last - first <= 2 * filled;
}

/** What the training rows hold in each column that may be an input. */
export interface ObservedColumns {
  readonly columns: readonly string[];
  observe(row: ExampleRow): void;
  readonly values: (name: string) => ColumnValues | undefined;
}

/** Observes the columns that a table's input may be made of; none of files and arrays. */
export function observeColumns(source: RawDataset, request: DatasetRequest): ObservedColumns {
  const known = new Map<string, ColumnValues>();
  columnsOf(source).forEach(({ name, shape }, i) => {
    if (shape === undefined && roleOf(name, i, request) === undefined)
      known.set(name, columnValues(name, i === 0));
  });
  return {
    columns: [...known.keys()],
    values: name => known.get(name),
    observe({ block, row, place }) {
      for (const [name, values] of known) {
        const at = place(name);
        if (at !== undefined) values.observe(block.text(row, at), block.number(row, at));
      }
    },
  };
}

function columnsOf(source: RawDataset): readonly Column[] {
  const table = source.parts[0]?.table;
  return table && !isFileTable(table) ? table.columns : [];
}

/** Why a column is no input whatever it holds. */
function roleOf(name: string, place: number, request: DatasetRequest): InputColumn['reason'] {
  const { labels, group, splitColumn, input } = request;
  const is = (named: string | undefined): boolean => named === name || named === String(place);
  if (Object.values(labels).some(({ column }) => is(column))) return 'label';
  if (is(group)) return 'group';
  if (is(splitColumn)) return 'split';
  if (input?.except?.some(is)) return 'ignored';
  return input?.columns && !input.columns.includes(name) ? 'not-chosen' : undefined;
}

/**
 * The input without the columns that only tell rows apart, unless they were chosen by name or nothing else is left.
 */
export function withoutIdentifiers(
  input: InputPreprocessing,
  { columns: chosen, fitted }: NonNullable<DatasetRequest['input']>,
  observed: ObservedColumns,
): InputPreprocessing {
  if (input.kind !== 'columns' || chosen !== undefined || fitted !== undefined) return input;
  const columns = input.columns.filter(({ name }) => observed.values(name)?.isIdentifier() !== true);
  return columns.length === 0 ? input : { ...input, columns };
}

/** What becomes of each column of a table, in the table's order; of files and arrays, nothing. */
export function describeColumns(
  source: RawDataset,
  request: DatasetRequest,
  input: InputPreprocessing,
  observed: ObservedColumns,
): readonly InputColumn[] {
  const used = new Map(usesOf(input).map(use => [use.name, use]));
  return columnsOf(source).map(({ name, shape }, i) => {
    const use = used.get(name);
    if (use) return use;
    const role = roleOf(name, i, request);
    if (role !== undefined) return { name, use: 'none', reason: role };
    const values = observed.values(name);
    if (shape !== undefined || values === undefined) return { name, use: 'none', reason: 'other-input' };
    if (values.filled() === 0) return { name, use: 'none', reason: 'empty' };
    if (values.isIdentifier()) return { name, use: 'none', reason: 'identifier' };
    if (input.kind !== 'columns') return { name, use: 'none', reason: 'other-input' };
    return { name, use: 'none', reason: 'many-values', values: values.distinct() };
  });
}

function usesOf(input: InputPreprocessing): readonly InputColumn[] {
  switch (input.kind) {
    case 'columns':
      return input.columns.map(columnUse);
    case 'vector':
      return [{ name: input.column, use: 'array' }];
    case 'text':
    case 'checkpoint':
      return input.column === undefined ? [] : [input.column].flat().map(name => ({ name, use: 'text' }));
    case 'image':
    case 'audio':
      return [];
  }
}

function columnUse(column: ColumnPreprocessing): InputColumn {
  switch (column.kind) {
    case 'numeric':
      return { name: column.name, use: 'number' };
    case 'date':
      return { name: column.name, use: 'date' };
    case 'hashed':
      return { name: column.name, use: 'hashed', values: column.categories.length + column.buckets };
    case 'categorical':
      return { name: column.name, use: 'category', values: column.categories.length };
  }
}
