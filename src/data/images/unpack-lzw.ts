import { unsupportedImageKind } from '../../messages/media-messages';

/** The first codes after those of single bytes: forget all strings; the end. */
const CLEAR = 256;
const END = 257;
const FIRST_STRING = 258;
const MOST_CODES = 4096;
const SHORTEST = 9;
const LONGEST = 12;

/**
 * Unpacks the LZW of TIFF: codes of 9 to 12 bits from the highest bit down, a bit longer one code early.
 *
 * @param limit the bytes that are unpacked at most; what comes behind is not looked at
 */
export function unpackLzw(packed: Uint8Array, limit: number): Uint8Array {
  const output = new Uint8Array(limit);
  /** Each string is one before it and a byte; its length is known. */
  const before = new Uint16Array(MOST_CODES);
  const last = new Uint8Array(MOST_CODES);
  const lengths = new Uint16Array(MOST_CODES);
  for (let i = 0; i < CLEAR; i++) [last[i], lengths[i]] = [i, 1];
  let [next, width, previous, written] = [FIRST_STRING, SHORTEST, -1, 0];
  let [held, heldBits] = [0, 0];
  for (let at = 0; written < limit;) {
    while (heldBits < width && at < packed.length) {
      held = ((held << 8) | (packed[at++] ?? 0)) & 0xffffff;
      heldBits += 8;
    }
    if (heldBits < width) break;
    const code = (held >> (heldBits - width)) & ((1 << width) - 1);
    heldBits -= width;
    if (code === END) break;
    if (code === CLEAR) {
      [next, width, previous] = [FIRST_STRING, SHORTEST, -1];
      continue;
    }
    if (code > next || (code === next && previous < 0)) throw new Error(unsupportedImageKind('TIFF, LZW'));
    const isNew = code === next;
    const source = isNew ? previous : code;
    const length = lengths[source] ?? 0;
    let end = written + length;
    // From the last byte back; what does not fit is passed by.
    for (let i = source, left = length; left > 0; left--, i = before[i] ?? 0) {
      end--;
      if (end < limit) output[end] = last[i] ?? 0;
    }
    const first = output[written] ?? 0;
    written += length;
    if (isNew && written < limit) output[written] = first;
    if (isNew) written++;
    if (previous >= 0 && next < MOST_CODES) {
      before[next] = previous;
      last[next] = first;
      lengths[next] = (lengths[previous] ?? 0) + 1;
      next++;
      if (next + 1 >= 1 << width && width < LONGEST) width++;
    }
    previous = code;
  }
  return output.subarray(0, Math.min(written, limit));
}

/** Unpacks the run lengths of TIFF (PackBits), at most so many bytes. */
export function unpackRuns(packed: Uint8Array, limit: number): Uint8Array {
  const output = new Uint8Array(limit);
  let written = 0;
  for (let at = 0; at < packed.length && written < limit;) {
    const head = ((packed[at++] ?? 0) << 24) >> 24;
    if (head === -128) continue;
    const length = head < 0 ? 1 - head : 1 + head;
    if (head < 0) output.fill(packed[at++] ?? 0, written, written + length);
    else {
      output.set(packed.subarray(at, at + Math.min(length, limit - written)), written);
      at += length;
    }
    written += length;
  }
  return output.subarray(0, Math.min(written, limit));
}
