import { type ByteReader, convertedReader } from '../bytes/byte-reader';
import type { Dialect } from './record-scanner';

/**
 * Where blanks of a text belong to its structure: runs of them stand between the cells, or one or more follow each
 * delimiter and belong to no cell.
 */
export type Spacing = 'between-cells' | 'after-delimiters';

/** The delimiter that runs of blanks become. */
export const JOINED = '\t';

/** Rewrites a text in pieces: what stands between quotes stays as it is. */
export type Respacer = (input: Uint8Array, output: Uint8Array) => number;

const SPACE = 32;
const TAB = 9;
const RETURN = 13;

/**
 * A rewriter of a text whose blanks are structure into one where they are not: runs between cells become one
 * {@link JOINED}, those at the ends of lines and after delimiters vanish. A piece becomes at most one byte
 * longer; where in a line it ended is remembered.
 */
export function createRespacer(spacing: Spacing, { delimiter, newline, quote }: Dialect): Respacer {
  return spacing === 'between-cells'
    ? joinBlanks(newline.charCodeAt(0), quote?.charCodeAt(0) ?? -1)
    : dropBlanks(delimiter.charCodeAt(0), newline.charCodeAt(0), quote?.charCodeAt(0) ?? -1);
}

function joinBlanks(newline: number, quote: number): Respacer {
  let inQuotes = false;
  /** Whether the last byte closed a quote, which a second one would open again. */
  let closed = false;
  let atLineStart = true;
  let pending = false;
  return (input, output) => {
    let length = 0;
    for (const byte of input) {
      if (inQuotes) {
        output[length++] = byte;
        if (byte === quote) [inQuotes, closed] = [false, true];
      } else if (byte === newline) {
        output[length++] = byte;
        [atLineStart, pending, closed] = [true, false, false];
      } else if (byte === SPACE || byte === TAB || byte === RETURN) {
        if (!atLineStart) pending = true;
      } else {
        if (pending) output[length++] = TAB;
        inQuotes = byte === quote && (atLineStart || pending || closed);
        output[length++] = byte;
        [atLineStart, pending, closed] = [false, false, false];
      }
    }
    return length;
  };
}

function dropBlanks(delimiter: number, newline: number, quote: number): Respacer {
  let inQuotes = false;
  let closed = false;
  let atCellStart = true;
  return (input, output) => {
    let length = 0;
    for (const byte of input) {
      if (inQuotes) {
        if (byte === quote) [inQuotes, closed] = [false, true];
      } else if (byte === delimiter || byte === newline) {
        [atCellStart, closed] = [true, false];
      } else if (atCellStart && byte === SPACE) {
        continue;
      } else {
        inQuotes = byte === quote && (atCellStart || closed);
        [atCellStart, closed] = [false, false];
      }
      output[length++] = byte;
    }
    return length;
  };
}

/** Bytes that are respaced at a time. */
const PIECE = 128 * 1024;

/** The bytes of `source` as a {@link Respacer} makes them. */
export function respaced(source: ByteReader, respace: Respacer): ByteReader {
  const made = new Uint8Array(PIECE + 1);
  return convertedReader(source, PIECE, piece => made.subarray(0, respace(piece, made)));
}
