import { recordingWithoutLength, unknownRecordingFormat } from '../../messages/media-messages';
import type { RandomAccess } from '../bytes/random-access-file';
import { dataError } from '../issues';

/** What a recording is, told by its header alone. */
export interface RecordingHeader {
  readonly format: 'wav' | 'flac' | 'vorbis' | 'opus' | 'ogg flac' | 'mp3';
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Samples of one channel. */
  readonly frames: number;
  /** Samples of MP3 before the first of the recording: those of the frame of information, and of the encoder's delay. */
  readonly skip?: number;
}

/** Bytes of an ID3 tag at the beginning, which may hold pictures; 0 where there is none. */
export async function tagLength(file: RandomAccess): Promise<number> {
  if (file.size < 10) return 0;
  const head = await file.slice(0, 10);
  if (Buffer.from(head).toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 127), 0);
  return Math.min(file.size, 10 + size + ((head[5] ?? 0) & 16 ? 10 : 0));
}

/** STREAMINFO, the first block of every FLAC file, in front of which only a tag may stand. */
const STREAM_INFO = 34;

export async function flacHeader(file: RandomAccess, start: number): Promise<RecordingHeader> {
  const { path, size } = file;
  const info = start + 8;
  if (info + STREAM_INFO > size) throw dataError('truncated', recordingWithoutLength(path), path);
  const head = Buffer.from(await file.slice(start, info + STREAM_INFO));
  if (((head[4] ?? 0) & 127) !== 0) throw dataError('corrupt', unknownRecordingFormat(path), path);
  return { format: 'flac', ...streamInfo(head.subarray(8), path) };
}

function streamInfo(info: Buffer, path: string): Omit<RecordingHeader, 'format'> {
  const packed = info.readBigUInt64BE(10);
  const sampleRate = Number(packed >> 44n);
  const channels = Number((packed >> 41n) & 7n) + 1;
  const frames = Number(packed & 0xfffffffffn);
  // A program that streams does not know the length.
  if (sampleRate === 0 || frames === 0) throw dataError('unsupported', recordingWithoutLength(path), path);
  return { channels, sampleRate, frames };
}

/** Opus counts in this rate whatever the recording's was. */
const OPUS_RATE = 48_000;
/** Bytes of the largest page. */
const PAGE = 65_307;
const PAGE_MARK = Buffer.from('OggS', 'latin1');

/** The codec's own header in the first page, and the position that the last page of the same stream gives. */
export async function oggHeader(file: RandomAccess, start: number): Promise<RecordingHeader> {
  const { path, size } = file;
  const first = Buffer.from(await file.slice(start, Math.min(size, start + 256)));
  const packet = first.subarray(27 + (first[26] ?? 0));
  if (first.length < 28 || packet.length < 19)
    throw dataError('truncated', recordingWithoutLength(path), path);
  const end = await lastPosition(file, first.readUInt32LE(14), start);
  const name = packet.toString('latin1', 0, 8);
  if (name === 'OpusHead') {
    const frames = end - packet.readUInt16LE(10);
    // What the decoder needs before the first sample is longer than the recording.
    if (frames <= 0) throw dataError('truncated', recordingWithoutLength(path), path);
    return { format: 'opus', channels: packet[9] ?? 1, sampleRate: OPUS_RATE, frames };
  }
  if (name.startsWith('\u0001vorbis'))
    return { format: 'vorbis', channels: packet[11] ?? 1, sampleRate: packet.readUInt32LE(12), frames: end };
  if (name.startsWith('\u007fFLAC') && packet.length >= 17 + STREAM_INFO) {
    const info = packet.subarray(17);
    const [rate, channels] = [info.readUIntBE(10, 3) >> 4, ((info[12] ?? 0) >> 1) & 7];
    return { format: 'ogg flac', channels: channels + 1, sampleRate: rate, frames: end };
  }
  throw dataError('unsupported', unknownRecordingFormat(path), path);
}

/** The samples up to the end, by the last page of a stream. */
async function lastPosition(file: RandomAccess, serial: number, start: number): Promise<number> {
  const { path, size } = file;
  const from = Math.max(start, size - 2 * PAGE);
  const tail = Buffer.from(await file.slice(from, size));
  for (
    let at = tail.lastIndexOf(PAGE_MARK);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(PAGE_MARK, at - 1)
  ) {
    if (at + 27 > tail.length || tail.readUInt32LE(at + 14) !== serial) continue;
    const position = tail.readBigInt64LE(at + 6);
    // No packet ends on a page of -1. The pages of headers are at 0: what lies behind them has been cut off.
    if (position === -1n) continue;
    if (position > 0n && position <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(position);
    break;
  }
  throw dataError('truncated', recordingWithoutLength(path), path);
}

/** kbit/s of MPEG 1, and of MPEG 2 and 2.5, layer III, by the index in a frame's header. */
const BIT_RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;

interface Mp3Frame {
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples of a channel in a frame. */
  readonly samples: number;
  /** Bytes, the header's four among them. */
  readonly length: number;
  /** Bytes of side information behind the header. */
  readonly side: number;
}

/** A frame of layer III by its four bytes; `undefined` for others. */
function mp3Frame(word: number): Mp3Frame | undefined {
  if (word >>> 21 !== 0x7ff || ((word >>> 17) & 3) !== 1) return undefined;
  const version = (word >>> 19) & 3;
  const isFirst = version === 3;
  const bitRate = BIT_RATES[isFirst ? 0 : 1][(word >>> 12) & 15] ?? 0;
  const base = SAMPLE_RATES[(word >>> 10) & 3];
  if (version === 1 || bitRate === 0 || base === undefined) return undefined;
  const sampleRate = base / (isFirst ? 1 : version === 2 ? 2 : 4);
  const samples = isFirst ? 1152 : 576;
  const length = Math.floor(((samples / 8) * bitRate * 1000) / sampleRate) + ((word >>> 9) & 1);
  const channels = ((word >>> 6) & 3) === 3 ? 1 : 2;
  const side = isFirst ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { sampleRate, channels, samples, length, side };
}

/** How far behind the tag the first frame is looked for. */
const REACH = 64 * 1024;
const BLOCK = 1024 * 1024;

/**
 * MPEG audio, layer III: the number of frames that the first one gives (Xing, Info, VBRI), without the samples that the
 * encoder put in front and behind; else the frames are counted by their headers.
 */
export async function mp3Header(file: RandomAccess, start: number): Promise<RecordingHeader> {
  const { path, size } = file;
  const head = Buffer.from(await file.slice(start, Math.min(size, start + REACH)));
  const at = firstFrame(head, start + head.length >= size);
  const frame = at === undefined ? undefined : mp3Frame(head.readUInt32BE(at));
  if (at === undefined || !frame) throw dataError('corrupt', unknownRecordingFormat(path), path);
  const { channels, sampleRate, samples } = frame;
  const stated = statedLength(head.subarray(at, at + frame.length), frame);
  const length = stated ?? { frames: (await countFrames(file, start + at)) * samples, skip: 0 };
  return { format: 'mp3', channels, sampleRate, ...length };
}

/** The first header that another of the same kind follows, or the end of the file. */
function firstFrame(head: Buffer, isWhole: boolean): number | undefined {
  for (let at = 0; at + 4 <= head.length; at++) {
    const frame = head[at] === 0xff ? mp3Frame(head.readUInt32BE(at)) : undefined;
    if (!frame) continue;
    const next = at + frame.length;
    if (next + 4 > head.length) {
      if (isWhole && next <= head.length) return at;
      continue;
    }
    if (mp3Frame(head.readUInt32BE(next))?.sampleRate === frame.sampleRate) return at;
  }
  return undefined;
}

/** Samples that every decoder of layer III adds in front. */
const DECODER_DELAY = 529;

function statedLength(
  frame: Buffer,
  { side, samples }: Mp3Frame,
): Required<Pick<RecordingHeader, 'frames' | 'skip'>> | undefined {
  const info = 4 + side;
  const name = frame.toString('latin1', info, info + 4);
  if ((name === 'Xing' || name === 'Info') && info + 12 <= frame.length) {
    const flags = frame.readUInt32BE(info + 4);
    if ((flags & 1) === 0) return undefined;
    const total = frame.readUInt32BE(info + 8) * samples;
    // Behind the fields that the flags announce, LAME writes what it has added.
    const lame =
      info + 8 + 4 * ((flags & 1) + ((flags >> 1) & 1) + ((flags >> 3) & 1)) + (flags & 4 ? 100 : 0);
    const isLame = lame + 24 <= frame.length && /^[A-Za-z]/.test(frame.toString('latin1', lame, lame + 4));
    if (!isLame) return { frames: total, skip: samples };
    const added = frame.readUIntBE(lame + 21, 3);
    const [delay, padding] = [added >> 12, added & 0xfff];
    return { frames: Math.max(0, total - delay - padding), skip: samples + delay + DECODER_DELAY };
  }
  const isVbri = frame.length >= 54 && frame.toString('latin1', 36, 40) === 'VBRI';
  return isVbri ? { frames: frame.readUInt32BE(36 + 14) * samples, skip: samples } : undefined;
}

/**
 * The frames of MP3 that are whole, one behind the other: what lies between them, and one that is cut off at the end, a
 * decoder may search for ever.
 */
export function wholeFrames(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const frame = bytes[at] === 0xff ? mp3Frame(bytes.readUInt32BE(at)) : undefined;
    if (frame && at + frame.length <= bytes.length) {
      pieces.push(bytes.subarray(at, at + frame.length));
      at += frame.length;
    } else at++;
  }
  return Buffer.concat(pieces);
}

async function countFrames(file: RandomAccess, start: number): Promise<number> {
  let count = 0;
  let block = Buffer.alloc(0);
  let from = start;
  for (let at = start; at + 4 <= file.size;) {
    if (at + 4 > from + block.length) {
      from = at;
      block = Buffer.from(await file.slice(at, Math.min(file.size, at + BLOCK)));
    }
    const frame = mp3Frame(block.readUInt32BE(at - from));
    if (!frame || at + frame.length > file.size) break;
    count++;
    at += frame.length;
  }
  return count;
}
