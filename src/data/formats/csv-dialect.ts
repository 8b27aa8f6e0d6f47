import { textDecoder } from '../../common/text-decoding';
import type { TextSample } from '../bytes/text-files';
import { isDecimalComma, isNumber } from './csv-header';
import { type Dialect, type Scanner, withScanner } from './record-scanner';
import { JOINED, type Spacing, createRespacer } from './spaced-text';

/** How the cells of a text are told apart. */
export interface CellDialect extends Dialect {
  /** Absent where blanks are ordinary characters. */
  readonly spacing?: Spacing;
  /** Whether numbers have a comma for their decimals. */
  readonly decimalComma: boolean;
}

/** How many cells the rows of a text have by some dialect. */
export interface Shape {
  readonly rows: number;
  /** The commonest number of cells. */
  readonly width: number;
  /** The share of rows that have it, from the first that does: titles and short headers are above it. */
  readonly agreement: number;
}

/** A dialect with what a text is by it. */
export interface DialectFound extends Shape {
  readonly dialect: CellDialect;
  /** The first rows, unquoted. */
  readonly cells: readonly (readonly string[])[];
}

const DELIMITERS = [',', '\t', ';', '|'];

/** Rows that decide the delimiter, and the fewer whose cells are looked at. */
const SHAPE_ROWS = 1000;
const CELL_ROWS = 150;

/** Of delimiters whose rows agree as well as this, what is in the cells may decide. */
const AGREED = 0.9;

/** What is known of a text before its cells are told apart. */
export interface DialectHints {
  readonly newline: Dialect['newline'];
  /** Where the text names its delimiter, or the name of its file does. */
  readonly stated?: string | undefined;
  /** The delimiter of a file of one column. */
  readonly expected: string;
  /** A label for `TextDecoder`. */
  readonly encoding: string;
}

/** The dialect by which the rows of the start of a text agree best, and the rows by it. */
export function detectDialect(sample: SampleText, hints: DialectHints): DialectFound {
  const { newline, stated, expected, encoding } = hints;
  const candidate = (dialect: CellDialect): DialectFound => {
    const bytes = spaced(sample, dialect);
    return { dialect, ...shape(bytes, dialect), cells: unquotedRows(bytes, dialect, encoding) };
  };
  const plain = (delimiter: string, quote?: string): CellDialect => ({
    delimiter,
    newline,
    decimalComma: false,
    ...(quote !== undefined && { quote }),
  });
  const delimiters = stated === undefined ? DELIMITERS : [stated];
  const quoted = (delimiter: string, spacing?: Spacing): DialectFound => {
    const by = (quote: string): CellDialect => ({ ...plain(delimiter, quote), ...(spacing && { spacing }) });
    const double = candidate(by('"'));
    if (!hasSingleQuotes(spaced(sample, by("'")), delimiter, newline)) return double;
    const single = candidate(by("'"));
    return isQuotedBySingle(sample, single, encoding) && score(single) >= score(double) ? single : double;
  };
  const candidates = delimiters.map(delimiter => quoted(delimiter));
  let best = candidates.reduce((a, b) => (score(b) > score(a) ? b : a));
  const comma = candidates.find(({ dialect }) => dialect.delimiter === ',');
  const decimal = candidates.filter(each => each !== comma && hasDecimalCommas(each)).at(0);
  if (decimal && (best === comma || best === decimal)) best = decimal;
  if (stated === undefined && (best.width === 1 || best.agreement < AGREED)) {
    const blanks = quoted(JOINED, 'between-cells');
    if (isTableOfBlanks(blanks)) best = blanks;
  }
  if (best.width === 1) best = candidate(plain(stated ?? expected, best.dialect.quote));
  if (best.dialect.spacing === undefined && hasBlanksAfterDelimiters(best))
    best = candidate({ ...best.dialect, spacing: 'after-delimiters' });
  if (isUnquoted(sample, best)) best = candidate(plain(best.dialect.delimiter));
  return hasDecimalCommas(best) ? { ...best, dialect: { ...best.dialect, decimalComma: true } } : best;
}

/** Agreement decides; of two delimiters in agreement, the one that makes more cells. */
function score({ width, agreement }: Shape): number {
  return width === 1 ? 0 : agreement * agreement * (1 + Math.log(width));
}

/** The start of a text, in bytes. */
export type SampleText = Pick<TextSample, 'bytes' | 'whole'>;

/** The start of a text as its dialect reads it. */
export function spaced({ bytes, whole }: SampleText, dialect: CellDialect): SampleText {
  if (dialect.spacing === undefined) return { bytes, whole };
  const made = new Uint8Array(bytes.length + 1);
  return { bytes: made.subarray(0, createRespacer(dialect.spacing, dialect)(bytes, made)), whole };
}

function shape(sample: SampleText, dialect: Dialect): Shape {
  const widths: number[] = [];
  let cells = 0;
  let start = 0;
  withScanner(dialect, scanner => {
    for (const end of scanner.index(0, fill(scanner, sample, dialect))) {
      cells++;
      if (scanner.input[end] !== dialect.newline.charCodeAt(0)) continue;
      if ((cells > 1 || end > start + 1) && widths.push(cells) >= SHAPE_ROWS) return;
      cells = 0;
      start = end + 1;
    }
  });
  const counts = new Map<number, number>();
  for (const each of widths) counts.set(each, (counts.get(each) ?? 0) + 1);
  const [width, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0]);
  const rows = widths.length;
  return { rows, width, agreement: rows === 0 ? 0 : count / (rows - widths.indexOf(width)) };
}

/** Puts the sample into the scanner; a whole text that lacks its last newline gets it. */
function fill({ input }: Scanner, { bytes, whole }: SampleText, { newline }: Dialect): number {
  input.set(bytes);
  if (!whole || bytes.at(-1) === newline.charCodeAt(0)) return bytes.length;
  input[bytes.length] = newline.charCodeAt(0);
  return bytes.length + 1;
}

/** The first rows of a sample, blank lines left out, with their quotes. */
function writtenRows(sample: SampleText, dialect: Dialect, encoding: string): string[][] {
  const decoder = textDecoder(encoding);
  const rows: string[][] = [];
  let row: string[] = [];
  let start = 0;
  withScanner(dialect, scanner => {
    for (const end of scanner.index(0, fill(scanner, sample, dialect))) {
      row.push(decoder.decode(scanner.input.subarray(start, end)).replace(/\r$/, ''));
      start = end + 1;
      if (scanner.input[end] !== dialect.newline.charCodeAt(0)) continue;
      if (row.length > 1 || row[0] !== '') rows.push(row);
      row = [];
      if (rows.length >= CELL_ROWS) return;
    }
  });
  return rows;
}

function unquotedRows(sample: SampleText, dialect: Dialect, encoding: string): string[][] {
  const { quote } = dialect;
  const rows = writtenRows(sample, dialect, encoding);
  return quote === undefined ? rows : rows.map(row => row.map(cell => unquote(cell, quote)));
}

/** The text of a cell without the quotes around it and with the doubled ones inside made single. */
export function unquote(text: string, quote: string): string {
  if (!text.startsWith(quote)) return text;
  const end = text.lastIndexOf(quote);
  return end === 0
    ? text.slice(1)
    : text.slice(1, end).replaceAll(quote + quote, quote) + text.slice(end + 1);
}

/**
 * Tab-separated text is often written without any quoting, and a field may then begin with a quote. So it is
 * where the rows agree only when quotes are ordinary characters.
 */
function isUnquoted(sample: SampleText, { dialect, rows }: DialectFound): boolean {
  if (dialect.delimiter !== '\t' || dialect.spacing !== undefined) return false;
  const { delimiter, newline } = dialect;
  const plain = shape(sample, { delimiter, newline });
  return plain.agreement === 1 && plain.rows !== rows;
}

const SINGLE = 39;

function hasSingleQuotes({ bytes }: SampleText, delimiter: string, newline: string): boolean {
  const before = new Set([delimiter.charCodeAt(0), newline.charCodeAt(0)]);
  for (let at = bytes.indexOf(SINGLE); at >= 0; at = bytes.indexOf(SINGLE, at + 1))
    if (at === 0 || before.has(bytes[at - 1] ?? 0)) return true;
  return false;
}

/** Whether every cell that begins with an apostrophe ends with one, and there are several: they are quotes, then. */
function isQuotedBySingle(sample: SampleText, { dialect, width }: DialectFound, encoding: string): boolean {
  const cells = writtenRows(spaced(sample, dialect), dialect, encoding)
    .filter(row => row.length === width)
    .flat()
    .filter(cell => cell.startsWith("'"));
  return cells.length > 1 && cells.every(cell => cell.length > 1 && cell.endsWith("'"));
}

/** Whether commas in the cells are those of numbers, in every column that has any. */
function hasDecimalCommas({ cells, width, agreement, dialect }: DialectFound): boolean {
  if (width < 2 || agreement < AGREED || dialect.delimiter === ',') return false;
  const rows = cells.filter(row => row.length === width);
  // The first row may be names.
  const below = rows.length > 1 ? rows.slice(1) : rows;
  let columns = 0;
  for (let column = 0; column < width; column++) {
    const filled = below.map(row => row[column] ?? '').filter(cell => cell !== '');
    const commas = filled.filter(cell => cell.includes(','));
    if (commas.length === 0) continue;
    if (filled.filter(isNumber).length < AGREED * filled.length) continue;
    // `1,234` is a thousand, unless semicolons say that commas had another use.
    const isThousands = commas.every(cell => /^\s*[+-]?[1-9]\d{0,2}(?:,\d{3})+\s*$/.test(cell));
    if (commas.every(isDecimalComma) && (dialect.delimiter === ';' || !isThousands)) columns++;
  }
  return columns > 0;
}

/** Whether blanks make a table rather than a text: nearly all rows agree, and numbers stand in the columns. */
function isTableOfBlanks({ cells, width, agreement }: DialectFound): boolean {
  if (width < 2 || agreement < AGREED || cells.length < 2) return false;
  const rows = cells.filter(row => row.length === width).slice(1);
  const numeric = Array.from({ length: width }, (_, column) =>
    rows.every(row => isNumber(row[column] ?? '') || /^(?:NA|NaN|\?|\.|-)$/i.test(row[column] ?? '')),
  ).filter(Boolean).length;
  return numeric >= Math.max(1, width / 2);
}

function hasBlanksAfterDelimiters({ cells, width }: DialectFound): boolean {
  const rows = cells.filter(row => row.length === width && width > 1);
  const spacedRows = rows.filter(row => row.slice(1).every(cell => cell === '' || cell.startsWith(' ')));
  // A cell that begins with a blank in every row could be alone in that.
  return rows.length > 0 && spacedRows.length >= AGREED * rows.length && hasText(spacedRows);
}

function hasText(rows: readonly (readonly string[])[]): boolean {
  return rows.some(row => row.slice(1).some(cell => cell.trim() !== ''));
}
