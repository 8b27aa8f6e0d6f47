import { textDecoder } from '../../common/text-decoding';
import { skipBytes } from '../bytes/byte-reader';
import { type Encoding, SAMPLE_BYTES, decodedEncoding, openText } from '../bytes/text-files';
import type { SampleText } from './csv-dialect';

/** What stands above a table: comments, or a line that names the delimiter. */
export interface LinesAbove {
  readonly bytes: number;
  readonly comment?: string;
  /** The last comment, which may name the columns. */
  readonly names?: string;
  readonly delimiter?: string;
}

const COMMENT = /^\s*(#|%|\/\/)/;
/** Bytes of a line that are looked at. */
const LONGEST = 10_000;

/** Takes the lines from the first on; `false` for the first that is no comment. */
function takeComments(): {
  readonly take: (line: string) => boolean;
  readonly taken: () => { readonly comment: string; readonly names: string } | undefined;
} {
  let comment: string | undefined;
  let names = '';
  return {
    take(line) {
      const [, mark] = COMMENT.exec(line) ?? [];
      if (line !== '' && (mark === undefined || (comment !== undefined && mark !== comment))) return false;
      if (mark !== undefined) [comment, names] = [mark, line.slice(mark.length).trim()];
      return true;
    },
    taken: () => (comment === undefined ? undefined : { comment, names }),
  };
}

/** The comments at the start of a text, and a line that names its delimiter. */
export function linesAbove({ bytes }: SampleText, newline: string, encoding: string): LinesAbove {
  const decoder = textDecoder(encoding);
  const comments = takeComments();
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(newline.charCodeAt(0), start);
    // A text of comments alone is no table with comments.
    if (end < 0) return { bytes: 0 };
    const line = decoder.decode(bytes.subarray(start, Math.min(end, start + LONGEST))).trim();
    const [, delimiter] = /^"?sep=(.)"?$/i.exec(line) ?? [];
    if (delimiter !== undefined) return { bytes: end + 1, delimiter };
    if (!comments.take(line)) break;
    start = end + 1;
  }
  const taken = comments.taken();
  return !taken || start >= bytes.length ? { bytes: 0 } : { bytes: start, ...taken };
}

/** Whether a sample that is not the whole text has comments only: where they end, it does not tell. */
export function isCommentsAlone({ bytes, whole }: SampleText, newline: string, encoding: string): boolean {
  if (whole) return false;
  const comments = takeComments();
  const decoder = textDecoder(encoding);
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(newline.charCodeAt(0), start);
    const end = found < 0 ? bytes.length : found;
    const line = decoder.decode(bytes.subarray(start, Math.min(end, start + LONGEST))).trim();
    // The last line may have been cut off within its mark.
    if (!comments.take(line) && found >= 0) return false;
    start = end + 1;
  }
  return comments.taken() !== undefined;
}

/**
 * Reads on behind comments that are longer than a sample, to the start of the table below them; `undefined` where there is
 * nothing but comments.
 */
export async function textBelowComments(
  path: string,
  encoding: Encoding,
  newline: string,
  signal?: AbortSignal,
): Promise<{ readonly top: LinesAbove; readonly body: SampleText } | undefined> {
  const end = newline.charCodeAt(0);
  const decoder = textDecoder(decodedEncoding(encoding));
  const comments = takeComments();
  const source = await openText(path, encoding, signal);
  try {
    const piece = new Uint8Array(SAMPLE_BYTES);
    let head: Uint8Array = new Uint8Array(0);
    for (let offset = 0, lineAt = 0, ended = false; !ended;) {
      const length = await source.read(piece);
      ended = length < piece.length;
      for (let at = 0; at <= length;) {
        const found = piece.subarray(0, length).indexOf(end, at);
        const to = found < 0 ? length : found;
        head = Buffer.concat([head, piece.subarray(at, Math.min(to, at + LONGEST - head.length))]);
        if (found < 0 && !ended) break;
        if (!comments.take(decoder.decode(head).trim())) {
          const taken = comments.taken();
          const body = await textFrom(path, encoding, lineAt, signal);
          return taken && { top: { bytes: lineAt, ...taken }, body };
        }
        head = new Uint8Array(0);
        at = to + 1;
        lineAt = offset + at;
      }
      offset += length;
    }
    return undefined;
  } finally {
    await source.close();
  }
}

async function textFrom(
  path: string,
  encoding: Encoding,
  from: number,
  signal: AbortSignal | undefined,
): Promise<SampleText> {
  const source = await openText(path, encoding, signal);
  try {
    await skipBytes(source, from);
    const bytes = new Uint8Array(SAMPLE_BYTES);
    const length = await source.read(bytes);
    return { bytes: bytes.subarray(0, length), whole: length < bytes.length };
  } finally {
    await source.close();
  }
}
