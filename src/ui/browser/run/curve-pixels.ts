import type { Curve } from '../../runs/training-curve';

/** Where on a canvas curves go, in its pixels, and what it spans. */
export interface PlotFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly logarithmic: boolean;
}

export function isSameFrame(a: PlotFrame, b: PlotFrame): boolean {
  return (
    a.left === b.left &&
    a.top === b.top &&
    a.width === b.width &&
    a.height === b.height &&
    a.x[0] === b.x[0] &&
    a.x[1] === b.x[1] &&
    a.y[0] === b.y[0] &&
    a.y[1] === b.y[1] &&
    a.logarithmic === b.logarithmic
  );
}

/** From a value to a pixel of the canvas. */
export function pixelMapping(frame: PlotFrame): {
  x: (value: number) => number;
  y: (value: number) => number;
} {
  const { left, top, width, height, logarithmic } = frame;
  const on = logarithmic ? Math.log10 : (value: number): number => value;
  const [x0, x1, y0, y1] = [frame.x[0], frame.x[1], on(frame.y[0]), on(frame.y[1])];
  const [perX, perY] = [width / (x1 - x0), height / (y1 - y0)];
  return {
    x: value => left + (value - x0) * perX,
    y: value => top + height - (on(value) - y0) * perY,
  };
}

/** A line in pixels. */
export interface PixelLine {
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
export function pixelLine(xs: Float64Array, ys: Float64Array, frame: PlotFrame): PixelLine {
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

/** A point of a curve. */
export interface PlottedPoint {
  readonly curve: Curve;
  readonly index: number;
}

/** The point that is nearest to a place on the canvas. */
export function nearestPoint(
  curves: readonly Curve[],
  frame: PlotFrame,
  left: number,
  top: number,
): PlottedPoint | undefined {
  const place = pixelMapping(frame);
  const [x0, x1] = frame.x;
  const x = x0 + ((left - frame.left) / frame.width) * (x1 - x0);
  let best: (PlottedPoint & { readonly distance: number }) | undefined;
  for (const curve of curves) {
    const index = indexNear(curve.xs, x);
    const [dx, dy] = [place.x(curve.xs[index] ?? NaN) - left, place.y(curve.ys[index] ?? NaN) - top];
    const distance = Math.hypot(dx, dy);
    if (Number.isFinite(distance) && (!best || distance < best.distance)) best = { curve, index, distance };
  }
  return best;
}

/** The index of the value that is nearest, among ascending ones. */
export function indexNear(values: Float64Array, wanted: number): number {
  let [low, high] = [0, values.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < wanted) low = middle;
    else high = middle;
  }
  return Math.abs((values[high] ?? 0) - wanted) < Math.abs((values[low] ?? 0) - wanted) ? high : low;
}
