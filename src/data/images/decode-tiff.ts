import { unsupportedImageKind } from '../../messages/media-messages';
import { ofInks } from './colours-of-inks';
import type { Pixels } from './resize-image';
import type { TiffLayout } from './tiff-directory';

/** What samples mean. */
const WHITE_IS_ZERO = 0;
const BLACK_IS_ZERO = 1;
const COLOURS = 2;
const PALETTE = 3;
const INKS = 5;

/** How samples are stored. */
const UNSIGNED = 1;
const FLOAT = 3;

const BITS_PER_SAMPLE = 258;

type Samples = ArrayLike<number>;

/**
 * Decodes the first image of a TIFF file: grey, colours, a palette or inks; strips or tiles; raw, LZW, deflate or run
 * lengths. Floats, signed numbers and those of 32 bits have no known range: from 0 to 1, to 255 or to 65,535 if they keep
 * to one, else from the least to the greatest of the image.
 *
 * @param layout what `tiffLayout` says of these bytes, which is in bounds
 * @throws Error with the reason
 */
export async function decodeTiff(bytes: Buffer, layout: TiffLayout): Promise<Pixels> {
  const { width, height, samples, bits, photometric, sampleFormat, predictor, isLittleEndian } = layout;
  if (predictor === 2 && bits > 8 && !isLittleEndian)
    throw new Error(unsupportedImageKind('TIFF, big-endian, predictor 2'));
  const { fromArrayBuffer } = await import('./tiff-library');
  const file = await fromArrayBuffer(Uint8Array.from(bytes).buffer);
  const image = await file.getImage(0);
  // Black and white is what a file holds that does not say so.
  if (!image.fileDirectory.hasTag('BitsPerSample'))
    image.fileDirectory.actualizedFields.set(BITS_PER_SAMPLE, [1]);
  const used = channelsOf(photometric, samples);
  const raster = (await image.readRasters({
    interleave: true,
    samples: Array.from({ length: used }, (_, i) => i),
  })) as unknown as Samples;
  if (photometric === PALETTE) {
    const colours = (await image.fileDirectory.loadValue('ColorMap')) as Samples | undefined;
    return { width, height, channels: 3, data: coloured(raster, colours ?? [], width * height), max: 255 };
  }
  const scale = sampleFormat === UNSIGNED && bits <= 16 ? 2 ** bits - 1 : undefined;
  const plain = scale === undefined ? ranged(raster, sampleFormat === FLOAT) : { data: raster, max: scale };
  if (photometric === INKS)
    return { width, height, channels: 3, data: ofInks(plain.data, plain.max, width * height), max: 255 };
  const { max } = plain;
  const data = max <= 255 ? new Uint8Array(width * height * used) : new Uint16Array(width * height * used);
  const isInverted = photometric === WHITE_IS_ZERO;
  for (let i = 0; i < data.length; i++)
    data[i] = isInverted ? max - (plain.data[i] ?? 0) : (plain.data[i] ?? 0);
  return { width, height, channels: used, data, max };
}

/** The samples of a pixel that are read: others tell nothing that is seen. */
function channelsOf(photometric: number, samples: number): number {
  switch (photometric) {
    case WHITE_IS_ZERO:
    case BLACK_IS_ZERO:
      return samples === 2 ? 2 : 1;
    case PALETTE:
      return 1;
    case COLOURS:
      if (samples >= 3) return Math.min(samples, 4);
      break;
    case INKS:
      if (samples >= 4) return 4;
      break;
    default:
  }
  throw new Error(unsupportedImageKind(`TIFF, photometric ${photometric}, ${samples} samples`));
}

/** A colour map has all reds, then all greens, then all blues, of 16 bits each. */
function coloured(raster: Samples, map: Samples, count: number): Uint8Array {
  const data = new Uint8Array(count * 3);
  const plane = map.length / 3;
  for (let i = 0; i < count; i++)
    for (let c = 0; c < 3; c++) data[3 * i + c] = (map[c * plane + (raster[i] ?? 0)] ?? 0) >> 8;
  return data;
}

/** Numbers without a known range as whole ones from 0 to 65,535. */
function ranged(raster: Samples, isFloat: boolean): { data: Samples; max: number } {
  const MAX = 65535;
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < raster.length; i++) {
    const value = raster[i] ?? 0;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const tops = isFloat ? [1, 255, MAX] : [255, MAX];
  const top = least >= 0 ? tops.find(each => most <= each) : undefined;
  const [from, span] = top === undefined ? [least, most - least || 1] : [0, top];
  const data = new Uint16Array(raster.length);
  for (let i = 0; i < raster.length; i++) {
    const value = raster[i] ?? 0;
    data[i] = Number.isFinite(value) ? Math.round(((value - from) / span) * MAX) : 0;
  }
  return { data, max: MAX };
}
