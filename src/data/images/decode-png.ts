import { decode as decodePngBytes } from 'fast-png';
import { plainPng, rawPngBytes } from './png-chunks';
import type { Pixels } from './resize-image';

/**
 * Decodes a PNG image to its pixels, with an alpha channel where it has one.
 *
 * @throws Error with the decoder's reason
 */
export function decodePng(bytes: Buffer): Pixels {
  const plain = plainPng(bytes, rawPngBytes(bytes));
  const { width, height, channels, depth, data, palette } = decodePngBytes(plain);
  const values = depth < 8 ? unpack(data, width * channels, height, depth) : data;
  if (palette) return coloured(values, { width, height, palette });
  const bytes8 =
    values instanceof Uint16Array ? values : new Uint8Array(values.buffer, values.byteOffset, values.length);
  return { width, height, channels, data: bytes8, max: 2 ** depth - 1 };
}

/** The colours that the numbers of a palette stand for, with their opacity where it has any. */
function coloured(
  values: ArrayLike<number>,
  of: { readonly width: number; readonly height: number; readonly palette: readonly (readonly number[])[] },
): Pixels {
  const channels = of.palette.some(colour => colour.length > 3) ? 4 : 3;
  const flat = new Uint8Array(256 * channels).fill(255);
  of.palette.forEach((colour, i) => {
    flat.set(colour.slice(0, channels), i * channels);
  });
  const count = of.width * of.height;
  const data = new Uint8Array(count * channels);
  for (let i = 0, at = 0; i < count; i++) {
    const from = (values[i] ?? 0) * channels;
    for (let c = 0; c < channels; c++) data[at++] = flat[from + c] ?? 255;
  }
  return { width: of.width, height: of.height, channels, data, max: 255 };
}

/** Unpacks values of 1, 2 or 4 bits, packed from the highest bit of a byte down; each row starts a new byte. */
function unpack(packed: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const stride = Math.ceil((width * depth) / 8);
  const mask = 2 ** depth - 1;
  const values = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      values[at++] = ((packed[y * stride + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return values;
}
