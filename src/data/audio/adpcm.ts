/** How a block of ADPCM is laid out. */
export interface AdpcmLayout {
  readonly encoding: 'ima' | 'ms';
  readonly channels: number;
  /** Bytes of a block, all channels together. */
  readonly blockAlign: number;
}

/** Samples of one channel in a block of so many bytes; 0 where it is too short for its header. */
export function samplesIn({ encoding, channels }: AdpcmLayout, bytes: number): number {
  const header = (encoding === 'ima' ? 4 : 7) * channels;
  if (bytes < header) return 0;
  const nibbles = Math.floor(((bytes - header) * 2) / channels);
  return encoding === 'ima' ? 1 + nibbles - (nibbles % 8) : 2 + nibbles;
}

/** Steps of IMA ADPCM, and how a nibble moves along them. */
const IMA_STEPS = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
  107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724,
  796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026,
  4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500,
  20350, 22385, 24623, 27086, 29794, 32767,
];
const IMA_MOVES = [-1, -1, -1, -1, 2, 4, 6, 8];

/** How the step of Microsoft's ADPCM changes with a nibble, in 256ths, and the weights of the two samples before. */
const MS_CHANGES = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];
const MS_WEIGHTS = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
] as const;

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/**
 * Decodes ADPCM blocks of 4-bit samples (those of IMA or Microsoft), the mean of the channels from −1 to 1.
 *
 * @param frames samples that are wanted; what the bytes do not hold stays 0
 */
export function decodeAdpcm(bytes: Buffer, layout: AdpcmLayout, frames: number): Float32Array {
  const { channels, blockAlign, encoding } = layout;
  const output = new Float32Array(frames);
  let first = 0;
  for (let at = 0; at < bytes.length && first < frames; at += blockAlign) {
    const block = bytes.subarray(at, Math.min(bytes.length, at + blockAlign));
    const count = samplesIn(layout, block.length);
    const start = first;
    const put = (sample: number, value: number): void => {
      if (start + sample < frames)
        output[start + sample] = (output[start + sample] ?? 0) + value / 32768 / channels;
    };
    if (count > 0) (encoding === 'ima' ? decodeIma : decodeMs)(block, channels, count, put);
    first += count;
  }
  return output;
}

type Put = (sample: number, value: number) => void;

function decodeIma(block: Buffer, channels: number, count: number, put: Put): void {
  for (let channel = 0; channel < channels; channel++) {
    let value = block.readInt16LE(4 * channel);
    let index = clamp(block[4 * channel + 2] ?? 0, 0, 88);
    put(0, value);
    for (let sample = 1; sample < count; sample++) {
      // Words of eight nibbles, of each channel in turn; the low nibble comes first.
      const nibble = sample - 1;
      const byte = block[4 * channels * (1 + (nibble >> 3)) + 4 * channel + ((nibble & 7) >> 1)] ?? 0;
      const code = nibble & 1 ? byte >> 4 : byte & 15;
      const step = IMA_STEPS[index] ?? 7;
      let change = step >> 3;
      if (code & 1) change += step >> 2;
      if (code & 2) change += step >> 1;
      if (code & 4) change += step;
      value = clamp(code & 8 ? value - change : value + change, -32768, 32767);
      index = clamp(index + (IMA_MOVES[code & 7] ?? 0), 0, 88);
      put(sample, value);
    }
  }
}

function decodeMs(block: Buffer, channels: number, count: number, put: Put): void {
  for (let channel = 0; channel < channels; channel++) {
    const [a, b] = MS_WEIGHTS[clamp(block[channel] ?? 0, 0, 6)] ?? [256, 0];
    const at = channels + 2 * channel;
    let step = block.readInt16LE(at);
    let [last, before] = [block.readInt16LE(at + 2 * channels), block.readInt16LE(at + 4 * channels)];
    put(0, before);
    put(1, last);
    for (let sample = 2; sample < count; sample++) {
      const nibble = (sample - 2) * channels + channel;
      const byte = block[7 * channels + (nibble >> 1)] ?? 0;
      const code = nibble & 1 ? byte & 15 : byte >> 4;
      const signed = code >= 8 ? code - 16 : code;
      const value = clamp(((last * a + before * b) >> 8) + signed * step, -32768, 32767);
      step = Math.min(0x7fff_ffff, Math.max(16, (step * (MS_CHANGES[code] ?? 230)) >> 8));
      [before, last] = [last, value];
      put(sample, value);
    }
  }
}
