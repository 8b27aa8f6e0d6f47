// Imported when first needed: the native decoder has no inks, and few datasets hold such images.
import { decode } from 'jpeg-js';
import type { Pixels } from './resize-image';

/** In MB; the decoder takes some 24 bytes for a pixel. */
const MAX_MEMORY = 1024;

/**
 * Decodes a JPEG image of four inks (CMYK or YCCK, as Photoshop writes them) to colours.
 *
 * @throws Error with the decoder's reason
 */
export function decodeInks(bytes: Buffer): Pixels {
  const options = { useTArray: true, formatAsRGBA: false, tolerantDecoding: false } as const;
  const { width, height, data } = decode(bytes, { ...options, maxMemoryUsageInMB: MAX_MEMORY });
  return { width, height, channels: 3, data: new Uint8Array(data), max: 255 };
}
