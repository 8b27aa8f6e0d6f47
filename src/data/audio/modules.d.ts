declare module 'fft.js' {
  /** A Fourier transform of `size` points, a power of two. */
  class FFT {
    constructor(size: number);
    createComplexArray(): number[];
    /** Fills the first half of `output` (real and imaginary parts in turn) and its middle. */
    realTransform(output: number[], input: readonly number[]): void;
  }
  export = FFT;
}
