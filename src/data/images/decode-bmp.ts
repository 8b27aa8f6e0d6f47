import { imageTruncated, unsupportedImageKind } from '../../messages/media-messages';
import type { Pixels } from './resize-image';

/** Bytes of the file's header, before the one of the image. */
const FILE_HEADER = 14;
/** The oldest header, of OS/2: sizes of 16 bits and palettes without a fourth byte. */
const CORE_HEADER = 12;
const INFO_HEADER = 40;
/** From this on the masks are part of the header. */
const MASKED_HEADER = 52;
const ALPHA_HEADER = 56;

/** How the pixels are stored. */
const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const ALPHA_BITFIELDS = 6;

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly colours: number;
  readonly headerSize: number;
  readonly dataOffset: number;
}

/** The size and kind of a BMP image; `undefined` for other bytes. */
export function bmpHeader(data: Buffer): BmpHeader | undefined {
  if (data.length < FILE_HEADER + CORE_HEADER || data.toString('latin1', 0, 2) !== 'BM') return undefined;
  const [dataOffset, headerSize] = [data.readUInt32LE(10), data.readUInt32LE(14)];
  if (headerSize === CORE_HEADER) {
    const [width, height, bits] = [data.readUInt16LE(18), data.readUInt16LE(20), data.readUInt16LE(24)];
    return { width, height, isTopDown: false, bits, compression: RGB, colours: 0, headerSize, dataOffset };
  }
  if (headerSize < INFO_HEADER || data.length < FILE_HEADER + INFO_HEADER) return undefined;
  const height = data.readInt32LE(22);
  return {
    width: data.readUInt32LE(18),
    height: Math.abs(height),
    isTopDown: height < 0,
    bits: data.readUInt16LE(28),
    compression: data.readUInt32LE(30),
    colours: data.readUInt32LE(46),
    headerSize,
    dataOffset,
  };
}

/**
 * Decodes a BMP image: palettes of 1 to 8 bits (run lengths too), and colours of 16 to 32 bits with any masks.
 *
 * @throws Error with the reason
 */
export function decodeBmp(bytes: Buffer): Pixels {
  const header = bmpHeader(bytes);
  const known = [1, 2, 4, 8, 16, 24, 32];
  if (!header || !known.includes(header.bits))
    throw new Error(unsupportedImageKind(`BMP, ${header?.bits ?? 0} bits`));
  return header.bits <= 8 ? ofPalette(bytes, header) : ofColours(bytes, header);
}

function ofPalette(bytes: Buffer, header: BmpHeader): Pixels {
  const { width, height, bits, compression, colours, headerSize } = header;
  const entry = headerSize === CORE_HEADER ? 3 : 4;
  const masks = compression === BITFIELDS && headerSize === INFO_HEADER ? 12 : 0;
  const start = FILE_HEADER + headerSize + masks;
  const count = colours > 0 && colours <= 2 ** bits ? colours : 2 ** bits;
  const palette = new Uint8Array(256 * 3);
  for (let i = 0; i < count && start + i * entry + 2 < bytes.length; i++)
    for (let c = 0; c < 3; c++) palette[3 * i + c] = bytes[start + i * entry + 2 - c] ?? 0;
  const values =
    compression === RLE8 || compression === RLE4 ? unpackRuns(bytes, header) : unpackRows(bytes, header);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) data[3 * i + c] = palette[3 * (values[i] ?? 0) + c] ?? 0;
  return { width, height, channels: 3, data, max: 255 };
}

/** The place of each stored row in the image: most are stored from the bottom up. */
function rowOf({ height, isTopDown }: BmpHeader, stored: number): number {
  return isTopDown ? stored : height - 1 - stored;
}

/** @throws Error where the file ends before the last row */
function rowBytes(bytes: Buffer, { width, height, bits, dataOffset }: BmpHeader): number {
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (dataOffset + stride * height > bytes.length) throw new Error(imageTruncated());
  return stride;
}

function unpackRows(bytes: Buffer, header: BmpHeader): Uint8Array {
  const { width, height, bits, compression, dataOffset } = header;
  if (compression !== RGB && compression !== BITFIELDS)
    throw new Error(unsupportedImageKind(`BMP, compression ${compression}`));
  const stride = rowBytes(bytes, header);
  const mask = 2 ** bits - 1;
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const [from, to] = [dataOffset + y * stride, rowOf(header, y) * width];
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      values[to + x] = ((bytes[from + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & mask;
    }
  }
  return values;
}

/** Run lengths of 8 or 4 bits; pixels that no run reaches are of the first colour. */
function unpackRuns(bytes: Buffer, header: BmpHeader): Uint8Array {
  const { width, height, compression, dataOffset } = header;
  const values = new Uint8Array(width * height);
  const isNibble = compression === RLE4;
  let [x, y, at] = [0, 0, dataOffset];
  const put = (value: number): void => {
    if (x < width && y < height) values[rowOf(header, y) * width + x] = value;
    x++;
  };
  while (at + 1 < bytes.length && y < height) {
    const [count, code] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(isNibble ? (code >> (i & 1 ? 0 : 4)) & 15 : code);
    } else if (code === 0) {
      x = 0;
      y++;
    } else if (code === 1) {
      return values;
    } else if (code === 2) {
      x += bytes[at] ?? 0;
      y += bytes[at + 1] ?? 0;
      at += 2;
    } else {
      for (let i = 0; i < code; i++) {
        const byte = bytes[at + (isNibble ? i >> 1 : i)] ?? 0;
        put(isNibble ? (byte >> (i & 1 ? 0 : 4)) & 15 : byte);
      }
      const length = isNibble ? Math.ceil(code / 2) : code;
      at += length + (length & 1);
    }
  }
  if (at + 1 >= bytes.length && y < height) throw new Error(imageTruncated());
  return values;
}

function ofColours(bytes: Buffer, header: BmpHeader): Pixels {
  const { width, height, bits, dataOffset, isTopDown } = header;
  const stride = rowBytes(bytes, header);
  const masks = bits === 24 ? undefined : masksOf(bytes, header);
  const alpha = masks?.alpha ?? 0;
  const channels = alpha === 0 ? 3 : 4;
  const data = new Uint8Array(width * height * channels);
  const readers = masks && [masks.red, masks.green, masks.blue, ...(alpha === 0 ? [] : [alpha])].map(scaled);
  for (let y = 0; y < height; y++) {
    let from = dataOffset + y * stride;
    let to = (isTopDown ? y : height - 1 - y) * width * channels;
    for (let x = 0; x < width; x++, to += channels) {
      if (!readers) {
        for (let c = 0; c < 3; c++) data[to + c] = bytes[from + 2 - c] ?? 0;
        from += 3;
        continue;
      }
      const value = bits === 16 ? bytes.readUInt16LE(from) : bytes.readUInt32LE(from);
      from += bits / 8;
      readers.forEach((read, c) => (data[to + c] = read(value)));
    }
  }
  return { width, height, channels, data, max: 255 };
}

interface Masks {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** 0 where there is none. */
  readonly alpha: number;
}

function masksOf(bytes: Buffer, { bits, compression, headerSize }: BmpHeader): Masks {
  if (compression === RGB)
    return bits === 16
      ? { red: 0x7c00, green: 0x03e0, blue: 0x001f, alpha: 0 }
      : { red: 0xff0000, green: 0xff00, blue: 0xff, alpha: 0 };
  const isKnown = compression === BITFIELDS || compression === ALPHA_BITFIELDS;
  if (!isKnown || bytes.length < FILE_HEADER + Math.max(headerSize, MASKED_HEADER))
    throw new Error(unsupportedImageKind(`BMP, compression ${compression}`));
  const at = FILE_HEADER + INFO_HEADER;
  const hasAlpha = headerSize >= ALPHA_HEADER || compression === ALPHA_BITFIELDS;
  return {
    red: bytes.readUInt32LE(at),
    green: bytes.readUInt32LE(at + 4),
    blue: bytes.readUInt32LE(at + 8),
    alpha: hasAlpha && bytes.length >= at + 16 ? bytes.readUInt32LE(at + 12) : 0,
  };
}

/** Reads the bits of a mask as a value from 0 to 255. */
function scaled(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return value => Math.round(((((value & mask) >>> 0) >>> shift) * 255) / most);
}
