import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { errorCode, errorMessage } from '../common/errors';
import { READ_FLAGS } from '../files/read-flags';
import { decode, isBinary, isUtf16 } from '../common/text-decoding';

const BUFFER_SIZE = 256 * 1024;
/** No `#!` line is longer: Linux reads no further. */
const SHEBANG = 255;

/** The result of opening a file: its text, or why it has none. */
export type Read =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'no-directive' }
  | { readonly kind: 'binary' }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface ReadOptions {
  /** In bytes. */
  readonly limit: number;
  /** Called with the first bytes: the rest is read only if it returns true. */
  readonly accepts?: (beginning: string) => boolean;
}

export type Reader = (path: string, options: ReadOptions) => Read;

const NO_DIRECTIVE: Read = { kind: 'no-directive' };

/**
 * Reads files that may hold annotations, one after the other through one buffer. An ordinary file costs
 * three system calls (open, read, close); only what does not fit the buffer is asked for its size.
 */
export function createReader(): Reader {
  const buffer = Buffer.allocUnsafe(BUFFER_SIZE);
  return (path, options) => {
    let file: number | undefined;
    try {
      file = openSync(path, READ_FLAGS);
      return readOpen(file, buffer, options);
    } catch (error) {
      return { kind: 'unreadable', reason: errorCode(error) ?? errorMessage(error) };
    } finally {
      if (file !== undefined) closeSync(file);
    }
  };
}

function readOpen(file: number, buffer: Buffer, { limit, accepts }: ReadOptions): Read {
  // The last byte is kept free for the search. A regular file is read short at its end only.
  const length = readSync(file, buffer, 0, buffer.length - 1, null);
  if (accepts && !accepts(buffer.toString('latin1', 0, Math.min(length, SHEBANG)))) return NO_DIRECTIVE;
  if (length < buffer.length - 1) return textOf(buffer, length);
  const stats = fstatSync(file);
  const { size } = stats;
  // A device has no size and never ends.
  if (!stats.isFile()) return { kind: 'unreadable', reason: 'EINVAL' };
  if (size > limit) return { kind: 'too-large', size };
  const whole = Buffer.allocUnsafe(Math.max(size, length) + 1);
  buffer.copy(whole, 0, 0, length);
  return textOf(whole, length + readRest(file, whole, length));
}

function readRest(file: number, whole: Buffer, from: number): number {
  let position = from;
  for (;;) {
    const length = readSync(file, whole, position, whole.length - 1 - position, null);
    if (length === 0) return position - from;
    position += length;
  }
}

function textOf(buffer: Buffer, length: number): Read {
  if (!holdsDirective(buffer, length) && !(length >= 2 && isUtf16(buffer))) return NO_DIRECTIVE;
  const bytes = buffer.subarray(0, length);
  return isBinary(bytes) ? { kind: 'binary' } : { kind: 'text', text: decode(bytes) };
}

const AT = 0x40;
const WORDS = ['dataset', 'task', 'pipeline'].map(word => Buffer.from(word));
const BY_FIRST_BYTE = new Map(WORDS.map(word => [word[0], word] as const));

/**
 * Whether the first `length` bytes hold `@dataset`, `@task` or `@pipeline` as a whole word: the test that
 * spares almost every file its decoding. The buffer must be longer than `length`; the byte behind the
 * content is overwritten, so that the search ends there.
 */
export function holdsDirective(bytes: Buffer, length: number): boolean {
  bytes[length] = AT;
  for (let at = bytes.indexOf(AT); at < length; at = bytes.indexOf(AT, at + 1)) {
    const word = BY_FIRST_BYTE.get(bytes[at + 1]);
    if (word && isWordAt(bytes, at + 1, length, word)) return true;
  }
  return false;
}

function isWordAt(bytes: Buffer, start: number, length: number, word: Buffer): boolean {
  const end = start + word.length;
  if (end > length) return false;
  for (let i = 1; i < word.length; i++) if (bytes[start + i] !== word[i]) return false;
  return end === length || !isWordByte(bytes[end] ?? 0);
}

/** ASCII letters, digits and the underscore, as `\w` has it. */
function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x5f
  );
}
