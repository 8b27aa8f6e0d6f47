import { countSource } from '../../messages/counting-messages';
import { byteLocation, changedWhileRead } from '../../messages/data-access-messages';
import { unclosedQuote, unevenRecordLocation, unevenRowsSkipped } from '../../messages/table-messages';
import { decodedEncoding, openText } from '../bytes/text-files';
import { type Block, type ReadOptions, type Table, isMissing } from '../data-tables';
import { dataError } from '../issues';
import { type CsvLayout, detectLayout, unquote } from './csv-dialect';
import { type Records, parseNumber, readRecords } from './csv-records';
import { countRecords, createScanner } from './record-scanner';

/**
 * Counts the rows of a table without splitting them into cells: newlines outside quotes, less the header and
 * blank lines. Where some rows have other numbers of cells, a second pass tells which; they are reported and not
 * counted.
 */
async function countRows(
  path: string,
  layout: CsvLayout,
  options: ReadOptions,
  readBlocks: () => AsyncIterable<Block>,
): Promise<number> {
  const source = await openText(path, layout.encoding, options.signal);
  const scanner = createScanner(layout.dialect, layout.columns.length);
  try {
    const { opened } = await countRecords(source, scanner, layout.dialect.newline.charCodeAt(0));
    if (await source.changed())
      options.issues.add('warning', 'changed-while-read', changedWhileRead(path), path);
    if (scanner.insideQuotes()) {
      throw dataError(
        'unclosed-quote',
        unclosedQuote({ file: path }),
        byteLocation({ file: path, byte: opened }),
      );
    }
    const { rows: ended, blanks, uneven } = scanner.totals();
    if (uneven === (layout.columns.length > 1 ? blanks : 0))
      return Math.max(0, ended - blanks - (layout.hasHeader ? 1 : 0));
    let rows = 0;
    for await (const block of readBlocks()) rows += block.rows;
    return rows;
  } finally {
    scanner.release();
    await source.close();
  }
}

/**
 * A file of delimiter-separated values (`.csv`, `.tsv`, `.gz` of them).
 *
 * @throws DataError `not-text` for a file that is not text
 */
export async function openCsv(path: string, signal?: AbortSignal): Promise<Table> {
  const layout = await detectLayout(path, signal);
  return {
    path,
    columns: layout.columns.map(name => ({ name, content: 'value' })),
    from: countSource('table-rows'),
    count: options => countRows(path, layout, options, () => readBlocks(path, layout, options)),
    blocks: options => readBlocks(path, layout, options),
  };
}

async function* readBlocks(path: string, layout: CsvLayout, options: ReadOptions): AsyncGenerator<Block> {
  const source = await openText(path, layout.encoding, options.signal);
  try {
    const width = layout.columns.length;
    let first = 0;
    for await (const records of readRecords(source, layout.dialect)) {
      const rows = evenRows(path, records, width, records.ordinal === 1 && layout.hasHeader, options);
      if (rows.length === 0) continue;
      yield recordBlock(records, rows, first, layout);
      first += rows.length;
    }
    if (await source.changed())
      options.issues.add('warning', 'changed-while-read', changedWhileRead(path), path);
  } finally {
    await source.close();
  }
}

/** The places of the records that have all their cells; blank lines are passed over, others reported. */
function evenRows(
  path: string,
  records: Records,
  width: number,
  skipHeader: boolean,
  { issues }: ReadOptions,
): Uint32Array {
  const rows = new Uint32Array(records.count);
  let count = 0;
  let headerSeen = !skipHeader;
  for (let record = 0; record < records.count; record++) {
    const cells = (records.firsts[record + 1] ?? 0) - (records.firsts[record] ?? 0);
    if (cells === 1 && isBlank(records, record)) continue;
    if (!headerSeen) {
      headerSeen = true;
    } else if (cells === width) {
      rows[count++] = record;
    } else {
      issues.add(
        'warning',
        'uneven-rows',
        unevenRowsSkipped({ file: path, columns: width }),
        unevenRecordLocation({ file: path, record: records.ordinal + record, cells }),
      );
    }
  }
  return rows.subarray(0, count);
}

function isBlank({ bytes, starts, firsts, ends }: Records, record: number): boolean {
  const start = starts[record] ?? 0;
  const end = ends[firsts[record] ?? 0] ?? 0;
  return end === start || (end === start + 1 && bytes[start] === 13);
}

function recordBlock(records: Records, rows: Uint32Array, first: number, layout: CsvLayout): Block {
  const { bytes, starts, firsts, ends } = records;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const encoding = decodedEncoding(layout.encoding);
  const quoted = layout.dialect.quote !== undefined;
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding);
  const cellEnd = (row: number, column: number): number => ends[(firsts[rows[row] ?? 0] ?? 0) + column] ?? 0;
  const cellStart = (row: number, column: number): number =>
    column === 0 ? (starts[rows[row] ?? 0] ?? 0) : cellEnd(row, column - 1) + 1;
  const text = (row: number, column: number): string | undefined => {
    const start = cellStart(row, column);
    let end = cellEnd(row, column);
    if (end > start && bytes[end - 1] === 13) end--;
    const raw = decoder ? decoder.decode(bytes.subarray(start, end)) : buffer.toString('utf8', start, end);
    const cell = quoted ? unquote(raw) : raw;
    return isMissing(cell) ? undefined : cell;
  };
  return {
    first,
    rows: rows.length,
    text,
    number: (row, column) => {
      const start = cellStart(row, column);
      const end = cellEnd(row, column);
      if (!quoted || bytes[start] !== 34) return parseNumber(bytes, start, end);
      const unquoted = Buffer.from(text(row, column) ?? '');
      return parseNumber(unquoted, 0, unquoted.length);
    },
    vector: () => undefined,
  };
}
