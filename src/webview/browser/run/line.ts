import type { Frame } from './frame';

/** A line in pixels. */
export interface Line {
  /** x and y by turns; NaN for both where it is interrupted. The next line overwrites them. */
  readonly values: Float32Array;
  /** How many of them count. */
  readonly length: number;
}

let scratch = new Float32Array(4096);

/**
 * The pixels that a curve goes through. Of the points in one column of pixels the lowest and the highest stay: drawn,
 * they look as all of them do.
 */
export function lineOf(xs: Float64Array, ys: Float64Array, frame: Frame): Line {
  if (scratch.length < 2 * xs.length) scratch = new Float32Array(4 * xs.length);
  const values = scratch;
  const { left, top, width, height, logarithmic } = frame;
  const y0 = logarithmic ? Math.log10(frame.y[0]) : frame.y[0];
  const y1 = logarithmic ? Math.log10(frame.y[1]) : frame.y[1];
  const perX = width / (frame.x[1] - frame.x[0]);
  const perY = height / (y1 - y0);
  let length = 0;
  const add = (x: number, y: number): void => {
    values[length++] = x;
    values[length++] = y;
  };
  // The lowest and the highest point of the column, where they are among the points, and how many it has.
  let lowX = 0;
  let lowY = 0;
  let lowAt = 0;
  let highX = 0;
  let highY = 0;
  let highAt = 0;
  let count = 0;
  let column = NaN;
  const close = (): void => {
    if (count > 0 && lowAt <= highAt) add(lowX, lowY);
    if (count > 1) add(highX, highY);
    if (count > 1 && lowAt > highAt) add(lowX, lowY);
    count = 0;
  };
  for (let i = 0; i < xs.length; i++) {
    const value = ys[i] ?? NaN;
    const x = left + ((xs[i] ?? 0) - frame.x[0]) * perX;
    const y = top + height - ((logarithmic ? Math.log10(value) : value) - y0) * perY;
    if (!Number.isFinite(y)) {
      close();
      if (length > 0) add(NaN, NaN);
      continue;
    }
    if (Math.floor(x) !== column) {
      close();
      column = Math.floor(x);
    }
    if (count === 0 || y > lowY) {
      lowX = x;
      lowY = y;
      lowAt = i;
    }
    if (count === 0 || y < highY) {
      highX = x;
      highY = y;
      highAt = i;
    }
    // Points that are all as high as each other are one.
    count = lowAt === highAt ? 1 : 2;
  }
  close();
  return { values, length };
}
