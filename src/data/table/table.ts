import type { IssueLog } from '../issues';

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
 * and `NaN` as a number; so is, as a number, a cell that is none.
 */
export interface Block {
  /** The place of the first row in its table, from 0. */
  readonly first: number;
  readonly rows: number;
  text(row: number, column: number): string | undefined;
  number(row: number, column: number): number;
  vector(row: number, column: number): ArrayLike<number> | undefined;
}

export interface ReadOptions {
  /** The places of the columns that will be asked for; a format that can skips the others. */
  readonly columns?: readonly number[];
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
}

/** Examples in rows, whatever the file is: a CSV, a Parquet file, an array, a folder of images. */
export interface Table {
  /** The file or folder, as messages name it. */
  readonly path: string;
  readonly columns: readonly Column[];
  /** Where its count comes from, in words. */
  readonly from: string;
  /** The number of rows, without reading them where the format allows. */
  count(options: ReadOptions): Promise<number>;
  /** All rows in order, in bounded memory. Bad rows are reported and left out. */
  blocks(options: ReadOptions): AsyncIterable<Block>;
}
