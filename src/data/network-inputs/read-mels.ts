import { readRecording } from '../audio/recording';
import { resample } from '../audio/resample-audio';
import type { NetworkInput } from '../../protocol/preprocessing';

type MelInput = Extract<NetworkInput, { kind: 'mels' }>;
type WaveInput = Extract<NetworkInput, { kind: 'wave' }>;

/** Seconds of a recording that are looked at where the network takes any length. */
const MOST_SECONDS = 30;

/** The samples of a recording as a network of sound waves takes them. */
export async function readWave(file: string, input: WaveInput): Promise<Float32Array> {
  const { sampleRate, samples: wanted, standardize } = input;
  const seconds = wanted === undefined ? MOST_SECONDS : Math.min(MOST_SECONDS, wanted / sampleRate);
  const recorded = await samplesAt(file, sampleRate, seconds);
  const wave = wanted === undefined ? recorded : repeated(recorded, wanted);
  return standardize ? standardized(wave) : wave;
}

/** `[frames, bands]` of a recording, row by row. */
export function createMelReader(input: MelInput): (file: string) => Promise<Float32Array> {
  const { sampleRate, fft, hop, frames, volume } = input;
  const mels = createMelSpectrogram(input);
  // The middle of the last frame, and half a frame on.
  const length = (frames - 1) * hop + fft / 2;
  return async file => {
    const samples = await samplesAt(file, sampleRate, length / sampleRate);
    return mels(repeated(volume === undefined ? samples : raised(samples, volume), (frames - 1) * hop));
  };
}

async function samplesAt(file: string, rate: number, seconds: number): Promise<Float32Array> {
  const { samples, sampleRate } = await readRecording(file, seconds);
  return resample(samples, sampleRate, rate);
}

/** As many samples: what is shorter is repeated from its start, what is longer is cut. */
export function repeated(samples: Float32Array, length: number): Float32Array {
  if (samples.length >= length) return samples.subarray(0, length);
  const output = new Float32Array(length);
  for (let at = 0; at < length && samples.length > 0; at += samples.length)
    output.set(samples.subarray(0, Math.min(samples.length, length - at)), at);
  return output;
}

/** Louder, where the samples are quieter than a level. @param level in dB below full scale */
export function raised(samples: Float32Array, level: number): Float32Array {
  const power = samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length);
  const gain = 10 ** (level / 20) / Math.sqrt(power);
  return power > 0 && gain > 1 ? samples.map(value => value * gain) : samples;
}

/** As `Wav2Vec2FeatureExtractor` does. */
function standardized(samples: Float32Array): Float32Array {
  const mean = samples.reduce((sum, value) => sum + value, 0) / Math.max(1, samples.length);
  const variance = samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, samples.length);
  const scale = 1 / Math.sqrt(variance + 1e-7);
  return samples.map(value => (value - mean) * scale);
}

/**
 * A power mel spectrogram as librosa's defaults give it: frames around multiples of the hop, a periodic Hann window, bands on
 * Slaney's mel scale, each of area 1.
 *
 * @returns `[frames, bands]` of samples, row by row
 */
export function createMelSpectrogram({
  sampleRate,
  fft,
  hop,
  bands,
  frames,
}: Pick<MelInput, 'sampleRate' | 'fft' | 'hop' | 'bands' | 'frames'>): (
  samples: Float32Array,
) => Float32Array {
  const bins = Math.floor(fft / 2) + 1;
  const filters = slaneyFilters(bands, bins, fft, sampleRate);
  // Frames need not be powers of two, as fast transforms want them.
  const angle = (2 * Math.PI) / fft;
  const cosines = Float64Array.from({ length: fft }, (_, i) => Math.cos(angle * i));
  const sines = Float64Array.from({ length: fft }, (_, i) => Math.sin(angle * i));
  const hann = Float64Array.from({ length: fft }, (_, i) => 0.5 - 0.5 * Math.cos(angle * i));
  const frame = new Float64Array(fft);
  const power = new Float64Array(bins);
  return samples => {
    const output = new Float32Array(frames * bands);
    for (let t = 0; t < frames; t++) {
      const start = t * hop - Math.floor(fft / 2);
      for (let i = 0; i < fft; i++) frame[i] = (samples[start + i] ?? 0) * (hann[i] ?? 0);
      for (let bin = 0; bin < bins; bin++) {
        let [real, imaginary, at] = [0, 0, 0];
        for (let i = 0; i < fft; i++) {
          real += (frame[i] ?? 0) * (cosines[at] ?? 0);
          imaginary += (frame[i] ?? 0) * (sines[at] ?? 0);
          at += bin;
          if (at >= fft) at -= fft;
        }
        power[bin] = real * real + imaginary * imaginary;
      }
      filters.forEach((weights, band) => {
        let sum = 0;
        for (let bin = 0; bin < bins; bin++) sum += (weights[bin] ?? 0) * (power[bin] ?? 0);
        output[t * bands + band] = sum;
      });
    }
    return output;
  };
}

/** Slaney's scale: even up to 1,000 Hz, logarithmic above. */
const HERTZ_PER_MEL = 200 / 3;
const EVEN_UP_TO = 1000 / HERTZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

function toMel(hertz: number): number {
  return hertz < 1000 ? hertz / HERTZ_PER_MEL : EVEN_UP_TO + Math.log(hertz / 1000) / LOG_STEP;
}

function fromMel(mel: number): number {
  return mel < EVEN_UP_TO ? mel * HERTZ_PER_MEL : 1000 * Math.exp(LOG_STEP * (mel - EVEN_UP_TO));
}

function slaneyFilters(bands: number, bins: number, fft: number, rate: number): readonly Float64Array[] {
  const top = toMel(rate / 2);
  const edges = Array.from({ length: bands + 2 }, (_, i) => fromMel((top * i) / (bands + 1)));
  return Array.from({ length: bands }, (_, band) => {
    const [left = 0, middle = 0, right = 0] = edges.slice(band, band + 3);
    return Float64Array.from({ length: bins }, (_, bin) => {
      const hertz = (bin * rate) / fft;
      const height = Math.min((hertz - left) / (middle - left), (right - hertz) / (right - middle));
      return (Math.max(0, height) * 2) / (right - left);
    });
  });
}
