import {
  implausibleWavFormat,
  recordingTooLong,
  recordingWithoutLength,
  unknownRecordingFormat,
} from '../../messages/media-messages';
import { placeholderError } from '../bytes/placeholders';
import { type RandomAccess, withFile } from '../bytes/random-access-file';
import { dataError } from '../issues';
import { type RecordingHeader, flacHeader, mp3Header, oggHeader, tagLength } from './compressed-headers';
import { parseWavHeader, readWavSamples } from './wav';

export type { RecordingHeader } from './compressed-headers';

export interface Recording {
  readonly sampleRate: number;
  /** One channel, from −1 to 1; several channels are averaged. */
  readonly samples: Float32Array;
}

/** Hz: from slow sensors to ultrasound. */
const LOWEST_RATE = 100;
const HIGHEST_RATE = 10_000_000;
const MOST_CHANNELS = 64;
/** Samples of a channel that are read at once: ten minutes at 192 kHz. */
export const MOST_SAMPLES = 120_000_000;
/** Seconds of a recording that are read unless more are asked for. */
export const MOST_SECONDS = 600;
/** Samples for each byte of a file: silence is packed into half as many at most. */
const MOST_PACKED = 10_000;
/** Frames of MP3 have a rate of bits that cannot be lower. */
const MOST_PACKED_MP3 = 100;

/**
 * Reads the header of a recording, whose kind its content tells: WAV, FLAC, Ogg (Vorbis, Opus, FLAC) or MP3. Nothing is
 * decoded: the length is what the header states, or the last page of Ogg, or the number of frames of MP3.
 *
 * @throws DataError `corrupt`, `truncated`, `unsupported`, `not-downloaded`
 */
export function readRecordingHeader(path: string, signal?: AbortSignal): Promise<RecordingHeader> {
  return withFile(path, signal, async file => checked(await headerOf(file), file));
}

async function headerOf(file: RandomAccess): Promise<RecordingHeader> {
  const start = await tagLength(file);
  const head = Buffer.from(await file.slice(start, Math.min(file.size, start + 256)));
  switch (head.toString('latin1', 0, 4)) {
    case 'RIFF':
    case 'RF64':
      return { format: 'wav', ...(await parseWavHeader(file)) };
    case 'fLaC':
      return flacHeader(file, start);
    case 'OggS':
      return oggHeader(file, start);
  }
  if (start > 0 || ((head[0] ?? 0) === 0xff && (head[1] ?? 0) >= 0xe0)) return mp3Header(file, start);
  throw (
    placeholderError(head, file.path) ?? dataError('corrupt', unknownRecordingFormat(file.path), file.path)
  );
}

function checked(header: RecordingHeader, { path, size }: RandomAccess): RecordingHeader {
  const { channels, sampleRate, frames } = header;
  const isUsual =
    channels > 0 && channels <= MOST_CHANNELS && sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE;
  if (!isUsual) throw dataError('corrupt', implausibleWavFormat({ file: path, channels, sampleRate }), path);
  const most = header.format === 'mp3' ? MOST_PACKED_MP3 : MOST_PACKED;
  if (frames > most * size) throw dataError('corrupt', recordingWithoutLength(path), path);
  return header;
}

/**
 * Reads the samples of a recording, at most the first `maxSeconds` of them.
 *
 * @throws DataError as `readRecordingHeader` does; `too-large`
 */
export function readRecording(
  path: string,
  maxSeconds = MOST_SECONDS,
  signal?: AbortSignal,
): Promise<Recording> {
  return withFile(path, signal, async file => {
    const header = checked(await headerOf(file), file);
    const frames = Math.min(header.frames, Math.ceil(maxSeconds * header.sampleRate));
    if (frames > MOST_SAMPLES)
      throw dataError(
        'too-large',
        recordingTooLong({ file: path, samples: frames, limit: MOST_SAMPLES }),
        path,
      );
    if (header.format === 'wav') return readWavSamples(file, frames);
    const { decodeCompressed } = await import('./decode-compressed');
    return decodeCompressed(file, header, frames);
  });
}
