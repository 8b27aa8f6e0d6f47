import { recordLocation, recordTooLong, unclosedQuote } from '../../messages/table-messages';
import type { ByteReader } from '../bytes/byte-reader';
import { dataError, type DataError } from '../issues';
import { CHUNK, type Dialect, MAX_RECORD, type Scanner, createScanner } from './record-scanner';

const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** Digits that surely fit the 53 bits of a mantissa. */
const EXACT_DIGITS = 15;

/**
 * The number in `bytes[from..to)`; `NaN` if it is empty or not a number. Short decimals are read in place and
 * exactly (one correctly rounded division of two exact numbers); the rest goes through `Number`.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let end = to;
  while (at < end && (bytes[at] ?? 0) <= 32) at++;
  while (at < end && (bytes[end - 1] ?? 0) <= 32) end--;
  const start = at;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  let point = false;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (point) decimals++;
    } else if (digit === -2 && !point) {
      point = true;
    } else {
      return slowNumber(bytes, start, end);
    }
  }
  if (digits === 0) return NaN;
  if (digits > EXACT_DIGITS) return slowNumber(bytes, start, end);
  const value = decimals === 0 ? mantissa : mantissa / (POWERS[decimals] ?? 1);
  return negative ? -value : value;
}

function slowNumber(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 400) return NaN;
  const text = String.fromCharCode(...bytes.subarray(from, to));
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return NaN;
}

/** Whole records in `bytes`: record `r` starts at `starts[r]` and its cells end at `ends[firsts[r]..firsts[r + 1])`. */
export interface Records {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly starts: Uint32Array;
  readonly firsts: Uint32Array;
  readonly ends: Uint32Array;
  /** The place in the file of the first record, from 1; blank lines are records. */
  readonly ordinal: number;
  /** Whether no record follows. */
  readonly isLast: boolean;
}

/**
 * The records of a text, a chunk at a time; each result is valid until the next.
 *
 * @throws DataError `unclosed-quote` for a quote that is open at the end or over the limit, `too-large` for another
 * record over the limit
 */
export async function* readRecords(source: ByteReader, dialect: Dialect): AsyncGenerator<Records> {
  const scanner = createScanner(dialect);
  try {
    yield* chunkRecords(source, dialect, scanner);
  } finally {
    scanner.release();
  }
}

async function* chunkRecords(
  source: ByteReader,
  dialect: Dialect,
  scanner: Scanner,
): AsyncGenerator<Records> {
  const { input } = scanner;
  const newline = dialect.newline.charCodeAt(0);
  let filled = 0;
  let ordinal = 1;
  for (;;) {
    const length = await source.read(input.subarray(filled, filled + CHUNK));
    const ended = length < CHUNK;
    filled += length;
    if (ended && filled > 0 && input[filled - 1] !== newline) input[filled++] = newline;
    scanner.restart();
    const ends = scanner.index(0, filled);
    const records = { ...split(input, ends, newline), ordinal, isLast: ended };
    if (ended && scanner.insideQuotes()) throw unclosed(source.path, ordinal + records.count);
    if (records.count > 0) yield records;
    ordinal += records.count;
    if (ended) return;
    const rest = records.starts[records.count] ?? 0;
    input.copyWithin(0, rest, filled);
    filled -= rest;
    if (filled > MAX_RECORD - CHUNK)
      throw scanner.insideQuotes() ? unclosed(source.path, ordinal) : tooLong(source.path, ordinal);
  }
}

function recordCount(bytes: Uint8Array, ends: Uint32Array, newline: number): number {
  let count = 0;
  for (const end of ends) if (bytes[end] === newline) count++;
  return count;
}

function split(bytes: Uint8Array, ends: Uint32Array, newline: number): Omit<Records, 'ordinal' | 'isLast'> {
  const count = recordCount(bytes, ends, newline);
  const starts = new Uint32Array(count + 1);
  const firsts = new Uint32Array(count + 1);
  let record = 0;
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i] ?? 0;
    if (bytes[end] !== newline) continue;
    record++;
    starts[record] = end + 1;
    firsts[record] = i + 1;
  }
  return { bytes, count, starts, firsts, ends };
}

function unclosed(path: string, record: number): DataError {
  return dataError(
    'unclosed-quote',
    unclosedQuote({ file: path, record }),
    recordLocation({ file: path, record }),
  );
}

function tooLong(path: string, record: number): DataError {
  const limit = MAX_RECORD - CHUNK;
  return dataError(
    'too-large',
    recordTooLong({ file: path, record, limit }),
    recordLocation({ file: path, record }),
  );
}
