import FFT from 'fft.js';

/** Writes |X[k]|² for k from 0 to `size / 2` of the windowed samples from `start` on. */
export type PowerSpectrum = (samples: Float32Array, start: number, power: Float64Array) => void;

/**
 * Spectra of real frames, by a complex transform of half their size: even samples are taken for real parts and
 * odd ones for imaginary parts, and the two spectra are told apart afterwards.
 *
 * @param size a power of two from 4 up; frames shorter than it are padded with zeros
 */
export function createPowerSpectrum(window: Float64Array, size: number): PowerSpectrum {
  const half = size / 2;
  const width = window.length;
  const fft = new FFT(half);
  const packed = plainNumbers(size);
  const mixed = plainNumbers(size);
  const cosines = Float64Array.from({ length: half / 2 + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sines = Float64Array.from({ length: half / 2 + 1 }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  return (samples, start, power) => {
    for (let i = 0; i < width; i++) packed[i] = (samples[start + i] ?? 0) * (window[i] ?? 0);
    fft.transform(mixed, packed);
    const first = mixed[0] ?? 0;
    const second = mixed[1] ?? 0;
    power[0] = (first + second) * (first + second);
    power[half] = (first - second) * (first - second);
    for (let k = 1, mirror = half - 1; k <= mirror; k++, mirror--) {
      const real = mixed[2 * k] ?? 0;
      const imaginary = mixed[2 * k + 1] ?? 0;
      const mirrorReal = mixed[2 * mirror] ?? 0;
      const mirrorImaginary = mixed[2 * mirror + 1] ?? 0;
      // Twice the spectra of the even and of the odd samples.
      const evenReal = real + mirrorReal;
      const evenImaginary = imaginary - mirrorImaginary;
      const oddReal = imaginary + mirrorImaginary;
      const oddImaginary = mirrorReal - real;
      const cosine = cosines[k] ?? 0;
      const sine = sines[k] ?? 0;
      const turnedReal = cosine * oddReal + sine * oddImaginary;
      const turnedImaginary = cosine * oddImaginary - sine * oddReal;
      const sumReal = evenReal + turnedReal;
      const sumImaginary = evenImaginary + turnedImaginary;
      const differenceReal = evenReal - turnedReal;
      const differenceImaginary = evenImaginary - turnedImaginary;
      power[k] = 0.25 * (sumReal * sumReal + sumImaginary * sumImaginary);
      power[mirror] = 0.25 * (differenceReal * differenceReal + differenceImaginary * differenceImaginary);
    }
  };
}

/** The library is faster with plain arrays than with typed ones, and those are read fastest that grew without holes. */
function plainNumbers(length: number): number[] {
  const numbers: number[] = [];
  // A fraction first: whole numbers would be stored in another way, until one is none.
  for (let i = 0; i < length; i++) numbers.push(0.5);
  return numbers.fill(0);
}
