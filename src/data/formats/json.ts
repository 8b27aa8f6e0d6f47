import { textDecoder } from '../../common/text-decoding';
import { countSource } from '../../messages/counting-messages';
import { blockTooLarge, byteLocation, changedWhileRead } from '../../messages/data-access-messages';
import {
  invalidJson,
  jsonRecordTooLong,
  jsonTooDeep,
  jsonTruncated,
  jsonWithoutRecords,
  recordsSkipped,
  rowLocation,
  unknownTable,
} from '../../messages/table-messages';
import { throwIfAborted } from '../../common/abort';
import { isRecord, parseJson } from '../../common/validation';
import { type Encoding, decodedEncoding, openText, sampleText } from '../bytes/text-files';
import { type Block, type ReadOptions, type Table, cellBlock } from '../data-tables';
import { type DataError, dataError } from '../issues';
import { openJsonLines } from './json-lines';
import { type JsonArray, JsonFault, createJsonScanner } from './json-scanner';
import { MAX_DEPTH, type RecordRow, isRecordRow, recordCell, recordColumns } from './record-columns';
import { MAX_RECORD } from './record-scanner';

/** Pieces that are scanned at a time. */
const CHUNK = 256 * 1024;
/** Records given at a time, and the bytes of them. */
const BLOCK_ROWS = 2048;
const BLOCK_BYTES = 4 * 1024 * 1024;
/** Records whose keys are the columns. */
const SAMPLED = 100;
/** What is not a list of records is decoded as a whole, up to so many bytes. */
const MAX_WHOLE = 64 * 1024 * 1024;

/** Keys under which records are, where other lists are beside them. */
const RECORDS =
  /(?:^|\.)(?:data|rows|records|items|examples|samples|results|instances|features|entries|documents)$/i;

/**
 * A JSON file: an array of records, alone or under a key (`data`, …; else the longest), or columns as pandas writes them.
 * Objects one to a line are read as JSON Lines. It is counted without decoding the records.
 *
 * @param table the keys that lead to the array, joined by dots
 * @throws DataError `corrupt`, `truncated`; `unsupported` where it has no records
 */
export async function openJson(path: string, table?: string, signal?: AbortSignal): Promise<Table> {
  const sample = await sampleText(path, signal);
  const text = textDecoder(decodedEncoding(sample.encoding)).decode(sample.bytes);
  const [first = '', second = ''] = text.split('\n').filter(line => line.trim() !== '');
  if (isRecord(parseJson(first)) && second.trimStart().startsWith('{')) return openJsonLines(path, signal);
  const arrays = await findArrays(path, sample.encoding, signal);
  const chosen = chooseArray(arrays, table, path);
  return chosen
    ? recordTable(path, sample.encoding, chosen, arrays, signal)
    : columnTable(path, sample.encoding, signal);
}

async function findArrays(
  path: string,
  encoding: Encoding,
  signal: AbortSignal | undefined,
): Promise<JsonArray[]> {
  const scanner = createJsonScanner(
    () => false,
    () => undefined,
  );
  await scanFile(path, encoding, scanner, { signal });
  return scanner.arrays();
}

interface ScanOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether the rest of the file is not needed. */
  readonly isEnough?: () => boolean;
  /** Where a file that has changed meanwhile is reported. */
  readonly issues?: ReadOptions['issues'];
}

async function scanFile(
  path: string,
  encoding: Encoding,
  scanner: ReturnType<typeof createJsonScanner>,
  options: ScanOptions,
): Promise<void> {
  for await (const _ of scanning(path, encoding, scanner, options));
}

/**
 * Scans a file, and stops after each piece of it for what was found to be taken; `ended` once all is scanned.
 */
async function* scanning(
  path: string,
  encoding: Encoding,
  scanner: ReturnType<typeof createJsonScanner>,
  { signal, issues, isEnough }: ScanOptions,
): AsyncGenerator<{ readonly ended: boolean }> {
  const source = await openText(path, encoding, signal);
  const buffer = new Uint8Array(CHUNK);
  try {
    for (let ended = false; !ended;) {
      throwIfAborted(signal);
      const length = await source.read(buffer);
      scanner.scan(buffer.subarray(0, length));
      if (isEnough?.() === true) return;
      ended = length < buffer.length;
      if (ended) scanner.end();
      yield { ended };
    }
    if (issues && (await source.changed()))
      issues.add('warning', 'changed-while-read', changedWhileRead(path), path);
  } catch (error) {
    throw faultError(error, path);
  } finally {
    await source.close();
  }
}

function faultError(error: unknown, path: string): unknown {
  if (!(error instanceof JsonFault)) return error;
  const place = byteLocation({ file: path, byte: error.byte });
  switch (error.kind) {
    case 'invalid':
      return dataError('corrupt', invalidJson(path), place);
    case 'too-deep':
      return dataError('unsupported', jsonTooDeep({ file: path, limit: MAX_DEPTH }), place);
    case 'incomplete':
      return dataError('truncated', jsonTruncated(path), place);
    case 'too-long':
      return dataError('too-large', jsonRecordTooLong({ file: path, limit: MAX_RECORD }), place);
  }
}

function chooseArray(
  arrays: readonly JsonArray[],
  table: string | undefined,
  path: string,
): JsonArray | undefined {
  const [whole] = arrays;
  if (table !== undefined) {
    const named = arrays.find(each => each.path === table);
    const tables = arrays.slice(1).map(each => each.path);
    if (!named) throw dataError('unknown-table', unknownTable({ file: path, table, tables }), path);
    return named;
  }
  if (whole && whole.records > 1) return whole;
  const lists = arrays.slice(1).filter(({ records }) => records > 0);
  const named = lists.filter(each => RECORDS.test(each.path));
  const longest = (named.length > 0 ? named : lists).reduce<JsonArray | undefined>(
    (best, each) => (best && best.records >= each.records ? best : each),
    undefined,
  );
  // A text that is one list of plain values is a table of one column.
  return longest ?? arrays.find(each => each.path === '' && each.elements > 0);
}

async function recordTable(
  path: string,
  encoding: Encoding,
  array: JsonArray,
  arrays: readonly JsonArray[],
  signal: AbortSignal | undefined,
): Promise<Table> {
  const isPlain = array.records === 0;
  const sampled = isPlain ? [] : await firstElements(path, encoding, array.path, signal);
  const rows = sampled.filter(isRecordRow);
  const written = recordColumns(rows);
  const names = isPlain ? ['value'] : await writtenNames(path, encoding, { array, arrays, written, signal });
  return {
    path,
    columns: names.map(name => ({ name, content: 'value' })),
    from: countSource('json-records'),
    count({ issues }) {
      const odd = isPlain ? 0 : array.elements - array.records;
      if (odd > 0) issues.add('warning', 'bad-row', recordsSkipped(path), path, odd);
      return Promise.resolve(array.elements - odd);
    },
    blocks: options => readRecordBlocks(path, encoding, { array, names, isPlain }, options),
  };
}

/** The names of columns that stand beside rows without any, as pandas writes them. */
async function writtenNames(
  path: string,
  encoding: Encoding,
  of: {
    readonly array: JsonArray;
    readonly arrays: readonly JsonArray[];
    readonly written: readonly string[];
    readonly signal: AbortSignal | undefined;
  },
): Promise<readonly string[]> {
  const { array, arrays, written, signal } = of;
  const beside = `${array.path.slice(0, array.path.lastIndexOf('.') + 1)}columns`;
  const names = arrays.find(each => each.path === beside && each.elements === written.length);
  if (!names || names === array || written.some((name, i) => name !== `column_${i}`)) return written;
  const found = await firstElements(path, encoding, beside, signal, written.length);
  return found.every(each => typeof each === 'string') ? found : written;
}

async function firstElements(
  path: string,
  encoding: Encoding,
  array: string,
  signal: AbortSignal | undefined,
  most = SAMPLED,
): Promise<unknown[]> {
  const elements: unknown[] = [];
  const decoder = textDecoder(decodedEncoding(encoding));
  const scanner = createJsonScanner(
    each => each === array && elements.length < most,
    (_, element) => elements.push(parseJson(decoder.decode(element))),
  );
  await scanFile(path, encoding, scanner, { signal, isEnough: () => elements.length >= most });
  return elements;
}

async function* readRecordBlocks(
  path: string,
  encoding: Encoding,
  of: { readonly array: JsonArray; readonly names: readonly string[]; readonly isPlain: boolean },
  options: ReadOptions,
): AsyncGenerator<Block> {
  const { array, names, isPlain } = of;
  const decoder = textDecoder(decodedEncoding(encoding));
  let rows: RecordRow[] = [];
  let bytes = 0;
  let first = 0;
  const scanner = createJsonScanner(
    each => each === array.path,
    (_, element, index) => {
      const value = parseJson(decoder.decode(element));
      bytes += element.length;
      if (isPlain) rows.push([value]);
      else if (isRecordRow(value)) rows.push(value);
      else
        options.issues.add(
          'warning',
          'bad-row',
          recordsSkipped(path),
          rowLocation({ file: path, row: index + 1 }),
        );
    },
  );
  function* blocks(isLast: boolean): Generator<Block> {
    while (rows.length >= BLOCK_ROWS || ((isLast || bytes >= BLOCK_BYTES) && rows.length > 0)) {
      const given = rows.slice(0, BLOCK_ROWS);
      rows = rows.slice(BLOCK_ROWS);
      bytes = 0;
      yield cellBlock(first, given.length, (row, column) =>
        recordCell(given[row], names[column] ?? '', column),
      );
      first += given.length;
    }
  }
  for await (const { ended } of scanning(path, encoding, scanner, options)) yield* blocks(ended);
}

/** A file whose columns are objects or arrays of their own, or whose rows are under names; decoded as a whole. */
async function columnTable(
  path: string,
  encoding: Encoding,
  signal: AbortSignal | undefined,
): Promise<Table> {
  const read = async (): Promise<ColumnRows> => {
    const value = await readWhole(path, encoding, signal);
    const rows = isRecord(value) ? columnRows(value) : undefined;
    if (!rows) throw dataError('unsupported', jsonWithoutRecords(path), path);
    return rows;
  };
  const { names, count } = await read();
  return {
    path,
    columns: names.map(name => ({ name, content: 'value' })),
    from: countSource('json-records'),
    count: () => Promise.resolve(count),
    async *blocks() {
      const found = await read();
      for (let first = 0; first < found.count; first += BLOCK_ROWS)
        yield cellBlock(first, Math.min(BLOCK_ROWS, found.count - first), (row, column) =>
          found.cell(first + row, found.names.indexOf(names[column] ?? '')),
        );
    },
  };
}

interface ColumnRows {
  readonly names: readonly string[];
  readonly count: number;
  cell(row: number, column: number): unknown;
}

function columnRows(value: Readonly<Record<string, unknown>>): ColumnRows | undefined {
  const names = Object.keys(value);
  const columns: unknown[] = Object.values(value);
  if (columns.length === 0) return undefined;
  if (columns.every(each => Array.isArray(each))) return ofEqualLength(names, columns);
  if (!columns.every(isRecord)) return undefined;
  const keys = columns.map(each => Object.keys(each));
  const isIndex = keys[0]?.every((key, i) => key === String(i)) === true;
  // `{"a": {"0": 1, "1": 2}, "b": …}` has columns; `{"first": {"a": 1}, "second": …}` has rows.
  if (isIndex)
    return ofEqualLength(
      names,
      columns.map(each => Object.values(each)),
    );
  const rows = columns.filter(isRecordRow);
  const inRows = recordColumns(rows.slice(0, SAMPLED));
  return {
    names: inRows,
    count: rows.length,
    cell: (row, column) => recordCell(rows[row], inRows[column] ?? '', column),
  };
}

function ofEqualLength(
  names: readonly string[],
  columns: readonly (readonly unknown[])[],
): ColumnRows | undefined {
  const count = columns[0]?.length ?? 0;
  if (count === 0 || columns.some(each => each.length !== count)) return undefined;
  return { names, count, cell: (row, column) => columns[column]?.[row] };
}

async function readWhole(
  path: string,
  encoding: Encoding,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const source = await openText(path, encoding, signal);
  try {
    const parts: Uint8Array[] = [];
    for (let total = 0; ;) {
      const part = new Uint8Array(CHUNK);
      const length = await source.read(part);
      parts.push(part.subarray(0, length));
      total += length;
      if (total > MAX_WHOLE) throw tooLarge(path);
      if (length < CHUNK) break;
    }
    return parseJson(textDecoder(decodedEncoding(encoding)).decode(Buffer.concat(parts)));
  } finally {
    await source.close();
  }
}

function tooLarge(path: string): DataError {
  return dataError('too-large', blockTooLarge({ file: path, limit: MAX_WHOLE }), path);
}
