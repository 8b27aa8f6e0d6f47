import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { notRegularFile } from '../../messages/data-access-messages';
import {
  imageFileTooLarge,
  imageNotDecodable,
  imageTooLarge,
  imageTooLargeForFile,
  imageTruncated,
  jpegDecoderUnavailable,
  tiffTagsDamaged,
  unknownImageFormat,
} from '../../messages/media-messages';
import { errorMessage, errorSummary } from '../../common/errors';
import { READ_FLAGS } from '../../files/read-flags';
import { readRegular } from '../../files/regular-file';
import { placeholderError } from '../bytes/placeholders';
import { createByteBudget } from '../bytes/byte-budget';
import { type DataError, dataError } from '../issues';
import { fileError } from '../paths/file-access';
import { decodePng } from './decode-png';
import { type ImageHeader, imageHeader } from './image-header';
import type * as library from './jpeg-library';
import type { Pixels } from './resize-image';
import { isTiff } from './tiff-directory';

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

async function decodeInksOf(bytes: Buffer): Promise<Pixels> {
  const { decodeInks } = await import('./inks-library');
  return decodeInks(bytes);
}

/** Larger than photographs get; a small file can state any size. */
export const MAX_PIXELS = 100_000_000;
const MAX_SIDE = 1_000_000;
const MAX_FILE = 256 * 1024 * 1024;

/** Bytes of the decoded pixels: of 100 megapixels with four channels. */
const MAX_DECODED = 400_000_000;
/**
 * Above so many bytes, the pixels may be so many times the file: one colour is stored at 1,000 bytes of pixels to a
 * byte in JPEG and PNG, so a file of more contains no picture.
 */
const LARGE_DECODED = 64 * 1024 * 1024;
const MAX_RATIO = 4096;

/** A progressive JPEG is decoded scan by scan, each as large as the image: ten of them usually. */
const MAX_SCANNED = 20 * MAX_PIXELS;

/** Files and pixels in memory at a time, of all images that are being decoded. */
const files = createByteBudget(512 * 1024 * 1024);
const decoded = createByteBudget(1024 * 1024 * 1024);
/** Images below this size in bytes, as a file or decoded, are never too many at once. */
const SMALL = 4 * 1024 * 1024;

/** Bytes of a file that is read and decoded without leaving the thread. */
const SMALL_FILE = 16 * 1024;

/**
 * Decodes a PNG, JPEG, WebP, BMP, GIF (its first frame) or TIFF file to grey (1 channel) or colour (3) and gives it to `use`. What is transparent
 * shows white behind it. The pixels are those of another image once `use` has returned.
 *
 * @throws DataError `corrupt`, `truncated`, `too-large`, or what kept the file from being read
 */
export async function decodeImage<T>(path: string, use: (pixels: Pixels) => T): Promise<T> {
  // What is not there has no size; reading it says so.
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size < SMALL ? decodeFile(path, use) : files.lend(size, () => decodeFile(path, use));
}

async function decodeFile<T>(path: string, use: (pixels: Pixels) => T): Promise<T> {
  const bytes = await readImage(path);
  const header = imageHeader(bytes);
  if (!header) throw withoutHeader(bytes, path);
  const pixelBytes = assertBounded(header, bytes, path);
  const size = header.format === 'jpeg' && header.channels < 4 ? header.width * header.height * 3 : 0;
  const decode = (): Promise<T> =>
    withBuffer(size, async buffer => use(await decodeAs(header, bytes, { path, buffer })));
  // Twice: what the decoder works on, and what it gives.
  return pixelBytes < SMALL ? decode() : decoded.lend(2 * pixelBytes, decode);
}

function withoutHeader(bytes: Buffer, path: string): DataError {
  if (isTiff(bytes))
    return dataError('corrupt', imageNotDecodable({ file: path, reason: tiffTagsDamaged() }), path);
  return placeholderError(bytes, path) ?? dataError('corrupt', unknownImageFormat(path), path);
}

/**
 * The bytes that an image takes when it is decoded.
 *
 * @throws DataError `too-large`, before any memory is taken for it
 */
function assertBounded(header: ImageHeader, bytes: Buffer, path: string): number {
  const { format, width, height } = header;
  const size = { file: path, width, height };
  if (width * height > MAX_PIXELS || width > MAX_SIDE || height > MAX_SIDE)
    throw dataError('too-large', imageTooLarge({ ...size, limit: MAX_PIXELS }), path);
  const depth = format === 'png' && bytes[24] === 16 ? 2 : 1;
  const pixelBytes = width * height * bytesPerPixel(header, depth);
  if (pixelBytes > MAX_DECODED || (pixelBytes > LARGE_DECODED && pixelBytes > MAX_RATIO * bytes.length))
    throw dataError('too-large', imageTooLargeForFile({ ...size, bytes: bytes.length }), path);
  const { tiff } = header;
  if (
    tiff &&
    (tiff.blockBytes > MAX_DECODED ||
      tiff.blockBytes * tiff.blocks > 2 * MAX_DECODED ||
      tiff.blocks > MAX_BLOCKS)
  )
    throw dataError('too-large', imageTooLargeForFile({ ...size, bytes: bytes.length }), path);
  if (format === 'jpeg' && width * height * scansOf(bytes) > MAX_SCANNED)
    throw dataError('too-large', imageTooLargeForFile({ ...size, bytes: bytes.length }), path);
  return pixelBytes;
}

const GIF_BYTES = 12;
/** Inks are decoded as whole numbers. */
const INKS_BYTES = 16;

/** What decoding takes for each pixel, in bytes. */
function bytesPerPixel({ format, channels, tiff }: ImageHeader, depth: number): number {
  switch (format) {
    case 'webp':
      return 4;
    case 'gif':
      // The library keeps the numbers of colours in a list of its own.
      return GIF_BYTES;
    case 'jpeg':
      return channels === 4 ? INKS_BYTES : channels;
    case 'tiff':
      return channels * Math.max(1, (tiff?.bits ?? 8) / 8);
    default:
      return channels * depth;
  }
}

/** Strips or tiles of a TIFF image: real ones have a row each at least. */
const MAX_BLOCKS = 200_000;

const START_OF_SCAN = Buffer.from([0xff, 0xda]);

function scansOf(bytes: Buffer): number {
  let scans = 0;
  for (let at = bytes.indexOf(START_OF_SCAN); at >= 0; at = bytes.indexOf(START_OF_SCAN, at + 2)) scans++;
  return scans;
}

async function decodeAs(
  { format, channels, tiff }: ImageHeader,
  bytes: Buffer,
  { path, buffer }: { readonly path: string; readonly buffer: Buffer },
): Promise<Pixels> {
  try {
    switch (format) {
      case 'jpeg':
        return channels === 4
          ? await decodeInksOf(bytes)
          : await decodeJpeg(bytes, channels === 1 ? 1 : 3, buffer);
      case 'png':
        return overWhite(decodePng(bytes));
      case 'webp': {
        const { decode } = await import('./webp-library');
        const { width, height, data } = decode(bytes);
        const values = new Uint8Array(data.buffer, data.byteOffset, data.length);
        return overWhite({ width, height, channels: 4, data: values, max: 255 });
      }
      case 'bmp': {
        const { decodeBmp } = await import('./decode-bmp');
        return overWhite(decodeBmp(bytes));
      }
      case 'gif': {
        const { decodeGif } = await import('./decode-gif');
        return overWhite(await decodeGif(bytes, MAX_DECODED / GIF_BYTES));
      }
      case 'tiff': {
        const { decodeTiff } = await import('./decode-tiff');
        if (!tiff) throw new Error(imageTruncated());
        return overWhite(await decodeTiff(bytes, tiff));
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
