import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { notRegularFile } from '../../messages/data-access-messages';
import {
  imageFileTooLarge,
  imageNotDecodable,
  imageTooLarge,
  imageTruncated,
  jpegDecoderUnavailable,
  unknownImageFormat,
} from '../../messages/media-messages';
import { decode as decodePngBytes } from 'fast-png';
import { errorMessage, errorSummary } from '../../common/errors';
import { READ_FLAGS, readRegular } from '../../files/regular-file';
import { dataError } from '../issues';
import { fileError } from '../paths/file-access';
import { type ImageHeader, imageHeader } from './image-header';
import type * as library from './jpeg-library';
import type { Pixels } from './resize-image';

/** Buffers that are kept for the next image: one for each of those being decoded at a time. */
const MAX_BUFFERS = 16;
/** Larger ones are left to the garbage collector. */
const MAX_BUFFER_BYTES = 16 * 1024 * 1024;

const freeBuffers: Buffer[] = [];

/**
 * Lends a buffer of at least `size` bytes while `use` runs. Fresh memory of the size of a photograph costs the
 * system a third of the time that decoding into it takes.
 */
async function withBuffer<T>(size: number, use: (buffer: Buffer) => Promise<T>): Promise<T> {
  const at = freeBuffers.findIndex(({ length }) => length >= size);
  const [known] = at < 0 ? [] : freeBuffers.splice(at, 1);
  const buffer = known ?? Buffer.allocUnsafeSlow(size);
  try {
    return await use(buffer);
  } finally {
    if (buffer.length <= MAX_BUFFER_BYTES) {
      freeBuffers.push(buffer);
      // The oldest may be too small for the images that come now.
      if (freeBuffers.length > MAX_BUFFERS) freeBuffers.shift();
    }
  }
}

type Turbo = typeof library;

/** Bytes of a file that is decoded without leaving the thread. */
const SMALL_JPEG = 16 * 1024;

let turbo: Turbo | undefined;

/** The native decoder, loaded with the first image: counting does without it, and so may an installation. */
async function loadTurbo(): Promise<Turbo> {
  try {
    turbo ??= await import('./jpeg-library');
    return turbo;
  } catch (error) {
    const reason = errorSummary(error);
    throw new Error(jpegDecoderUnavailable(reason), { cause: error });
  }
}

/**
 * Decodes a JPEG file to grey (1 channel) or colour (3), into `output`.
 *
 * @throws Error with the decoder's reason; also where the file ends early, which the decoder would fill with grey
 */
async function decodeJpeg(bytes: Buffer, channels: 1 | 3, output: Buffer): Promise<Pixels> {
  // JPEG files end with a mark.
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  if (end < bytes.length / 2) throw new Error(imageTruncated());
  const { FORMAT_GRAY, FORMAT_RGB, decompress, decompressSync } = turbo ?? (await loadTurbo());
  const format = channels === 1 ? FORMAT_GRAY : FORMAT_RGB;
  const { width, height, data } =
    bytes.length <= SMALL_JPEG
      ? decompressSync(bytes, output, { format })
      : await decompress(bytes, output, { format });
  return { width, height, channels, data, max: 255 };
}

/** Larger than photographs get; a small file can state any size. */
export const MAX_PIXELS = 100_000_000;
const MAX_FILE = 256 * 1024 * 1024;

/** Bytes of a file that is read and decoded without leaving the thread. */
const SMALL_FILE = 16 * 1024;

/**
 * Decodes a PNG, JPEG or WebP file to grey (1 channel) or colour (3) and gives it to `use`. What is transparent
 * shows white behind it. The pixels are those of another image once `use` has returned.
 *
 * @throws DataError `corrupt`, `truncated`, `too-large`, or what kept the file from being read
 */
export async function decodeImage<T>(path: string, use: (pixels: Pixels) => T): Promise<T> {
  const bytes = await readImage(path);
  const header = imageHeader(bytes);
  if (!header) throw dataError('corrupt', unknownImageFormat(path), path);
  if (header.width * header.height > MAX_PIXELS) {
    const message = imageTooLarge({
      file: path,
      width: header.width,
      height: header.height,
      limit: MAX_PIXELS,
    });
    throw dataError('too-large', message, path);
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
    const message = errorMessage(error);
    throw dataError('corrupt', imageNotDecodable({ file: path, reason: message }), path);
  }
}

/** Small files are read at once: that takes less than handing the work to another thread and back. */
async function readImage(path: string): Promise<Buffer> {
  let file: number | undefined;
  try {
    file = openSync(path, READ_FLAGS);
    const stats = fstatSync(file);
    const { size } = stats;
    if (!stats.isFile()) throw dataError('unsupported', notRegularFile(path), path);
    if (size > MAX_FILE)
      throw dataError('too-large', imageFileTooLarge({ file: path, size, limit: MAX_FILE }), path);
    if (size > SMALL_FILE) return await readRegular(path, MAX_FILE);
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

/** Unpacks values of 1, 2 or 4 bits, packed from the highest bit of a byte down; each row starts a new byte. */
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
