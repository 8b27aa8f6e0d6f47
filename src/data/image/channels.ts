import type { Pixels } from './resize';

/** Grey as three equal colours, or colours as one grey (the weights of ITU-R BT.601, as Pillow's `L`). */
export function toChannels(pixels: Pixels, channels: 1 | 3): Pixels {
  if (pixels.channels === channels) return pixels;
  const { width, height, data, max } = pixels;
  const count = width * height;
  const output =
    data instanceof Uint8Array ? new Uint8Array(count * channels) : new Uint16Array(count * channels);
  for (let i = 0; i < count; i++) {
    if (channels === 3) output.fill(data[i] ?? 0, 3 * i, 3 * i + 3);
    else
      output[i] = Math.round(
        0.299 * (data[3 * i] ?? 0) + 0.587 * (data[3 * i + 1] ?? 0) + 0.114 * (data[3 * i + 2] ?? 0),
      );
  }
  return { width, height, channels, data: output, max };
}
