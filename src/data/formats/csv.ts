import { textDecoder } from '../../common/text-decoding';
import { countSource } from '../../messages/counting-messages';
import { byteLocation, changedWhileRead } from '../../messages/data-access-messages';
import {
  recordLocation,
  tableNotUnderstood,
  totalsSkipped,
  unclosedQuote,
  unevenRecordLocation,
  unevenRowsSkipped,
} from '../../messages/table-messages';
import type { TableSource } from '../../protocol/preprocessing';
import { type ByteReader, skipBytes } from '../bytes/byte-reader';
import { decodedEncoding, openText } from '../bytes/text-files';
import { type Block, type ReadOptions, type Table, isMissing } from '../data-tables';
import { addTogether, dataError, isDataError } from '../issues';
import { unquote } from './csv-dialect';
import { isDecimalComma, withPoint } from './csv-header';
import { type CsvLayout, detectLayout } from './csv-layout';
import { type Records, parseNumber, readRecords } from './csv-records';
import { countRecords, createScanner } from './record-scanner';
import { createRespacer, respaced } from './spaced-text';

/**
 * A file of delimiter-separated values (`.csv`, `.tsv`, compressed or not).
 *
 * @throws DataError `not-text` for a file that is not text
 */
export async function openCsv(path: string, signal?: AbortSignal): Promise<Table> {
  return csvTable(path, await detectLayout(path, signal));
}

/** The table in a file whose name says that it is text; `undefined` where it may be one, or cannot be read. */
export async function openCertainTable(path: string, signal?: AbortSignal): Promise<Table | undefined> {
  try {
    const layout = await detectLayout(path, signal);
    return layout.isCertain ? csvTable(path, layout) : undefined;
  } catch (error) {
    if (!isDataError(error)) throw error;
    return undefined;
  }
}

/** The table that is written in a file by a layout that is known. */
export function csvTable(path: string, layout: CsvLayout): Table {
  return {
    path,
    columns: layout.columns.map(name => ({ name, content: 'value' })),
    from: countSource('table-rows'),
    written: { format: 'csv', csv: writtenLayout(layout) },
    count: options => countRows(path, layout, options),
    blocks: options => readBlocks(path, layout, options),
  };
}

function writtenLayout(layout: CsvLayout): NonNullable<TableSource['csv']> {
  const { dialect, encoding, skippedBytes, skippedRows, hasHeader, width, lead, comment } = layout;
  return {
    ...dialect,
    encoding: encoding.name,
    skipsTop: skippedBytes > 0,
    ...(comment !== undefined && { comment }),
    skippedRows,
    hasHeader,
    width,
    lead,
  };
}

/** The text of a table from behind what stands above it, its blanks as the layout says. */
async function openRows(
  path: string,
  layout: CsvLayout,
  signal: AbortSignal | undefined,
): Promise<ByteReader> {
  const source = await openText(path, layout.encoding, signal);
  const { dialect, skippedBytes } = layout;
  await skipBytes(source, skippedBytes);
  return dialect.spacing === undefined ? source : respaced(source, createRespacer(dialect.spacing, dialect));
}

/** The cells that a row must have. */
function neededCells({ columns, lead }: CsvLayout): number {
  return columns.length + lead;
}

/**
 * Counts the rows of a table without splitting them into cells: newlines outside quotes, less what stands above the
 * first and blank lines. Where some rows have other numbers of cells, a second pass tells which; they are reported and
 * not counted.
 */
async function countRows(path: string, layout: CsvLayout, options: ReadOptions): Promise<number> {
  const { dialect, width, skippedRows, skippedUneven } = layout;
  // These tell their rows from others by more than the number of cells.
  if (layout.comment !== undefined || width !== neededCells(layout))
    return countBlocks(path, layout, options);
  const source = await openRows(path, layout, options.signal);
  const scanner = createScanner(dialect, width);
  try {
    const { opened, tail } = await countRecords(source, scanner, dialect.newline.charCodeAt(0));
    await warnIfChanged(source, options);
    if (scanner.insideQuotes()) {
      throw dataError(
        'unclosed-quote',
        unclosedQuote({ file: path }),
        byteLocation({ file: path, byte: opened + layout.skippedBytes }),
      );
    }
    const { rows: ended, blanks, uneven } = scanner.totals();
    if (uneven !== (width > 1 ? blanks : 0) + skippedUneven) return await countBlocks(path, layout, options);
    const rows = Math.max(0, ended - blanks - skippedRows);
    if (rows < 2 || !endsInTotals(tail, layout)) return rows;
    reportTotals(path, skippedRows + rows, options);
    return rows - 1;
  } finally {
    scanner.release();
    await source.close();
  }
}

async function countBlocks(path: string, layout: CsvLayout, options: ReadOptions): Promise<number> {
  let rows = 0;
  for await (const block of readBlocks(path, layout, options)) rows += block.rows;
  return rows;
}

async function warnIfChanged(source: ByteReader, { issues }: ReadOptions): Promise<void> {
  if (await source.changed())
    issues.add('warning', 'changed-while-read', changedWhileRead(source.path), source.path);
}

/** What the first cell of a last row says that sums up those above it. */
const TOTALS = /^(?:grand\s+)?(?:totals?|sum|summe|gesamt|insgesamt|합계|총계|총합)\s*:?$/i;

/** @param tail the last bytes of the text, which hold its last line */
function endsInTotals(tail: Uint8Array, { dialect, encoding, width }: CsvLayout): boolean {
  if (width < 2) return false;
  const lines = textDecoder(decodedEncoding(encoding)).decode(tail).trimEnd().split(dialect.newline);
  return lines.length > 1 && isTotals(lines.at(-1)?.split(dialect.delimiter, 1)[0] ?? '', dialect.quote);
}

function isTotals(cell: string, quote: string | undefined): boolean {
  return TOTALS.test(quote === undefined ? cell.trim() : unquote(cell, quote).trim());
}

function reportTotals(path: string, record: number, { issues }: ReadOptions): void {
  issues.add('information', 'bad-row', totalsSkipped(path), recordLocation({ file: path, record }));
}

async function* readBlocks(path: string, layout: CsvLayout, options: ReadOptions): AsyncGenerator<Block> {
  const source = await openRows(path, layout, options.signal);
  const picker = rowPicker(path, layout, options);
  try {
    let first = 0;
    for await (const records of readRecords(source, layout.dialect)) {
      const rows = picker.pick(records);
      if (rows.length === 0) continue;
      yield recordBlock(records, rows, first, layout);
      first += rows.length;
    }
    if (first === 0 && picker.uneven() > 0) {
      const columns = neededCells(layout);
      throw dataError(
        'uneven-rows',
        tableNotUnderstood({ file: path, rows: picker.uneven(), columns }),
        path,
      );
    }
    picker.report();
    await warnIfChanged(source, options);
  } finally {
    await source.close();
  }
}

/** Uneven rows that an issue names. */
const NAMED_ROWS = 10;

/** Tells the records that are rows from what stands above them, comments, blank lines and others, which are reported. */
function rowPicker(
  path: string,
  layout: CsvLayout,
  options: ReadOptions,
): { pick(records: Records): Uint32Array; uneven(): number; report(): void } {
  const { dialect, skippedRows, width, fewest } = layout;
  const needed = neededCells(layout);
  const comment = layout.comment === undefined ? undefined : Buffer.from(layout.comment);
  let above = skippedRows;
  let uneven = 0;
  const first: { record: number; cells: number }[] = [];
  let picked = 0;
  const cellsIn = ({ firsts }: Records, record: number): number =>
    (firsts[record + 1] ?? 0) - (firsts[record] ?? 0);
  return {
    uneven: () => uneven,
    report() {
      if (uneven === 0) return;
      const columns = needed;
      const message = unevenRowsSkipped({ file: path, columns, count: uneven, first: first.slice(0, 3) });
      const places = first.map(each => unevenRecordLocation({ file: path, ...each }));
      addTogether(options.issues, { severity: 'warning', code: 'uneven-rows', message }, places, uneven);
    },
    pick(records) {
      const rows = new Uint32Array(records.count);
      let count = 0;
      for (let record = 0; record < records.count; record++) {
        const cells = cellsIn(records, record);
        if (cells === 1 && isBlank(records, record)) continue;
        if (comment && startsWith(records, record, comment)) continue;
        if (above > 0) {
          above--;
        } else if (
          (cells <= needed && cells >= fewest) ||
          (cells > needed && width > 1 && isEmptyFrom(records, record, needed))
        ) {
          rows[count++] = record;
        } else {
          uneven++;
          if (first.length < NAMED_ROWS) first.push({ record: records.ordinal + record, cells });
        }
      }
      const last = rows[count - 1] ?? 0;
      if (records.isLast && width > 1 && picked + count > 1 && isLastRecord(records, last))
        if (isTotals(firstCell(records, last, layout), dialect.quote)) {
          reportTotals(path, records.ordinal + last, options);
          count--;
        }
      picked += count;
      return rows.subarray(0, count);
    },
  };
}

function isBlank({ bytes, starts, firsts, ends }: Records, record: number): boolean {
  const start = starts[record] ?? 0;
  const end = ends[firsts[record] ?? 0] ?? 0;
  return end === start || (end === start + 1 && bytes[start] === 13);
}

function startsWith({ bytes, starts }: Records, record: number, prefix: Uint8Array): boolean {
  const start = starts[record] ?? 0;
  return prefix.every((byte, i) => bytes[start + i] === byte);
}

/** Whether a record's cells from `cell` on are empty, as where rows end in delimiters. */
function isEmptyFrom({ bytes, firsts, ends }: Records, record: number, cell: number): boolean {
  const first = firsts[record] ?? 0;
  let at = (ends[first + cell - 1] ?? 0) + 1;
  for (let i = first + cell; i < (firsts[record + 1] ?? 0); i++, at++) {
    while (at < (ends[i] ?? 0) && (bytes[at] === 13 || bytes[at] === 32)) at++;
    if (at !== ends[i]) return false;
  }
  return true;
}

function isLastRecord(records: Records, record: number): boolean {
  for (let after = record + 1; after < records.count; after++) if (!isBlank(records, after)) return false;
  return true;
}

function firstCell(
  { bytes, starts, firsts, ends }: Records,
  record: number,
  { encoding }: CsvLayout,
): string {
  const start = starts[record] ?? 0;
  const end = Math.min(ends[firsts[record] ?? 0] ?? start, start + 100);
  return textDecoder(decodedEncoding(encoding)).decode(bytes.subarray(start, end));
}

function recordBlock(records: Records, rows: Uint32Array, first: number, layout: CsvLayout): Block {
  const { bytes, starts, firsts, ends } = records;
  const { lead, dialect } = layout;
  const { quote, decimalComma } = dialect;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const encoding = decodedEncoding(layout.encoding);
  const quoteByte = quote?.charCodeAt(0);
  const decoder = encoding === 'utf-8' ? undefined : textDecoder(encoding);
  const isPadded = layout.fewest < neededCells(layout);
  const cellEnd = (row: number, cell: number): number => {
    const record = rows[row] ?? 0;
    const place = (firsts[record] ?? 0) + cell;
    // A cell that a short row lacks is an empty one at its end.
    return ends[isPadded ? Math.min(place, (firsts[record + 1] ?? 1) - 1) : place] ?? 0;
  };
  const cellStart = (row: number, cell: number): number =>
    cell === 0
      ? (starts[rows[row] ?? 0] ?? 0)
      : Math.min(cellEnd(row, cell - 1) + 1, isPadded ? cellEnd(row, cell) : Infinity);
  const written = (row: number, column: number): string => {
    const start = cellStart(row, column + lead);
    let end = cellEnd(row, column + lead);
    if (end > start && bytes[end - 1] === 13) end--;
    const raw = decoder ? decoder.decode(bytes.subarray(start, end)) : buffer.toString('utf8', start, end);
    return quote === undefined ? raw : unquote(raw, quote);
  };
  return {
    first,
    rows: rows.length,
    text: (row, column) => {
      const cell = written(row, column);
      return isMissing(cell) ? undefined : cell;
    },
    missingText: (row, column) => {
      const cell = written(row, column);
      return isMissing(cell) ? cell : undefined;
    },
    number: (row, column) => {
      const start = cellStart(row, column + lead);
      const end = cellEnd(row, column + lead);
      if (!decimalComma && (quoteByte === undefined || bytes[start] !== quoteByte))
        return parseNumber(bytes, start, end);
      const cell = written(row, column);
      const digits = Buffer.from(decimalComma && isDecimalComma(cell) ? withPoint(cell) : cell);
      return parseNumber(digits, 0, digits.length);
    },
    vector: () => undefined,
  };
}
