import { imageTruncated } from '../../messages/media-messages';
import type { Pixels } from './resize-image';

/** LZW codes of GIF begin with at most so many bits. */
const MOST_CODE_BITS = 8;

/**
 * Decodes the first frame of a GIF image, on a transparent ground of the size that the file states.
 *
 * @param limit pixels of a frame
 * @throws Error with the reason
 */
export async function decodeGif(bytes: Buffer, limit: number): Promise<Pixels> {
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
