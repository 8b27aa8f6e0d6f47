import { byteLocation, fileTruncated } from '../../messages/data-access-messages';
import {
  implausibleWavFormat,
  invalidWavFormat,
  notWav,
  recordingTooLong,
  unsupportedWavEncoding,
  wavWithoutFormat,
  wavWithoutSamples,
} from '../../messages/media-messages';
import { type RandomAccess, withFile } from '../bytes/random-access-file';
import { dataError } from '../issues';

interface WavHeader {
  readonly encoding: 'pcm' | 'float';
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: 8 | 16 | 24 | 32 | 64;
  /** Samples of one channel. */
  readonly frames: number;
  readonly dataOffset: number;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

/** Hz: from slow sensors to ultrasound. */
const LOWEST_RATE = 100;
const HIGHEST_RATE = 10_000_000;
const MOST_CHANNELS = 64;
/** Samples of a channel that are read at once: ten minutes at 192 kHz. */
export const MOST_SAMPLES = 120_000_000;

/** No real file has more chunks before its samples. */
const MAX_CHUNKS = 1000;

/**
 * Reads the header of a WAV file: PCM of 8 to 32 bits or floats, any rate, any number of channels.
 *
 * @throws DataError `corrupt`, `truncated`, or `unsupported` for compressed samples
 */
export function readWavHeader(path: string, signal?: AbortSignal): Promise<WavHeader> {
  return withFile(path, signal, parseWavHeader);
}

async function parseWavHeader(file: RandomAccess): Promise<WavHeader> {
  const { path, size } = file;
  const riff = Buffer.from(await file.slice(0, Math.min(12, size)));
  const kind = riff.toString('latin1', 0, 4);
  if ((kind !== 'RIFF' && kind !== 'RF64') || riff.toString('latin1', 8, 12) !== 'WAVE')
    throw dataError('corrupt', notWav(path), path);
  let format: Omit<WavHeader, 'frames' | 'dataOffset'> | undefined;
  let position = 12;
  for (let chunks = 0; chunks < MAX_CHUNKS && position + 8 <= size; chunks++) {
    const head = Buffer.from(await file.slice(position, position + 8));
    const id = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    const start = position + 8;
    if (id === 'fmt ')
      format = parseFormat(Buffer.from(await file.slice(start, start + Math.min(length, 64))), path);
    if (id === 'data') return { ...checkedFormat(format, path), ...dataExtent(file, start, length, format) };
    position = start + length + (length & 1);
  }
  throw dataError('truncated', wavWithoutSamples(path), path);
}

function checkedFormat<T>(format: T | undefined, path: string): T {
  if (format) return format;
  throw dataError('corrupt', wavWithoutFormat(path), path);
}

function parseFormat(chunk: Buffer, path: string): Omit<WavHeader, 'frames' | 'dataOffset'> {
  if (chunk.length < 16) throw dataError('corrupt', invalidWavFormat(path), path);
  const tag = chunk.readUInt16LE(0);
  const code = tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag;
  const channels = chunk.readUInt16LE(2);
  const sampleRate = chunk.readUInt32LE(4);
  const bits = chunk.readUInt16LE(14);
  const fits = code === PCM ? [8, 16, 24, 32].includes(bits) : code === FLOAT && (bits === 32 || bits === 64);
  if (!fits) {
    throw dataError('unsupported', unsupportedWavEncoding({ file: path, code, bits }), path);
  }
  const isUsual =
    channels > 0 && channels <= MOST_CHANNELS && sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE;
  if (!isUsual) throw dataError('corrupt', implausibleWavFormat({ file: path, channels, sampleRate }), path);
  return {
    encoding: code === PCM ? 'pcm' : 'float',
    channels,
    sampleRate,
    bitsPerSample: bits as WavHeader['bitsPerSample'],
  };
}

/** Programs that stream leave the length 0 or all ones: the samples then go on to the end of the file. */
function dataExtent(
  { path, size }: RandomAccess,
  start: number,
  stated: number,
  format: Omit<WavHeader, 'frames' | 'dataOffset'> | undefined,
): Pick<WavHeader, 'frames' | 'dataOffset'> {
  const frameBytes = ((format?.bitsPerSample ?? 8) / 8) * (format?.channels ?? 1);
  const open = stated === 0xffffffff || stated === 0;
  if (!open && start + stated > size) {
    throw dataError(
      'truncated',
      fileTruncated({ file: path, end: size, expected: start + stated }),
      byteLocation({ file: path, byte: size }),
    );
  }
  return { frames: Math.floor((open ? size - start : stated) / frameBytes), dataOffset: start };
}

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
    if (frames > MOST_SAMPLES)
      throw dataError(
        'too-large',
        recordingTooLong({ file: path, samples: frames, limit: MOST_SAMPLES }),
        path,
      );
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
