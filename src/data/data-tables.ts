import type { TableSource } from '../protocol/preprocessing';
import type { IssueLog } from './issues';
import type { SplitName } from './splits';

/** What the cells of a column hold: values, or the names of files that hold them. */
export type ColumnContent = 'value' | 'image' | 'audio' | 'text';

export interface Column {
  readonly name: string;
  readonly content: ColumnContent;
  /** The shape of cells that are arrays. */
  readonly shape?: readonly number[];
}

/**
 * Consecutive rows of a table, valid until the next block is asked for. A missing cell is `undefined` as text
 * and `NaN` as a number, as is any cell that is not a number.
 */
export interface Block {
  /** The place of the first row in its table, from 0. */
  readonly first: number;
  readonly rows: number;
  text(row: number, column: number): string | undefined;
  number(row: number, column: number): number;
  vector(row: number, column: number): ArrayLike<number> | undefined;
  /** What is written in a cell that {@link text} takes for missing, where the format is one of texts. */
  missingText?(row: number, column: number): string | undefined;
}

export interface ReadOptions {
  /** The places of the columns that will be asked for; a format that can skips the others. */
  readonly columns?: readonly number[];
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
}

/** Examples in rows, from any format: a CSV or Parquet file, an array, a folder of images. */
export interface Table {
  /** The file or folder, as messages name it. */
  readonly path: string;
  readonly columns: readonly Column[];
  /** Where its count comes from, in words. */
  readonly from: string;
  /** How it is written, as far as more than its format must be known to read others in the same way. */
  readonly written?: Partial<TableSource>;
  /** The number of rows, without reading them where the format allows. */
  count(options: ReadOptions): Promise<number>;
  /** All rows in order, in bounded memory. Bad rows are reported and left out. */
  blocks(options: ReadOptions): AsyncIterable<Block>;
}

/** The place of a column by its name, or by its number from 0 where no column has that name. */
export function findColumn({ columns }: Table, name: string): number | undefined {
  const place = columns.findIndex(column => column.name === name);
  if (place >= 0) return place;
  return /^\d+$/.test(name) && Number(name) < columns.length ? Number(name) : undefined;
}

/** Whether each row is a file. */
export function isFileTable(table: Table): boolean {
  return table.columns[0] !== undefined && table.columns[0].content !== 'value';
}

/** Texts for a missing value: those that pandas and R write and read, and the `?` of older datasets. */
export const MISSING_TEXTS: readonly string[] = [
  '',
  'NA',
  'N/A',
  'n/a',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
  '<NA>',
  '#N/A',
  '?',
];

const MISSING: ReadonlySet<string> = new Set(MISSING_TEXTS);

export function isMissing(text: string): boolean {
  return text.length < 5 && MISSING.has(text);
}

/** Whether a cell is a dash or two, which tables print for a missing number. Among words it may be a word, as + and - are. */
export function isDash(text: string): boolean {
  return text.length <= 3 && /^\s*(?:--?|[–—])\s*$/.test(text);
}

export type Cell = string | number | bigint | boolean | null | undefined | Date | object;

/** A block over cells that are JavaScript values already. */
export function cellBlock(
  first: number,
  rows: number,
  cell: (row: number, column: number) => unknown,
): Block {
  return {
    first,
    rows,
    text: (row, column) => cellText(cell(row, column)),
    number: (row, column) => cellNumber(cell(row, column)),
    vector: (row, column) => cellVector(cell(row, column)),
  };
}

export function cellText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return isMissing(value) ? undefined : value;
    case 'number':
      return Number.isNaN(value) ? undefined : String(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return undefined;
      return objectText(value);
    default:
      return undefined;
  }
}

/** `undefined` for what has no text: a date out of range, or lists within lists without end. */
function objectText(value: object): string | undefined {
  try {
    if (value instanceof Date) return value.toISOString();
    return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
  } catch {
    return undefined;
  }
}

export function cellNumber(value: unknown): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'bigint':
    case 'boolean':
      return Number(value);
    case 'string':
      return value.trim() === '' ? NaN : Number(value);
    case 'object':
      return value instanceof Date ? value.getTime() : NaN;
    default:
      return NaN;
  }
}

function cellVector(value: unknown): ArrayLike<number> | undefined {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value as unknown as ArrayLike<number>;
  if (!Array.isArray(value)) return undefined;
  try {
    return value.flat(Infinity).map(cellNumber);
  } catch {
    return undefined;
  }
}

/** A part of a dataset: a file, or the files of one split. */
export interface RawDatasetPart {
  readonly split?: SplitName;
  readonly table: Table;
}

/** What a path holds, opened: tables with the split that each is of. */
export interface RawDataset {
  /** The file or folder, absolute. */
  readonly path: string;
  readonly kind: 'table' | 'image' | 'audio' | 'text';
  readonly parts: readonly RawDatasetPart[];
}
