import { imageTruncated } from '../../messages/media-messages';
import type { Pixels } from './resize-image';

/** LZW codes of GIF begin with at most so many bits. */
const MOST_CODE_BITS = 8;

const [EXTENSION, IMAGE] = [0x21, 0x2c];

/** Whether the data of the first frame is all there: the library takes what is missing for the first colour. */
function isFirstFrameWhole(bytes: Buffer): boolean {
  const paletteBytes = (flags: number): number => (flags & 128 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  /** Behind a chain of blocks, each of which begins with its length; beyond the file where the last one is missing. */
  const behindBlocks = (from: number): number => {
    let at = from;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    return at + 1;
  };
  let at = 13 + paletteBytes(bytes[10] ?? 0);
  while (bytes[at] === EXTENSION) at = behindBlocks(at + 2);
  return bytes[at] === IMAGE && behindBlocks(at + 11 + paletteBytes(bytes[at + 9] ?? 0)) <= bytes.length;
}

/**
 * Decodes the first frame of a GIF image, on a transparent ground of the size that the file states.
 *
 * @param limit pixels of a frame
 * @throws Error with the reason
 */
export async function decodeGif(bytes: Buffer, limit: number): Promise<Pixels> {
  if (!isFirstFrameWhole(bytes)) throw new Error(imageTruncated());
  const { decompressFrame, parseGIF } = await import('./gif-library');
  // A copy: the library asks for a buffer of the file's own.
  const { lsd, gct, frames } = parseGIF(Uint8Array.from(bytes).buffer);
  const frame = frames.find(each => 'image' in each);
  if (!frame) throw new Error(imageTruncated());
  const { width, height, top, left } = frame.image.descriptor;
  const codes = frame.image.data.minCodeSize;
  if (!(codes >= 1 && codes <= MOST_CODE_BITS) || width * height > limit) throw new Error(imageTruncated());
  const { patch } = decompressFrame(frame, gct, true);
  const data = new Uint8Array(lsd.width * lsd.height * 4);
  const columns = Math.max(0, Math.min(width, lsd.width - left));
  for (let y = 0; y < Math.min(height, lsd.height - top); y++)
    data.set(patch.subarray(4 * y * width, 4 * (y * width + columns)), 4 * ((top + y) * lsd.width + left));
  return { width: lsd.width, height: lsd.height, channels: 4, data, max: 255 };
}
