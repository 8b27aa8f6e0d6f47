import { analyse } from 'chardet';

export interface Encoding {
  /** A label `TextDecoder` knows. */
  readonly name: string;
  /** Bytes of the mark at the start of the file. */
  readonly bom: number;
}

/** The encoding of a text from its first bytes; `undefined` where they are not text. */
export function detectEncoding(head: Uint8Array): Encoding | undefined {
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
