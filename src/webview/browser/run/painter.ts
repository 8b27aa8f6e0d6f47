import type { Curve } from '../../live/curves';
import { colorOf, dashOf } from '../../report/colors';

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

export interface Painter {
  readonly paint: (
    context: CanvasRenderingContext2D,
    frame: Frame,
    curves: readonly Curve[],
    lit: string | undefined,
  ) => void;
}

/**
 * Draws curves. Those that no longer grow are drawn once, onto a layer of their own, so that a frame costs what still
 * grows, however much has finished.
 */
export function createPainter(): Painter {
  const layer = document.createElement('canvas');
  let drawn: { readonly frame: Frame; readonly curves: readonly Curve[] } | undefined;
  return {
    paint(context, frame, curves, lit) {
      const still = curves.filter(({ live }) => !live);
      const { canvas } = context;
      if (
        !drawn ||
        !isSameFrame(drawn.frame, frame) ||
        layer.width !== canvas.width ||
        layer.height !== canvas.height ||
        drawn.curves.length !== still.length ||
        still.some((curve, i) => curve !== drawn?.curves[i])
      ) {
        [layer.width, layer.height] = [canvas.width, canvas.height];
        const onto = layer.getContext('2d');
        if (!onto) return;
        for (const curve of still) drawCurve(onto, frame, curve, curves.length, false);
        drawn = { frame, curves: still };
      }
      context.save();
      context.beginPath();
      context.rect(frame.left, frame.top, frame.width, frame.height);
      context.clip();
      if (still.length > 0) context.drawImage(layer, 0, 0);
      for (const curve of curves) if (curve.live) drawCurve(context, frame, curve, curves.length, false);
      const found = curves.find(({ id }) => id === lit);
      if (found) drawCurve(context, frame, found, 1, true);
      context.restore();
    },
  };
}

function isSameFrame(a: Frame, b: Frame): boolean {
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

function drawCurve(
  context: CanvasRenderingContext2D,
  frame: Frame,
  curve: Curve,
  of: number,
  isLit: boolean,
): void {
  const { xs, ys, low, high, strategy, variant, seed } = curve;
  const place = placer(frame);
  const color = colorOf(strategy);
  const scale = devicePixelRatio;
  context.lineJoin = 'bevel';
  context.strokeStyle = context.fillStyle = color;
  if (low && high) {
    context.globalAlpha = isLit ? 0.3 : 0.15;
    drawBand(context, frame, xs, low, high);
  }
  // Where there are many, the eye is to see where most of them are.
  context.globalAlpha = isLit ? 1 : seed === undefined ? 0.95 : of > 40 ? 0.5 : 0.8;
  context.lineWidth = (isLit ? 3 : seed === undefined ? 2 : 1) * scale;
  context.setLineDash(
    (dashOf(variant) ?? '')
      .split(' ')
      .filter(Boolean)
      .map(each => Number(each) * scale),
  );
  context.beginPath();
  let isApart = true;
  let alone: readonly [number, number] | undefined;
  const dot = (): void => {
    if (alone) context.rect(alone[0] - scale, alone[1] - scale, 2 * scale, 2 * scale);
  };
  for (let i = 0; i < xs.length; i++) {
    const y = place.y(ys[i] ?? NaN);
    if (!Number.isFinite(y)) {
      dot();
      [isApart, alone] = [true, undefined];
      continue;
    }
    const x = place.x(xs[i] ?? 0);
    if (isApart) {
      context.moveTo(x, y);
      alone = [x, y];
    } else {
      context.lineTo(x, y);
      alone = undefined;
    }
    isApart = false;
  }
  // A point without neighbours would not be seen.
  dot();
  context.stroke();
  context.globalAlpha = 1;
}

function drawBand(
  context: CanvasRenderingContext2D,
  frame: Frame,
  xs: readonly number[],
  low: readonly number[],
  high: readonly number[],
): void {
  const place = placer(frame);
  const least = frame.y[0];
  const inside = (value: number): number => (frame.logarithmic ? Math.max(least, value) : value);
  const run: number[] = [];
  const fill = (): void => {
    if (run.length > 1) {
      context.beginPath();
      for (const i of run) context.lineTo(place.x(xs[i] ?? 0), place.y(inside(high[i] ?? 0)));
      for (const i of run.reverse()) context.lineTo(place.x(xs[i] ?? 0), place.y(inside(low[i] ?? 0)));
      context.fill();
    }
    run.length = 0;
  };
  for (let i = 0; i < xs.length; i++) {
    if (Number.isFinite(low[i]) && Number.isFinite(high[i])) run.push(i);
    else fill();
  }
  fill();
}
