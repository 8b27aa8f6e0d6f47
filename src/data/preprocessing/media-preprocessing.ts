import { createLogMel, defaultLogMel, frameCount } from '../audio/log-mel';
import { resample } from '../audio/resample-audio';
import { MOST_SAMPLES, MOST_SECONDS, readRecording, readRecordingHeader } from '../audio/recording';
import type { InputRequest } from '../dataset/dataset-request';
import { decodeImage } from '../images/decode-image';
import { type Pixels, resize, toChannels } from '../images/resize-image';
import { recordingTooLong } from '../../messages/media-messages';
import { dataError, isDataError } from '../issues';
import { type Moments, addValue, createMoments, quantile, standardDeviation } from './moments';
import type { InputPreprocessing } from './preprocessing';
import type { LogMelParameters } from '../../protocol/preprocessing';

/** Images larger than this are brought down to it where no size is asked for. */
const MAX_SIDE = 96;

/** Fits size, channels and standardisation of images on training files. Unreadable ones are passed over here. */
export async function fitImages(
  files: readonly string[],
  { image }: InputRequest,
): Promise<Extract<InputPreprocessing, { kind: 'image' }>> {
  const decoded = await readableFiles(files.slice(0, 100), file => decodeImage(file, sizeOf));
  const side = (lengths: readonly number[]): number =>
    Math.max(1, Math.min(MAX_SIDE, quantile(lengths, 0.5)));
  const height = image?.height ?? side(decoded.map(each => each.height));
  const width = image?.width ?? side(decoded.map(each => each.width));
  const channels = image?.channels ?? (decoded.some(each => each.channels > 1) ? 3 : 1);
  const moments = Array.from({ length: channels }, createMoments);
  const values = new Float32Array(height * width * channels);
  for (const file of files) {
    await readIfPossible(() =>
      decodeImage(file, pixels => {
        encodePixels(pixels, height, width, channels, values);
        values.forEach((value, i) => {
          addTo(moments, i % channels, value);
        });
      }),
    );
  }
  return { kind: 'image', height, width, channels, ...standardization(moments) };
}

function sizeOf({ height, width, channels }: Pixels): Pick<Pixels, 'height' | 'width' | 'channels'> {
  return { height, width, channels };
}

/** Brings pixels to a size and number of channels, values from 0 to 1. */
export function encodePixels(
  pixels: Pixels,
  height: number,
  width: number,
  channels: 1 | 3,
  output: Float32Array,
): void {
  resize(toChannels(pixels, channels), height, width, output);
}

/** Fits rate, length and standardisation of recordings on training files. */
export async function fitAudio(
  files: readonly string[],
  { audio }: InputRequest,
): Promise<Extract<InputPreprocessing, { kind: 'audio' }>> {
  const headers = await readableFiles(files, file => readRecordingHeader(file));
  const { frames: asked, ...given } = audio ?? {};
  const parameters = {
    ...defaultLogMel(given.sampleRate ?? mostFrequent(headers.map(each => each.sampleRate))),
    ...given,
  };
  const lengths = headers.map(({ frames, sampleRate }) =>
    frameCount(Math.round(Math.min(frames / sampleRate, MOST_SECONDS) * parameters.sampleRate), parameters),
  );
  const frames = asked ?? Math.max(1, quantile(lengths, 0.95));
  const moments = Array.from({ length: parameters.bands }, createMoments);
  const encode = recordingEncoder(parameters);
  for (const file of files) {
    const values = await readIfPossible(() => encode(file));
    values?.forEach((value, i) => {
      addTo(moments, i % parameters.bands, value);
    });
  }
  return { kind: 'audio', parameters, frames, ...standardization(moments) };
}

/** Reads a recording into log-mel frames, as many as it has. */
export function recordingEncoder(parameters: LogMelParameters): (file: string) => Promise<Float32Array> {
  const logMel = createLogMel(parameters);
  return async file => {
    const { samples, sampleRate } = await readRecording(file);
    const resampled = Math.round((samples.length * parameters.sampleRate) / sampleRate);
    if (resampled > MOST_SAMPLES)
      throw dataError('too-large', recordingTooLong({ file, samples: resampled, limit: MOST_SAMPLES }), file);
    return logMel(resample(samples, sampleRate, parameters.sampleRate));
  };
}

function addTo(moments: readonly Moments[], place: number, value: number): void {
  const target = moments[place];
  if (target) addValue(target, value);
}

function standardization(moments: readonly Moments[]): { mean: number[]; deviation: number[] } {
  return { mean: moments.map(({ mean }) => mean), deviation: moments.map(standardDeviation) };
}

async function readableFiles<T>(files: readonly string[], read: (file: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (const file of files) {
    const result = await readIfPossible(() => read(file));
    if (result !== undefined) results.push(result);
  }
  return results;
}

/** Files that cannot be read are reported when they are read for training, and only then. */
async function readIfPossible<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isDataError(error)) return undefined;
    throw error;
  }
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 16_000;
}
