import { type Encoding, type TextSample, decodedEncoding, sampleText } from '../bytes/text-files';
import { isMissing } from '../data-tables';
import { parseNumber } from './csv-records';
import { type Dialect, type Scanner, withScanner } from './record-scanner';

/** How a file of delimiter-separated values is written, found from its start. */
export interface CsvLayout {
  readonly dialect: Dialect;
  readonly encoding: Encoding;
  readonly hasHeader: boolean;
  readonly columns: readonly string[];
}

const DELIMITERS = [',', '\t', ';', '|'];

/** Rows of the sample that decide the delimiter, and the fewer whose cells decide the header. */
const SHAPE_ROWS = 1000;
const HEADER_ROWS = 100;

/**
 * Detects encoding, line ends, delimiter and header.
 *
 * @throws DataError `not-text` for a file that is not text
 */
export async function detectLayout(path: string, signal?: AbortSignal): Promise<CsvLayout> {
  const sample = await sampleText(path, signal);
  const newline: Dialect['newline'] = sample.bytes.includes(10) || !sample.bytes.includes(13) ? '\n' : '\r';
  const candidates = DELIMITERS.map(delimiter => {
    const dialect: Dialect = { delimiter, newline, quote: '"' };
    return { dialect, ...shape(sample, dialect) };
  });
  const best = candidates.reduce((a, b) => (score(b) > score(a) ? b : a));
  const expected = /\.(tsv|tab)(\.gz)?$/i.test(path) ? '\t' : ',';
  const quoted: Dialect = best.width === 1 ? { ...best.dialect, delimiter: expected } : best.dialect;
  const unquoted: Dialect = { delimiter: quoted.delimiter, newline };
  const dialect = isUnquoted(sample, quoted, unquoted) ? unquoted : quoted;
  const [first = [], ...rest] = sampleRows(sample, dialect);
  const hasHeader = isHeader(first, rest);
  return {
    dialect,
    encoding: sample.encoding,
    hasHeader,
    columns: hasHeader ? distinct(first) : first.map((_, i) => `column_${i}`),
  };
}

interface Shape {
  readonly rows: number;
  /** The commonest number of cells. */
  readonly width: number;
  /** The share of rows that have it. */
  readonly agreement: number;
}

function shape(sample: TextSample, dialect: Dialect): Shape {
  const counts = new Map<number, number>();
  let rows = 0;
  let cells = 0;
  let start = 0;
  withScanner(dialect, scanner => {
    for (const end of scanner.index(0, fill(scanner, sample, dialect))) {
      cells++;
      if (scanner.input[end] !== dialect.newline.charCodeAt(0)) continue;
      if (cells > 1 || end > start + 1) {
        counts.set(cells, (counts.get(cells) ?? 0) + 1);
        if (++rows >= SHAPE_ROWS) return;
      }
      cells = 0;
      start = end + 1;
    }
  });
  const [width, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0]);
  return { rows, width, agreement: rows === 0 ? 0 : count / rows };
}

/** Puts the sample into the scanner; a whole text that lacks its last newline gets it. */
function fill({ input }: Scanner, { bytes, whole }: TextSample, { newline }: Dialect): number {
  input.set(bytes);
  if (!whole || bytes.at(-1) === newline.charCodeAt(0)) return bytes.length;
  input[bytes.length] = newline.charCodeAt(0);
  return bytes.length + 1;
}

/**
 * Tab-separated text is often written without any quoting, and a field may then begin with a quote. So it is
 * where the rows agree only when quotes are ordinary characters.
 */
function isUnquoted(sample: TextSample, quoted: Dialect, unquoted: Dialect): boolean {
  if (quoted.delimiter !== '\t') return false;
  const plain = shape(sample, unquoted);
  return plain.agreement === 1 && plain.rows !== shape(sample, quoted).rows;
}

/** Agreement decides; of two delimiters in agreement, the one that makes more cells. */
function score({ width, agreement }: Shape): number {
  return width === 1 ? 0 : agreement * agreement * (1 + Math.log(width));
}

function sampleRows(sample: TextSample, dialect: Dialect): string[][] {
  const decoder = new TextDecoder(decodedEncoding(sample.encoding));
  const rows: string[][] = [];
  let row: string[] = [];
  let start = 0;
  withScanner(dialect, scanner => {
    for (const end of scanner.index(0, fill(scanner, sample, dialect))) {
      const cell = decoder.decode(scanner.input.subarray(start, end)).replace(/\r$/, '');
      row.push(dialect.quote === undefined ? cell : unquote(cell));
      start = end + 1;
      if (scanner.input[end] !== dialect.newline.charCodeAt(0)) continue;
      if (row.length > 1 || row[0] !== '') rows.push(row);
      row = [];
      if (rows.length >= HEADER_ROWS) return;
    }
  });
  return rows;
}

/** The text of a cell without the quotes around it and with the doubled ones inside made single. */
export function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const end = text.lastIndexOf('"');
  return end === 0 ? text.slice(1) : text.slice(1, end).replaceAll('""', '"') + text.slice(end + 1);
}

/**
 * A first row is a header when none of its cells is a number or missing and something sets it apart from the
 * rows below: a column of numbers, or names that never come again in their columns.
 */
function isHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  if (first.length === 0 || first.some(isNumber)) return false;
  if (first.filter(cell => isMissing(cell)).length > 1) return false;
  const numeric = first.some((_, column) => {
    const filled = rest.map(row => row[column] ?? '').filter(cell => !isMissing(cell));
    return filled.length > 0 && filled.filter(isNumber).length > 0.8 * filled.length;
  });
  return (
    numeric ||
    (new Set(first).size === first.length &&
      first.every((name, column) => rest.every(row => row[column] !== name)))
  );
}

function isNumber(cell: string): boolean {
  const bytes = Buffer.from(cell);
  return !Number.isNaN(parseNumber(bytes, 0, bytes.length));
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
