declare module 'fft.js' {
  /** A Fourier transform of `size` points, a power of two. */
  class FFT {
    constructor(size: number);
    /** Alternating real and imaginary parts, `size` of each. */
    transform(output: number[], input: readonly number[]): void;
  }
  export = FFT;
}
