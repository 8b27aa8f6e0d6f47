import { byteLocation, fileTruncated } from '../../messages/data-access-messages';
import {
  invalidWavFormat,
  notWav,
  unsupportedWavEncoding,
  wavWithoutFormat,
  wavWithoutSamples,
} from '../../messages/media-messages';
import type { RandomAccess } from '../bytes/random-access-file';
import { dataError } from '../issues';
import { decodeAdpcm, samplesIn } from './adpcm';

interface WavFormat {
  readonly encoding: 'pcm' | 'float' | 'a-law' | 'mu-law' | 'ima' | 'ms';
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  /** Bytes of a frame, or of a block of ADPCM. */
  readonly blockAlign: number;
}

interface WavHeader extends WavFormat {
  /** Samples of one channel. */
  readonly frames: number;
  readonly dataOffset: number;
  /** Bytes of the samples. */
  readonly dataLength: number;
}

/** Encodings by their tags, with the bits of a sample that each may have. */
const ENCODINGS: ReadonlyMap<
  number,
  { readonly encoding: WavFormat['encoding']; readonly bits: readonly number[] }
> = new Map([
  [1, { encoding: 'pcm', bits: [8, 16, 24, 32] }],
  [2, { encoding: 'ms', bits: [4] }],
  [3, { encoding: 'float', bits: [32, 64] }],
  [6, { encoding: 'a-law', bits: [8] }],
  [7, { encoding: 'mu-law', bits: [8] }],
  [17, { encoding: 'ima', bits: [4] }],
]);
const EXTENSIBLE = 0xfffe;

/** No real file has more chunks before its samples. */
const MAX_CHUNKS = 1000;

/**
 * Reads the header of a WAV file: PCM of 8 to 32 bits, floats, mu-law, A-law or ADPCM, any rate, any number of channels.
 *
 * @throws DataError `corrupt`, `truncated`, or `unsupported` for other encodings
 */
export async function parseWavHeader(file: RandomAccess): Promise<WavHeader> {
  const { path, size } = file;
  const riff = Buffer.from(await file.slice(0, Math.min(12, size)));
  const kind = riff.toString('latin1', 0, 4);
  if ((kind !== 'RIFF' && kind !== 'RF64') || riff.toString('latin1', 8, 12) !== 'WAVE')
    throw dataError('corrupt', notWav(path), path);
  let format: WavFormat | undefined;
  let stated = Infinity;
  let position = 12;
  for (let chunks = 0; chunks < MAX_CHUNKS && position + 8 <= size; chunks++) {
    const head = Buffer.from(await file.slice(position, position + 8));
    const id = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    const start = position + 8;
    if (id === 'fmt ')
      format = parseFormat(Buffer.from(await file.slice(start, start + Math.min(length, 64))), path);
    if (id === 'fact' && length >= 4 && start + 4 <= size)
      stated = Buffer.from(await file.slice(start, start + 4)).readUInt32LE(0);
    if (id === 'data') {
      const known = checkedFormat(format, path);
      return { ...known, ...dataExtent(file, start, length, { format: known, stated }) };
    }
    position = start + length + (length & 1);
  }
  throw dataError('truncated', wavWithoutSamples(path), path);
}

function checkedFormat<T>(format: T | undefined, path: string): T {
  if (format) return format;
  throw dataError('corrupt', wavWithoutFormat(path), path);
}

function parseFormat(chunk: Buffer, path: string): WavFormat {
  if (chunk.length < 16) throw dataError('corrupt', invalidWavFormat(path), path);
  const tag = chunk.readUInt16LE(0);
  const code = tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag;
  const channels = chunk.readUInt16LE(2);
  const bits = chunk.readUInt16LE(14);
  const kind = ENCODINGS.get(code);
  if (!kind?.bits.includes(bits))
    throw dataError('unsupported', unsupportedWavEncoding({ file: path, code, bits }), path);
  const { encoding } = kind;
  const isBlocks = encoding === 'ima' || encoding === 'ms';
  const blockAlign = isBlocks ? chunk.readUInt16LE(12) : (bits / 8) * channels;
  if (isBlocks && samplesIn({ encoding, channels, blockAlign }, blockAlign) < 2)
    throw dataError('corrupt', invalidWavFormat(path), path);
  return { encoding, channels, sampleRate: chunk.readUInt32LE(4), bitsPerSample: bits, blockAlign };
}

/** Programs that stream leave the length 0 or all ones: the samples then go on to the end of the file. */
function dataExtent(
  { path, size }: RandomAccess,
  start: number,
  length: number,
  { format, stated }: { readonly format: WavFormat; readonly stated: number },
): Pick<WavHeader, 'frames' | 'dataOffset' | 'dataLength'> {
  const open = length === 0xffffffff || length === 0;
  if (!open && start + length > size) {
    throw dataError(
      'truncated',
      fileTruncated({ file: path, end: size, expected: start + length }),
      byteLocation({ file: path, byte: size }),
    );
  }
  const dataLength = open ? size - start : length;
  const { encoding, blockAlign, channels } = format;
  if (channels === 0) return { frames: 0, dataOffset: start, dataLength };
  if (encoding !== 'ima' && encoding !== 'ms')
    return { frames: Math.floor(dataLength / blockAlign), dataOffset: start, dataLength };
  const layout = { encoding, channels, blockAlign };
  const whole = Math.floor(dataLength / blockAlign) * samplesIn(layout, blockAlign);
  const frames = whole + samplesIn(layout, dataLength % blockAlign);
  // The last block is filled up; how much of it is sound, a chunk of facts says.
  return { frames: Math.min(frames, stated), dataOffset: start, dataLength };
}

/** Reads the first samples of a WAV file, at most as many as its header states. */
export async function readWavSamples(
  file: RandomAccess,
  most: number,
): Promise<{ readonly sampleRate: number; readonly samples: Float32Array }> {
  const header = await parseWavHeader(file);
  const { encoding, channels, blockAlign, sampleRate, dataOffset, dataLength } = header;
  const frames = Math.min(most, header.frames);
  if (encoding === 'ima' || encoding === 'ms') {
    const layout = { encoding, channels, blockAlign };
    const blocks = Math.ceil(frames / samplesIn(layout, blockAlign));
    const end = dataOffset + Math.min(dataLength, blocks * blockAlign);
    const bytes = Buffer.from(await file.slice(dataOffset, end));
    return { sampleRate, samples: decodeAdpcm(bytes, layout, frames) };
  }
  const bytes = await file.slice(dataOffset, dataOffset + frames * blockAlign);
  return { sampleRate, samples: toMono(bytes, header, frames) };
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
  if (encoding === 'mu-law' || encoding === 'a-law') {
    const values = Float32Array.from({ length: 256 }, (_, code) =>
      encoding === 'mu-law' ? muLaw(code) : aLaw(code),
    );
    return i => values[view.getUint8(i)] ?? 0;
  }
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

/** A sample of ITU-T G.711, mu-law: a sign, an exponent and a mantissa, all bits inverted. */
function muLaw(code: number): number {
  const inverted = ~code & 255;
  const size = (((inverted & 15) << 3) + 132) << ((inverted >> 4) & 7);
  return (inverted & 128 ? 132 - size : size - 132) / 32768;
}

/** A sample of ITU-T G.711, A-law: every second bit inverted. */
function aLaw(code: number): number {
  const toggled = code ^ 0x55;
  const exponent = (toggled >> 4) & 7;
  const mantissa = ((toggled & 15) << 4) + (exponent === 0 ? 8 : 264);
  const size = exponent > 1 ? mantissa << (exponent - 1) : mantissa;
  return (toggled & 128 ? size : -size) / 32768;
}
