declare module 'fft.js' {
  /** A Fourier transform of `size` points, a power of two. */
  class FFT {
    constructor(size: number);
    /** Real and imaginary parts in turn, `size` of each. */
    transform(output: Float64Array, input: Float64Array): void;
  }
  export = FFT;
}
