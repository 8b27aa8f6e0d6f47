import { withFile } from '../bytes/random';
import { parseWavHeader, type WavHeader } from '../formats/audio/wav-header';

export interface Recording {
  readonly sampleRate: number;
  /** One channel, from −1 to 1; several channels are averaged. */
  readonly samples: Float32Array;
}

/**
 * Reads the samples of a WAV file, at most the first `maxSeconds` of them.
 *
 * @throws DataError as `readWavHeader` does
 */
export function readRecording(path: string, maxSeconds = 600, signal?: AbortSignal): Promise<Recording> {
  return withFile(path, signal, async file => {
    const header = await parseWavHeader(file);
    const frames = Math.min(header.frames, Math.ceil(maxSeconds * header.sampleRate));
    const length = (frames * header.channels * header.bitsPerSample) / 8;
    const bytes = await file.slice(header.dataOffset, header.dataOffset + length);
    return { sampleRate: header.sampleRate, samples: toMono(bytes, header, frames) };
  });
}

function toMono(bytes: Uint8Array, header: WavHeader, frames: number): Float32Array {
  const { channels } = header;
  const read = sampleReader(bytes, header);
  const samples = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(frame * channels + channel);
    samples[frame] = sum / channels;
  }
  return samples;
}

function sampleReader(bytes: Uint8Array, { encoding, bitsPerSample }: WavHeader): (index: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (encoding === 'float')
    return bitsPerSample === 64 ? i => view.getFloat64(8 * i, true) : i => view.getFloat32(4 * i, true);
  switch (bitsPerSample) {
    case 8:
      return i => (view.getUint8(i) - 128) / 128;
    case 16:
      return i => view.getInt16(2 * i, true) / 32768;
    case 24:
      return i => ((view.getInt8(3 * i + 2) << 16) | view.getUint16(3 * i, true)) / 8388608;
    default:
      return i => view.getInt32(4 * i, true) / 2147483648;
  }
}
