import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { decode as decodePngBytes } from 'fast-png';
import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import { fileError } from '../path/access';
import { withBuffer } from './buffers';
import { imageHeader, type ImageHeader } from './header';
import { decodeJpeg } from './jpeg';
import type { Pixels } from './resize';

/** Larger than photographs get; a small file can state any size. */
export const MAX_PIXELS = 100_000_000;
const MAX_FILE = 256 * 1024 * 1024;

/** Bytes of a file that is read and decoded without leaving the thread. */
const SMALL = 16 * 1024;

/**
 * Decodes a PNG, JPEG or WebP file to grey (1 channel) or colour (3) and gives it to `use`. What is transparent
 * shows white behind it. The pixels are those of another image once `use` has returned.
 *
 * @throws DataError `corrupt`, `truncated`, `too-large`, or what kept the file from being read
 */
export async function decodeImage<T>(path: string, use: (pixels: Pixels) => T): Promise<T> {
  const bytes = await readImage(path);
  const header = imageHeader(bytes);
  if (!header) throw new DataError('corrupt', l10n.t('{0} is not a PNG, JPEG or WebP image', path), path);
  if (header.width * header.height > MAX_PIXELS) {
    const message = l10n.t(
      '{0} states {1} × {2} pixels and is not decoded',
      path,
      header.width,
      header.height,
    );
    throw new DataError('too-large', message, path);
  }
  const size = header.format === 'jpeg' ? header.width * header.height * 3 : 0;
  return withBuffer(size, async buffer => use(await decodeAs(header, bytes, { path, buffer })));
}

async function decodeAs(
  { format, channels }: ImageHeader,
  bytes: Buffer,
  { path, buffer }: { readonly path: string; readonly buffer: Buffer },
): Promise<Pixels> {
  try {
    switch (format) {
      case 'jpeg':
        return await decodeJpeg(bytes, channels === 1 ? 1 : 3, buffer);
      case 'png':
        return decodePng(bytes);
      case 'webp': {
        const { decode } = await import('./webp-library');
        const { width, height, data } = decode(bytes);
        return overWhite({ width, height, channels: 4, data: Uint8Array.from(data), max: 255 });
      }
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DataError('corrupt', l10n.t('{0} cannot be decoded: {1}', path, message), path);
  }
}

/** Small files are read at once: that takes less than handing the work to another thread and back. */
async function readImage(path: string): Promise<Buffer> {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    if (size > MAX_FILE)
      throw new DataError('too-large', l10n.t('{0} has {1} bytes and is not decoded', path, size), path);
    if (size > SMALL) return await readFile(path);
    const bytes = Buffer.allocUnsafe(size);
    return bytes.subarray(0, readSync(file, bytes, 0, size, 0));
  } catch (error) {
    throw fileError(error, path);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function decodePng(bytes: Buffer): Pixels {
  const { width, height, channels, depth, data, palette } = decodePngBytes(bytes, { checkCrc: true });
  const values = depth < 8 ? unpack(data, width * channels, height, depth) : data;
  if (palette) {
    const colours = Uint8Array.from(
      { length: width * height * 4 },
      (_, i) => palette[values[i >> 2] ?? 0]?.[i & 3] ?? 255,
    );
    return overWhite({ width, height, channels: 4, data: colours, max: 255 });
  }
  return overWhite({
    width,
    height,
    channels,
    data:
      values instanceof Uint16Array
        ? values
        : new Uint8Array(values.buffer, values.byteOffset, values.length),
    max: 2 ** depth - 1,
  });
}

/** Values of 1, 2 or 4 bits, which lie several to a byte from the highest bit down; each row starts a byte. */
function unpack(packed: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const stride = Math.ceil((width * depth) / 8);
  const perByte = 8 / depth;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const column = i % width;
    const byte = packed[Math.floor(i / width) * stride + Math.floor(column / perByte)] ?? 0;
    return (byte >> (8 - depth * ((column % perByte) + 1))) & (2 ** depth - 1);
  });
}

/** Composes pixels with an alpha channel (2 or 4 channels) over white; others come back as they are. */
function overWhite(pixels: Pixels): Pixels {
  const { width, height, channels, data, max } = pixels;
  if (channels !== 2 && channels !== 4) return pixels;
  const colours = channels - 1;
  const output =
    data instanceof Uint8Array
      ? new Uint8Array(width * height * colours)
      : new Uint16Array(width * height * colours);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = (data[pixel * channels + colours] ?? max) / max;
    for (let c = 0; c < colours; c++)
      output[pixel * colours + c] = Math.round((data[pixel * channels + c] ?? 0) * alpha + max * (1 - alpha));
  }
  return { width, height, channels: colours, data: output, max };
}
