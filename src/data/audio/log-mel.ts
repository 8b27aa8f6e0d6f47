import FFT from 'fft.js';
import type { LogMelParameters } from '../../protocol/preprocessing';

/**
 * Squared magnitudes of the `size / 2 + 1` frequencies of `size` real samples, a power of two from 4 on. The
 * result is overwritten by the next call.
 *
 * Even samples are taken as real parts and odd ones as imaginary parts, so that a transform of half the size does:
 * with E and O the spectra of either, F(k) = E(k) + w(k)·O(k), and E and O are the parts of the transform that are
 * symmetric and antisymmetric under conjugation.
 */
export function createPowerSpectrum(size: number): (samples: readonly number[]) => Float64Array {
  const half = size / 2;
  const fft = new FFT(half);
  const spectrum = plainZeros(size);
  const power = new Float64Array(half + 1);
  const cosines = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sines = Float64Array.from({ length: half }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
  return samples => {
    fft.transform(spectrum, samples);
    for (let k = 0; k <= half / 2; k++) {
      const at = 2 * k;
      const mirrored = k === 0 ? 0 : size - at;
      const a = spectrum[at] ?? 0;
      const b = spectrum[at + 1] ?? 0;
      const c = spectrum[mirrored] ?? 0;
      const d = spectrum[mirrored + 1] ?? 0;
      const evenReal = (a + c) / 2;
      const evenImaginary = (b - d) / 2;
      const oddReal = (b + d) / 2;
      const oddImaginary = (c - a) / 2;
      const cosine = cosines[k] ?? 0;
      const sine = sines[k] ?? 0;
      const turnedReal = cosine * oddReal - sine * oddImaginary;
      const turnedImaginary = cosine * oddImaginary + sine * oddReal;
      power[k] = (evenReal + turnedReal) ** 2 + (evenImaginary + turnedImaginary) ** 2;
      power[half - k] = (evenReal - turnedReal) ** 2 + (evenImaginary - turnedImaginary) ** 2;
    }
    return power;
  };
}

/**
 * Zeros in a plain array: the library is a third faster with those than with typed ones, and they are read fastest
 * where they grew without holes.
 */
function plainZeros(length: number): number[] {
  const numbers: number[] = [];
  // A fraction first: an array of whole numbers has another representation, until a fraction is stored.
  for (let i = 0; i < length; i++) numbers.push(0.5);
  return numbers.fill(0);
}

/** 25 ms windows every 10 ms and 40 bands: what keyword spotting and speech recognition commonly use. */
export function defaultLogMel(sampleRate: number): LogMelParameters {
  return {
    sampleRate,
    window: 0.025,
    hop: 0.01,
    bands: 40,
    lowest: 20,
    highest: sampleRate / 2,
    floor: 1e-6,
  };
}

/** Turns samples at the parameters' rate into `[frames, bands]`, row by row. */
export type LogMel = (samples: Float32Array) => Float32Array;

/** The number of whole windows in so many samples. */
export function frameCount(samples: number, { sampleRate, window, hop }: LogMelParameters): number {
  const width = Math.round(window * sampleRate);
  return samples < width ? 0 : 1 + Math.floor((samples - width) / Math.round(hop * sampleRate));
}

export function createLogMel(parameters: LogMelParameters): LogMel {
  const { sampleRate, bands, floor } = parameters;
  const width = Math.round(parameters.window * sampleRate);
  const hop = Math.round(parameters.hop * sampleRate);
  const size = 2 ** Math.max(2, Math.ceil(Math.log2(width)));
  const hann = Float64Array.from(
    { length: width },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / width),
  );
  const powerSpectrum = createPowerSpectrum(size);
  const windowed = plainZeros(size);
  const triangles = melTriangles(parameters, size);
  return samples => {
    const frames = frameCount(samples.length, parameters);
    const output = new Float32Array(frames * bands);
    for (let frame = 0; frame < frames; frame++) {
      const start = frame * hop;
      for (let i = 0; i < width; i++) windowed[i] = (samples[start + i] ?? 0) * (hann[i] ?? 0);
      const power = powerSpectrum(windowed);
      let at = frame * bands;
      for (const { first, weights } of triangles) output[at++] = Math.log(dot(weights, power, first) + floor);
    }
    return output;
  };
}

/** The sum of `weights` (four, eight, … of them) times `values` from `first` on; four sums do not wait for one another. */
function dot(weights: Float64Array, values: Float64Array, first: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < weights.length; i += 4) {
    a += (weights[i] ?? 0) * (values[first + i] ?? 0);
    b += (weights[i + 1] ?? 0) * (values[first + i + 1] ?? 0);
    c += (weights[i + 2] ?? 0) * (values[first + i + 2] ?? 0);
    d += (weights[i + 3] ?? 0) * (values[first + i + 3] ?? 0);
  }
  return a + b + (c + d);
}

interface Triangle {
  readonly first: number;
  readonly weights: Float64Array;
}

function melTriangles({ bands, lowest, highest, sampleRate }: LogMelParameters, size: number): Triangle[] {
  const low = toMel(lowest);
  const step = (toMel(highest) - low) / (bands + 1);
  const edges = Array.from({ length: bands + 2 }, (_, i) => (fromMel(low + i * step) * size) / sampleRate);
  return Array.from({ length: bands }, (_, band) => {
    const [left = 0, center = 0, right = 0] = edges.slice(band, band + 3);
    const triangle = padded(Math.ceil(left), Math.floor(right), size / 2, bin =>
      Math.max(0, Math.min((bin - left) / (center - left), (right - bin) / (right - center))),
    );
    if (triangle.weights.some(weight => weight > 0)) return triangle;
    // A band narrower than a bin takes the nearest one, so that it is not silent.
    const nearest = Math.min(size / 2, Math.round(center));
    return padded(nearest, nearest, size / 2, bin => Number(bin === nearest));
  });
}

/** Weights of the bins from `from` to `to`, padded with neighbours to a multiple of four. */
function padded(from: number, to: number, lastBin: number, weight: (bin: number) => number): Triangle {
  const length = Math.max(0, Math.min(lastBin, to) - Math.max(0, from) + 4) & ~3;
  const first = Math.max(0, Math.min(from, lastBin + 1 - length));
  return { first, weights: Float64Array.from({ length }, (_, i) => weight(first + i)) };
}

function toMel(frequency: number): number {
  return 2595 * Math.log10(1 + frequency / 700);
}

function fromMel(mel: number): number {
  return 700 * (10 ** (mel / 2595) - 1);
}
