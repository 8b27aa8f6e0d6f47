import {
  recordingDamaged,
  recordingFileTooLarge,
  recordingNotDecodable,
} from '../../messages/media-messages';
import { errorMessage } from '../../common/errors';
import { withinTime } from '../bytes/bounded-time';
import type { RandomAccess } from '../bytes/random-access-file';
import { dataError, isDataError } from '../issues';
import { type RecordingHeader, tagLength, wholeFrames } from './compressed-headers';

/** Bytes of a file that is decoded. */
const MAX_FILE = 256 * 1024 * 1024;
/** Bytes that are read at a time. */
const BLOCK = 1024 * 1024;
/** Bytes that a decoder gets at a time: silence is packed so tightly that they may hold hundreds of seconds. */
const STEP = 4096;

/** What the decoders of streams have in common. */
interface StreamDecoder {
  readonly ready: Promise<void>;
  readonly decode: (bytes: Uint8Array) => Decoded | Promise<Decoded>;
  readonly flush: () => Decoded | Promise<Decoded>;
  readonly free: () => void;
}

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly errors: readonly { readonly message: string }[];
}

/** Gathers the mean of all channels, up to so many samples. */
interface Gathered {
  readonly add: (channels: readonly ArrayLike<number>[], length: number) => void;
  readonly isFull: () => boolean;
  readonly samples: () => Float32Array;
}

function gatherMono(frames: number): Gathered {
  const pieces: Float32Array[] = [];
  let total = 0;
  return {
    add(channels, length) {
      const piece = new Float32Array(Math.min(length, frames - total));
      for (const channel of channels)
        for (let i = 0; i < piece.length; i++)
          piece[i] = (piece[i] ?? 0) + (channel[i] ?? 0) / channels.length;
      pieces.push(piece);
      total += piece.length;
    },
    isFull: () => total >= frames,
    samples() {
      const all = new Float32Array(total);
      let at = 0;
      for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
      }
      return all;
    },
  };
}

/**
 * Decodes the first samples of a FLAC, Ogg or MP3 recording, in memory of the size of what is asked for.
 *
 * @throws DataError `corrupt`, `too-large`
 */
export async function decodeCompressed(
  file: RandomAccess,
  header: RecordingHeader,
  frames: number,
): Promise<{ readonly sampleRate: number; readonly samples: Float32Array }> {
  const { path, size } = file;
  if (size > MAX_FILE)
    throw dataError('too-large', recordingFileTooLarge({ file: path, size, limit: MAX_FILE }), path);
  const gathered = gatherMono(frames);
  try {
    if (header.format === 'mp3') await decodeMp3(file, header, gathered);
    else await decodeStream(file, await streamDecoder(header.format), gathered);
  } catch (error) {
    if (isDataError(error)) throw error;
    const reason = errorMessage(error);
    throw dataError('corrupt', recordingNotDecodable({ file: path, reason }), path);
  }
  const samples = gathered.samples();
  if (samples.length === 0 && frames > 0)
    throw dataError('corrupt', recordingNotDecodable({ file: path, reason: recordingDamaged() }), path);
  return { sampleRate: header.sampleRate, samples };
}

async function streamDecoder(format: RecordingHeader['format']): Promise<StreamDecoder> {
  switch (format) {
    case 'vorbis': {
      const { OggVorbisDecoder } = await import('./vorbis-library');
      return new OggVorbisDecoder();
    }
    case 'opus': {
      const { OggOpusDecoder } = await import('./opus-library');
      return new OggOpusDecoder();
    }
    default: {
      const { FLACDecoder } = await import('./flac-library');
      return new FLACDecoder();
    }
  }
}

async function decodeStream(file: RandomAccess, decoder: StreamDecoder, to: Gathered): Promise<void> {
  await decoder.ready;
  try {
    const take = ({ channelData, samplesDecoded, errors }: Decoded): void => {
      const [error] = errors;
      if (error) throw new Error(error.message);
      to.add(channelData, samplesDecoded);
    };
    for (let at = 0; at < file.size && !to.isFull(); at += BLOCK) {
      const block = await file.slice(at, Math.min(file.size, at + BLOCK));
      for (let i = 0; i < block.length && !to.isFull(); i += STEP)
        take(await decoder.decode(block.slice(i, i + STEP)));
    }
    if (!to.isFull()) take(await decoder.flush());
  } finally {
    decoder.free();
  }
}

/** Seconds that are decoded at a time. */
const MP3_STEP = 10;
/** In milliseconds; it takes a hundredth of that. */
const MAX_STEP_TIME = 5000;

function bounded<T>(work: () => T): T {
  const done = withinTime(MAX_STEP_TIME, work);
  if (!done) throw new Error(recordingDamaged());
  return done.value;
}

async function decodeMp3(
  file: RandomAccess,
  { channels, skip = 0 }: RecordingHeader,
  to: Gathered,
): Promise<void> {
  const { createMp3Decoder } = await import('./mp3-library');
  const start = await tagLength(file);
  const frames = wholeFrames(Buffer.from(await file.slice(start, file.size)));
  if (frames.length === 0) return;
  const decoder = bounded(() => createMp3Decoder(frames));
  let left = skip;
  while (!to.isFull()) {
    const { pcm, numSamples, numChannels } = bounded(() => decoder.decode(MP3_STEP));
    if (numSamples === 0) return;
    const of = Math.max(1, numChannels || channels);
    const length = Math.floor(Math.min(numSamples, pcm.length) / of);
    const from = Math.min(left, length);
    left -= from;
    const planes = Array.from({ length: of }, (_, channel) =>
      Float32Array.from({ length: length - from }, (__, i) => (pcm[(from + i) * of + channel] ?? 0) / 32768),
    );
    to.add(planes, length - from);
  }
}
