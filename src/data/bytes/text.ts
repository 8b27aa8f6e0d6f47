import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import { openBytes, readHead, type ByteSource } from './source';
import { detectEncoding, type Encoding } from './encoding';

/** How much of a text is looked at to tell its encoding and dialect. */
export const SAMPLE = 128 * 1024;

export interface TextSample {
  /** The start of the text, without its byte order mark, in UTF-8 where the file is in UTF-16. */
  readonly bytes: Uint8Array;
  /** Whether the sample is the whole text. */
  readonly whole: boolean;
  readonly encoding: Encoding;
}

/**
 * The start of a text file and its encoding.
 *
 * @throws DataError `not-text` for a file that is not text, whatever its name
 */
export async function sampleText(path: string, signal?: AbortSignal): Promise<TextSample> {
  const head = await readHead(path, SAMPLE, signal);
  const encoding = detectEncoding(head);
  if (encoding === undefined) {
    throw new DataError(
      'not-text',
      l10n.t('{0} is named like a text file but holds binary data ({1})', path, describe(head)),
      path,
    );
  }
  const bytes = head.subarray(encoding.bom);
  return {
    bytes: isWide(encoding) ? Buffer.from(new TextDecoder(encoding.name).decode(bytes)) : bytes,
    whole: head.length < SAMPLE,
    encoding,
  };
}

/** Opens a text after its byte order mark; UTF-16 becomes UTF-8, the other encodings keep their bytes. */
export async function openText(path: string, encoding: Encoding, signal?: AbortSignal): Promise<ByteSource> {
  const source = await openBytes(path, signal);
  if (encoding.bom > 0) await source.read(new Uint8Array(encoding.bom));
  return isWide(encoding) ? narrow(source, encoding.name) : source;
}

/** The label with which the bytes of `openText` are decoded. */
export function narrowed(encoding: Encoding): string {
  return isWide(encoding) ? 'utf-8' : encoding.name;
}

function isWide(encoding: Encoding): boolean {
  return encoding.name.startsWith('utf-16');
}

function narrow(source: ByteSource, name: string): ByteSource {
  const decoder = new TextDecoder(name);
  const chunk = new Uint8Array(SAMPLE);
  let rest: Uint8Array = new Uint8Array(0);
  let ended = false;
  return {
    ...source,
    async read(target) {
      let filled = 0;
      while (filled < target.length) {
        if (rest.length === 0) {
          if (ended) break;
          const length = await source.read(chunk);
          ended = length < chunk.length;
          rest = Buffer.from(decoder.decode(chunk.subarray(0, length), { stream: !ended }));
          continue;
        }
        const part = rest.subarray(0, target.length - filled);
        target.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
      }
      return filled;
    },
  };
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
  return known ? known[1] : l10n.t('it has zero bytes or control characters');
}
