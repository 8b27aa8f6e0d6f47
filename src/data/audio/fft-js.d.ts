declare module 'fft.js' {
  /** A Fourier transform of `size` points, a power of two. */
  class FFT {
    constructor(size: number);
    /** Real and imaginary parts in turn, `size` of each. */
    transform(output: number[], input: readonly number[]): void;
  }
  export = FFT;
}
