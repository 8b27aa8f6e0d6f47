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

/** What windows-1252 has in place of the control characters from 0x80 on. Source: the Encoding standard of WHATWG. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Some releases of Node decode windows-1252 as ISO 8859-1, without its currency, quotes and dashes. */
const IS_LATIN_1 = new TextDecoder('windows-1252').decode(Uint8Array.of(0x80)) === '\u0080';

type Decoder = InstanceType<typeof TextDecoder>;

class Windows1252Decoder extends TextDecoder {
  override decode(...given: Parameters<Decoder['decode']>): string {
    return super
      .decode(...given)
      .replace(/[\u0080-\u009f]/g, character => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80));
  }
}

/** A decoder of an encoding by a label of the Encoding standard. @throws RangeError for another label */
export function textDecoder(label: string): Decoder {
  const decoder = new TextDecoder(label);
  return IS_LATIN_1 && decoder.encoding === 'windows-1252' ? new Windows1252Decoder(label) : decoder;
}
