/** Where on a canvas curves go, in its pixels, and what it spans. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly logarithmic: boolean;
}

export function isSameFrame(a: Frame, b: Frame): boolean {
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
export function placer(frame: Frame): { x: (value: number) => number; y: (value: number) => number } {
  const { left, top, width, height, logarithmic } = frame;
  const on = logarithmic ? Math.log10 : (value: number): number => value;
  const [x0, x1, y0, y1] = [frame.x[0], frame.x[1], on(frame.y[0]), on(frame.y[1])];
  const [perX, perY] = [width / (x1 - x0), height / (y1 - y0)];
  return {
    x: value => left + (value - x0) * perX,
    y: value => top + height - (on(value) - y0) * perY,
  };
}
