import { decodeImage } from '../images/decode-image';
import { type Pixels, type ResizeFilter, resize, toChannels } from '../images/resize-image';
import type { NetworkInput } from '../../protocol/preprocessing';

type PixelInput = Extract<NetworkInput, { kind: 'pixels' }>;

/** Values of an image as a network takes them, `[1, channels, height, width]` or `[1, height, width, channels]`. */
export async function readPixels(file: string, input: PixelInput): Promise<Float32Array> {
  return decodeImage(file, pixels => encodeForNetwork(pixels, input));
}

export function encodeForNetwork(pixels: Pixels, input: PixelInput): Float32Array {
  const { height, width, channels, layout, full, mean, deviation } = input;
  const resized = resizedTo(toChannels(pixels, channels), input);
  const output = new Float32Array(height * width * channels);
  const top = Math.floor((resized.height - height) / 2);
  const left = Math.floor((resized.width - width) / 2);
  for (let channel = 0; channel < channels; channel++) {
    const scale = full / (deviation[channel] ?? 1);
    const shift = (mean[channel] ?? 0) / (deviation[channel] ?? 1);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [fromY, fromX] = [y + top, x + left];
        const isInside = fromY >= 0 && fromX >= 0 && fromY < resized.height && fromX < resized.width;
        const from = (fromY * resized.width + fromX) * channels + channel;
        const value = isInside ? Math.min(1, Math.max(0, resized.values[from] ?? 0)) : 0;
        const to =
          layout === 'channels-first'
            ? (channel * height + y) * width + x
            : (y * width + x) * channels + channel;
        output[to] = value * scale - shift;
      }
  }
  return output;
}

interface Resized {
  readonly height: number;
  readonly width: number;
  /** From 0 to 1, channels side by side. */
  readonly values: Float32Array;
}

function resizedTo(pixels: Pixels, { resize: wanted, filter, channels }: PixelInput): Resized {
  const { height, width } =
    'shortest' in wanted ? sidesFor(pixels, wanted.shortest) : { height: wanted.height, width: wanted.width };
  const values = new Float32Array(height * width * channels);
  resize(pixels, height, width, values, filter satisfies ResizeFilter);
  return { height, width, values };
}

/** A panorama is brought to this ratio at most: its longer side would take any amount of memory. */
const MOST_RATIO = 16;

/** The shorter side at a length, the other one in proportion. */
function sidesFor(
  { height, width }: Pixels,
  shortest: number,
): { readonly height: number; readonly width: number } {
  const longer = (long: number, short: number): number =>
    Math.trunc(shortest * Math.min(MOST_RATIO, long / Math.max(1, short)));
  return height <= width
    ? { height: shortest, width: longer(width, height) }
    : { height: longer(height, width), width: shortest };
}
