/** As far as git looks for a NUL byte to tell binary files from text. */
const BINARY_PROBE = 8000;

/** Whether text begins with a byte-order mark of UTF-16. */
export function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Whether bytes are no text: a NUL stands near their beginning, and they are not UTF-16. */
export function isBinary(bytes: Uint8Array): boolean {
  return !isUtf16(bytes) && bytes.subarray(0, BINARY_PROBE).includes(0);
}

/**
 * The text without its byte-order mark, in UTF-8 where that names no other encoding. Invalid sequences
 * become U+FFFD: an annotation elsewhere still counts.
 */
export function decode(bytes: Uint8Array): string {
  if (!isUtf16(bytes)) return new TextDecoder().decode(bytes);
  return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
}
