import type { ByteReader } from '../bytes/byte-reader';
import { scanModule } from './scan-module';

/** The longest record, in bytes; a longer one is nearly always a quote that was never closed. */
export const MAX_RECORD = 8 * 1024 * 1024;

/** Bytes read and scanned at a time: a millisecond of work between two turns of the event loop. */
export const CHUNK = 1024 * 1024;

const PAGE = 64 * 1024;
const INPUT = PAGE;
const INPUT_LENGTH = MAX_RECORD + CHUNK;
const INDEX = INPUT + INPUT_LENGTH + PAGE;

/** Delimiters, newlines and quotes of delimiter-separated text, found 64 bytes at a time (see `scan.wat`). */
export interface Scanner {
  /** Where the text goes. */
  readonly input: Uint8Array;
  /** Counts in `input[from..to)`, which follows what was counted before; overwrites the two bytes before `from`. */
  count(from: number, to: number): void;
  /** Counts, and returns the places in `input` of the delimiters and newlines outside quotes. Valid until the next call. */
  index(from: number, to: number): Uint32Array;
  /** Forgets an unfinished record, so that the next call starts with a new one. */
  restart(): void;
  /**
   * So far: newlines outside quotes; how many of those ended blank lines; rows, blank lines among them, of
   * another number of delimiters than expected; quotes inside unquoted fields.
   */
  totals(): { rows: number; blanks: number; uneven: number; strays: number };
  /** Whether what was scanned ends inside quotes. */
  insideQuotes(): boolean;
  /** Where in `input` the last quote opened in the last call; −1 if none did. */
  lastOpened(): number;
  /** Gives its memory back for the next scanner. */
  release(): void;
}

export interface Dialect {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
  /** Absent where quotes are ordinary characters. */
  readonly quote?: string;
}

interface Global<T> {
  value: T;
}

interface ScanExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  scan(from: number, to: number, index: number): number;
  readonly newline: Global<number>;
  readonly delimiter: Global<number>;
  readonly quote: Global<number>;
  readonly state: Global<number>;
  readonly opened: Global<number>;
  readonly rows: Global<bigint>;
  readonly blanks: Global<bigint>;
  readonly uneven: Global<bigint>;
  readonly expected: Global<number>;
  readonly inRow: Global<number>;
  readonly strays: Global<bigint>;
}

let compiled: object | undefined;
const idle: ScanExports[] = [];

/** Instances are kept: each takes a large address range, and thousands of small files would exhaust it. */
function acquire(): ScanExports {
  const kept = idle.pop();
  if (kept) return kept;
  compiled ??= new WebAssembly.Module(Buffer.from(scanModule, 'base64'));
  const scan = new WebAssembly.Instance(compiled).exports as unknown as ScanExports;
  // The places take at most four bytes for each byte of input; pages never touched cost nothing.
  const pages = Math.ceil((INDEX + 4 * INPUT_LENGTH) / PAGE);
  scan.memory.grow(pages - scan.memory.buffer.byteLength / PAGE);
  return scan;
}

/** Lends a scanner at the start of a text to `use`. */
export function withScanner<T>(dialect: Dialect, use: (scanner: Scanner) => T, columns = 1): T {
  const scanner = createScanner(dialect, columns);
  try {
    return use(scanner);
  } finally {
    scanner.release();
  }
}

/** A scanner at the start of a text whose rows should have so many columns; to be released after use. */
export function createScanner({ delimiter, newline, quote }: Dialect, columns = 1): Scanner {
  const scan = acquire();
  scan.delimiter.value = delimiter.charCodeAt(0);
  scan.newline.value = newline.charCodeAt(0);
  // A byte that never occurs in UTF-8 means "no quotes".
  scan.quote.value = quote === undefined ? 0xff : quote.charCodeAt(0);
  scan.expected.value = columns - 1;
  scan.state.value = 0;
  scan.inRow.value = 0;
  for (const total of [scan.rows, scan.blanks, scan.uneven, scan.strays]) total.value = 0n;
  const bytes = new Uint8Array(scan.memory.buffer);
  let before = new Uint8Array(2).fill(newline.charCodeAt(0));
  bytes.set(before, INPUT - 2);
  const places = new Uint32Array(scan.memory.buffer, INDEX);
  const run = (from: number, to: number, index: number): number => scan.scan(INPUT + from, INPUT + to, index);
  let released = false;
  return {
    input: bytes.subarray(INPUT, INPUT + INPUT_LENGTH),
    count(from, to) {
      bytes.set(before, INPUT + from - 2);
      run(from, to, 0);
      before = bytes.slice(INPUT + to - 2, INPUT + to);
    },
    index(from, to) {
      const count = (run(from, to, INDEX) - INDEX) / 4;
      const found = places.subarray(0, count);
      for (let i = 0; i < count; i++) found[i] = (found[i] ?? 0) - INPUT;
      return found;
    },
    restart() {
      scan.state.value = 0;
    },
    totals: () => ({
      rows: Number(scan.rows.value),
      blanks: Number(scan.blanks.value),
      uneven: Number(scan.uneven.value),
      strays: Number(scan.strays.value),
    }),
    insideQuotes: () => scan.state.value === 2,
    lastOpened: () => (scan.opened.value < 0 ? -1 : scan.opened.value - INPUT),
    release() {
      if (!released) idle.push(scan);
      released = true;
    },
  };
}

/** In bytes: enough for a last line that is no example. */
const TAIL = 4096;

/** Two places in the scanner's input, so that one is filled while the other is counted. */
const CHUNK_OFFSETS = [0, 2 * CHUNK] as const;

/**
 * Counts a whole source; a last line without its newline counts as one with it.
 *
 * @returns the byte offsets of the last quote that opened and of the end, and the last bytes
 */
export async function countRecords(
  source: ByteReader,
  scanner: Scanner,
  newline: number,
): Promise<{ opened: number; length: number; tail: Uint8Array }> {
  let [place, other]: readonly [number, number] = CHUNK_OFFSETS;
  let filled = await source.read(scanner.input.subarray(place, place + CHUNK));
  let opened = 0;
  let length = 0;
  let last = newline;
  let tail: Uint8Array = new Uint8Array(0);
  while (filled > 0) {
    const ended = filled < CHUNK;
    const next = ended ? Promise.resolve(0) : source.read(scanner.input.subarray(other, other + CHUNK));
    // Counted while the next piece is read; a failed read is met at the `await`.
    scanner.count(place, place + filled);
    if (scanner.lastOpened() >= 0) opened = length + scanner.lastOpened() - place;
    last = scanner.input[place + filled - 1] ?? newline;
    length += filled;
    const end = scanner.input.slice(Math.max(place, place + filled - TAIL), place + filled);
    tail = end.length < TAIL ? Buffer.concat([tail, end]).subarray(-TAIL) : end;
    filled = await next;
    [place, other] = [other, place];
  }
  if (last !== newline) {
    scanner.input[place] = newline;
    scanner.count(place, place + 1);
  }
  return { opened, length, tail };
}
