import FFT from 'fft.js';

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
  const spectrum = plainNumbers(size);
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
export function plainNumbers(length: number): number[] {
  const numbers: number[] = [];
  // A fraction first: whole numbers would be stored in another way, until one is none.
  for (let i = 0; i < length; i++) numbers.push(0.5);
  return numbers.fill(0);
}
