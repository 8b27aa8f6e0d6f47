import { textDecoder } from '../../common/text-decoding';
import { binaryInsteadOfText, controlCharacters } from '../../messages/data-access-messages';
import { analyse } from 'chardet';
import { dataError } from '../issues';
import { type ByteReader, convertedReader, openBytes, readHead } from './byte-reader';

export interface Encoding {
  /** A label `TextDecoder` knows. */
  readonly name: string;
  /** Bytes of the mark at the start of the file. */
  readonly bom: number;
}

/** The encoding of a text from its first bytes; `undefined` where they are not text. */
function detectEncoding(head: Uint8Array): Encoding | undefined {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { name: 'utf-8', bom: 3 };
  if (a === 0xff && b === 0xfe) return { name: 'utf-16le', bom: 2 };
  if (a === 0xfe && b === 0xff) return { name: 'utf-16be', bom: 2 };
  const wide = unmarkedUtf16(head);
  if (wide !== undefined) return { name: wide, bom: 0 };
  if (!looksLikeText(head)) return undefined;
  if (isUtf8(head)) return { name: 'utf-8', bom: 0 };
  for (const { name } of analyse(head)) {
    const label = decoderLabel(name);
    // UTF-8 is ruled out above, and so is what the detector has no decoder for.
    if (label !== undefined && label !== 'utf-8' && !label.startsWith('utf-16'))
      return { name: label, bom: 0 };
  }
  return { name: 'windows-1252', bom: 0 };
}

/** UTF-16 text of a western script has a zero in nearly every second byte. */
function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  const length = Math.min(head.length & ~1, 4096);
  if (length < 8) return undefined;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > 0.35 * length && even === 0) return 'utf-16le';
  if (even > 0.35 * length && odd === 0) return 'utf-16be';
  return undefined;
}

/** Text has no zero bytes and hardly any control characters. */
function looksLikeText(head: Uint8Array): boolean {
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  }
  return controls <= head.length / 100;
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // `stream`: the sample may end inside a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function decoderLabel(name: string): string | undefined {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

/** How much of a text is read to detect its encoding and dialect. */
export const SAMPLE_BYTES = 128 * 1024;

export interface TextSample {
  /** The start of the text, without its byte order mark, in UTF-8 where the file is in UTF-16. */
  readonly bytes: Uint8Array;
  /** Whether the sample is the whole text. */
  readonly whole: boolean;
  readonly encoding: Encoding;
}

/**
 * The start of a text file, `length` bytes of it, and its encoding.
 *
 * @throws DataError `not-text` for a file that is not text, even if its name says so
 */
export async function sampleText(
  path: string,
  signal?: AbortSignal,
  length = SAMPLE_BYTES,
): Promise<TextSample> {
  const head = await readHead(path, length, signal);
  const encoding = detectEncoding(head);
  if (encoding === undefined) {
    throw dataError('not-text', binaryInsteadOfText({ file: path, found: describe(head) }), path);
  }
  const bytes = head.subarray(encoding.bom);
  return {
    bytes: isWide(encoding) ? Buffer.from(new TextDecoder(encoding.name).decode(bytes)) : bytes,
    whole: head.length < length,
    encoding,
  };
}

/** Opens a text after its byte order mark; UTF-16 becomes UTF-8, the other encodings keep their bytes. */
export async function openText(path: string, encoding: Encoding, signal?: AbortSignal): Promise<ByteReader> {
  const source = await openBytes(path, signal);
  if (encoding.bom > 0) await source.read(new Uint8Array(encoding.bom));
  return isWide(encoding) ? narrow(source, encoding.name) : source;
}

/** The label with which the bytes of `openText` are decoded. */
export function decodedEncoding(encoding: Encoding): string {
  return isWide(encoding) ? 'utf-8' : encoding.name;
}

function isWide(encoding: Encoding): boolean {
  return encoding.name.startsWith('utf-16');
}

function narrow(source: ByteReader, name: string): ByteReader {
  const decoder = textDecoder(name);
  return convertedReader(source, SAMPLE_BYTES, (piece, ended) =>
    Buffer.from(decoder.decode(piece, { stream: !ended })),
  );
}

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['\x89PNG', 'PNG'],
  ['\xff\xd8\xff', 'JPEG'],
  ['PK\x03\x04', 'zip'],
  ['PAR1', 'Parquet'],
  ['ARROW1', 'Arrow'],
  ['SQLite format 3', 'SQLite'],
  ['\x93NUMPY', 'NumPy'],
  ['\x1f\x8b', 'gzip'],
  ['RIFF', 'RIFF'],
  ['\x7fELF', 'ELF'],
];

function describe(head: Uint8Array): string {
  const start = Buffer.from(head.subarray(0, 16)).toString('latin1');
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  return known ? known[1] : controlCharacters();
}

/** An example of text is read up to here. */
const MAX_BYTES = 1024 * 1024;

/** The text of a file, at most its first megabyte. @throws DataError if it is not text */
export async function readTextFile(path: string): Promise<string> {
  const { bytes, whole, encoding } = await sampleText(path);
  if (whole) return textDecoder(decodedEncoding(encoding)).decode(bytes);
  const source = await openText(path, encoding);
  try {
    const buffer = new Uint8Array(MAX_BYTES);
    return textDecoder(decodedEncoding(encoding)).decode(buffer.subarray(0, await source.read(buffer)));
  } finally {
    await source.close();
  }
}
