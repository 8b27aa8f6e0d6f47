import { bmpHeader } from './decode-bmp';
import { type TiffLayout, tiffLayout } from './tiff-directory';

export interface ImageHeader {
  readonly format: 'png' | 'jpeg' | 'webp' | 'bmp' | 'gif' | 'tiff';
  readonly width: number;
  readonly height: number;
  /** Channels as stored, alpha included. */
  readonly channels: number;
  /** Of a TIFF image. */
  readonly tiff?: TiffLayout;
}

/** Format and size of an image from its bytes (of TIFF all, of others the first); `undefined` for other bytes. */
export function imageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (data.length > 29 && data.toString('latin1', 1, 4) === 'PNG') return pngHeader(data);
  if (data[0] === 0xff && data[1] === 0xd8) return jpegHeader(data);
  if (data.toString('latin1', 0, 4) === 'RIFF' && data.toString('latin1', 8, 12) === 'WEBP')
    return webpHeader(data);
  if (/^GIF8[79]a$/.test(data.toString('latin1', 0, 6)) && data.length > 10)
    return { format: 'gif', width: data.readUInt16LE(6), height: data.readUInt16LE(8), channels: 4 };
  return bitmapHeader(data);
}

function bitmapHeader(data: Buffer): ImageHeader | undefined {
  const bmp = bmpHeader(data);
  if (bmp) return { format: 'bmp', width: bmp.width, height: bmp.height, channels: bmp.bits === 32 ? 4 : 3 };
  const tiff = tiffLayout(data);
  return tiff && { format: 'tiff', width: tiff.width, height: tiff.height, channels: tiff.samples, tiff };
}

/** Channels by PNG colour type. */
const PNG_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

function pngHeader(data: Buffer): ImageHeader | undefined {
  const channels = PNG_CHANNELS[data[25] ?? -1];
  return channels === undefined
    ? undefined
    : { format: 'png', width: data.readUInt32BE(16), height: data.readUInt32BE(20), channels };
}

/** Walks the segments to the frame header (SOF), which is in front of the pixels. */
function jpegHeader(data: Buffer): ImageHeader | undefined {
  let at = 2;
  while (at + 9 < data.length) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [height, width, channels] = [
        data.readUInt16BE(at + 5),
        data.readUInt16BE(at + 7),
        data[at + 9] ?? 0,
      ];
      return { format: 'jpeg', width, height, channels };
    }
    at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}

function webpHeader(data: Buffer): ImageHeader | undefined {
  if (data.length < 30) return undefined;
  const size = (width: number, height: number): ImageHeader => ({
    format: 'webp',
    width,
    height,
    channels: 3,
  });
  switch (data.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return size(data.readUInt16LE(26) & 0x3fff, data.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const bits = data.readUInt32LE(21);
      return size((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return size(data.readUIntLE(24, 3) + 1, data.readUIntLE(27, 3) + 1);
    default:
      return undefined;
  }
}
