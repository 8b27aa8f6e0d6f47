import { type Encoding, decodedEncoding, sampleText } from '../bytes/text-files';
import { type LinesAbove, isCommentsAlone, linesAbove, textBelowComments } from './csv-comments';
import { type CellDialect, type DialectFound, type SampleText, detectDialect } from './csv-dialect';
import { isHeader, isNumber } from './csv-header';

/** How a file of delimiter-separated values is written, found from its start. */
export interface CsvLayout {
  readonly dialect: CellDialect;
  readonly encoding: Encoding;
  /** Bytes above the table: comments, and the line by which Excel names the delimiter. */
  readonly skippedBytes: number;
  /** Rows of cells before the first row of data: titles, and the names of the columns. */
  readonly skippedRows: number;
  /** How many of these have another number of cells than the data. */
  readonly skippedUneven: number;
  readonly hasHeader: boolean;
  readonly columns: readonly string[];
  /** The cells of a row. */
  readonly width: number;
  /** The fewest cells that a row may have: fewer than there are columns where most rows leave out the last ones. */
  readonly fewest: number;
  /** Cells before those of the columns: 1 where rows have names that the header has none for, as R writes them. */
  readonly lead: 0 | 1;
  /** What lines that are comments begin with, where there are any. */
  readonly comment?: string;
  /** Whether the text can only be a table: rows that agree in their delimiters are no accident. */
  readonly isCertain: boolean;
}

/**
 * Detects encoding, line ends, delimiter, quotes, what stands above the table, and header.
 *
 * @throws DataError `not-text` for a file that is not text
 */
export async function detectLayout(path: string, signal?: AbortSignal): Promise<CsvLayout> {
  let sample = await sampleText(path, signal);
  if (!sample.whole && lineEnds(sample) < FEWEST_LINES) sample = await sampleText(path, signal, LONG_SAMPLE);
  const { encoding } = sample;
  if (isCommentsAlone(sample, newlineOf(sample), decodedEncoding(encoding))) {
    const below = await textBelowComments(path, encoding, newlineOf(sample), signal);
    if (below) return layoutBelow(below.top, below.body, encoding, path);
  }
  return layoutOf(sample, encoding, path);
}

function newlineOf({ bytes }: SampleText): '\n' | '\r' {
  return bytes.includes(10) || !bytes.includes(13) ? '\n' : '\r';
}

/** Rows of tens of thousands of cells are long: of so few lines at the start of a file, more is read, in bytes. */
const FEWEST_LINES = 10;
const LONG_SAMPLE = 4 * 1024 * 1024;

function lineEnds({ bytes }: SampleText): number {
  const newline = bytes.includes(10) ? 10 : 13;
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0 && count < FEWEST_LINES; at = bytes.indexOf(newline, at + 1))
    count++;
  return count;
}

/** The layout of the text of which `sample` is the start. @param name of the file, which may tell the delimiter */
export function layoutOf(sample: SampleText, encoding: Encoding, name: string): CsvLayout {
  const { bytes, whole } = sample;
  const top = linesAbove(sample, newlineOf(sample), decodedEncoding(encoding));
  return layoutBelow(top, { bytes: bytes.subarray(top.bytes), whole }, encoding, name);
}

/** @param top what stands above the table; @param body the start of the text behind that */
function layoutBelow(top: LinesAbove, body: SampleText, encoding: Encoding, name: string): CsvLayout {
  const found = detectDialect(body, {
    newline: newlineOf(body),
    stated: top.delimiter,
    expected: /\.(?:tsv|tab)(?:\.\w+)?$/i.test(name) ? '\t' : ',',
    encoding: decodedEncoding(encoding),
  });
  const { dialect, width } = found;
  const comment = top.comment ?? commentAmong(found.cells, width);
  const rows = comment === undefined ? found.cells : found.cells.filter(row => !row[0]?.startsWith(comment));
  const names = top.names === undefined ? undefined : cellsOf(top.names, dialect);
  const table = locateTable(rows, width, { total: body.whole ? found.rows : undefined, names });
  return {
    dialect,
    encoding,
    skippedBytes: top.bytes,
    ...table,
    width,
    ...(comment !== undefined && { comment }),
    isCertain: isCertainly(found, comment),
  };
}

/** A sentence has a comma or a blank here and there. */
const CERTAIN = 0.98;
const CERTAIN_ROWS = 3;

function isCertainly(
  { cells, width, agreement, dialect, rows }: DialectFound,
  comment: string | undefined,
): boolean {
  if (width < 2 || rows < CERTAIN_ROWS || (agreement < CERTAIN && comment === undefined)) return false;
  const even = cells.filter(row => row.length === width).slice(1);
  const hasNumbers = Array.from({ length: width }, (_, column) =>
    even.every(row => row[column] === '' || isNumber(row[column] ?? '')),
  ).some(Boolean);
  return hasNumbers || (dialect.delimiter !== ',' && dialect.spacing === undefined);
}

function cellsOf(line: string, dialect: CellDialect): string[] {
  return dialect.spacing === 'between-cells'
    ? line.split(/\s+/)
    : line.split(dialect.delimiter).map(cell => cell.trim());
}

/** `#`, where lines that begin with it are few, and none of them is a row. */
function commentAmong(rows: readonly (readonly string[])[], width: number): string | undefined {
  const marked = rows.filter(row => row[0]?.startsWith('#'));
  const are =
    marked.length > 0 && 4 * marked.length < rows.length && marked.every(row => row.length !== width);
  return are ? '#' : undefined;
}

type TablePlace = Pick<
  CsvLayout,
  'skippedRows' | 'skippedUneven' | 'hasHeader' | 'columns' | 'lead' | 'fewest'
>;

/** Titles above a table are few. */
const MOST_TITLES = 50;

/**
 * What stands above a table, and the names of its columns.
 *
 * @param rows the first ones, of which most are `width` cells wide
 * @param of.total the number of all rows, where it is known; `of.names` what a comment above may name
 */
export function locateTable(
  rows: readonly (readonly string[])[],
  width: number,
  { total, names }: { readonly total: number | undefined; readonly names: readonly string[] | undefined },
): TablePlace {
  const at = rows.findIndex(row => row.length === width);
  const place = (
    header: readonly string[] | undefined,
    skippedRows: number,
    lead: 0 | 1,
    count: number,
  ): TablePlace => ({
    skippedRows,
    skippedUneven: rows.slice(0, skippedRows).filter(row => row.length !== width).length,
    hasHeader: header !== undefined,
    columns: header
      ? distinct(header.slice(0, count))
      : Array.from({ length: count }, (_, i) => `column_${i}`),
    lead,
    fewest: Math.min(width, count + lead),
  });
  if (at < 0) return place(undefined, 0, 0, width);
  const even = (from: number): (readonly string[])[] => rows.slice(from).filter(row => row.length === width);
  const isTrailing = (from: number): boolean => width > 1 && even(from).every(row => row[width - 1] === '');

  const above = at > 0 ? rows[at - 1] : undefined;
  if (above?.length === width - 1 && width > 2) {
    if (isTrailing(at)) {
      if (isHeader(above, even(at))) return place(above, at, 0, width - 1);
    } else if (
      isHeader(
        above,
        even(at).map(row => row.slice(1)),
      )
    ) {
      return place(above, at, 1, width - 1);
    }
  }
  // Names of more columns than most rows have cells for.
  for (const [row, names] of [
    [rows[0], 1],
    [above, at],
  ] as const)
    if (row && row.length > width && width > 1 && isHeader(row.slice(0, width), even(at)))
      return place(row, names, 0, Math.max(width, lastFilled(row) + 1));

  let first = at;
  while (first < Math.min(rows.length - 1, at + MOST_TITLES) && isTitle(rows[first] ?? [], width)) first++;
  for (const from of first === at ? [at] : [first, at]) {
    const row = rows[from] ?? [];
    const below = even(from + 1);
    const trails = below.length > 0 && isTrailing(from + 1) && row[width - 1]?.trim() === '';
    const count = trails ? width - 1 : width;
    if (isHeader(row.slice(0, count), below)) return place(row, from + 1, 0, count);
  }
  const below = even(at);
  const count = isTrailing(at) && below.length > 1 ? width - 1 : width;
  if (names?.length === count && isHeader(names, below)) return place(names, at, 0, count);
  // A first line of sizes: rows, columns, and the names of the classes.
  const sizes = rows[at] ?? [];
  if (
    total !== undefined &&
    width > 2 &&
    Number(sizes[0]) === total - at - 1 &&
    Number(sizes[1]) === width - 1
  )
    return place(undefined, at + 1, 0, width);
  return place(undefined, 0, 0, count);
}

function lastFilled(row: readonly string[]): number {
  return row.findLastIndex(cell => cell.trim() !== '');
}

/** Whether a row is a title that is as wide as the table: a cell or two, and nothing beside them. */
function isTitle(row: readonly string[], width: number): boolean {
  const filled = row.filter(cell => cell.trim() !== '').length;
  return width > 2 && (row.length !== width || filled <= Math.max(1, width / 4));
}

/** Column names; a repeated or empty one gets its place. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((raw, place) => {
    const name = raw.trim();
    const unique = name === '' || seen.has(name) ? `${name}_${place}` : name;
    seen.add(unique);
    return unique;
  });
}
