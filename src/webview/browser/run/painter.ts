import type { Curve } from '../../live/curve';
import { colorOf, dashOf } from '../../report/colors';
import { placer, type Frame } from './frame';
import { createLayers } from './layers';
import { lineOf } from './line';

export interface Painter {
  /**
   * Draws curves, one of them brighter.
   *
   * @returns whether all are as they should be; otherwise another call goes on
   */
  readonly paint: (
    context: CanvasRenderingContext2D,
    frame: Frame,
    curves: readonly Curve[],
    lit: string | undefined,
  ) => boolean;
}

/**
 * Draws curves. Those that no longer grow are drawn once, onto a layer of their own, so that a frame costs what still
 * grows, however much has finished.
 */
export function createPainter(): Painter {
  const layers = createLayers((context, frame, curve, of) => {
    drawCurve(context, frame, curve, of, false);
  });
  return {
    paint(context, frame, curves, lit) {
      const still = curves.filter(({ live }) => !live);
      context.save();
      context.beginPath();
      context.rect(frame.left, frame.top, frame.width, frame.height);
      context.clip();
      const isDone = layers.paint(context, frame, still, curves.length);
      for (const curve of curves) if (curve.live) drawCurve(context, frame, curve, curves.length, false);
      const found = lit === undefined ? undefined : curves.find(({ id }) => id === lit);
      if (found) drawCurve(context, frame, found, 1, true);
      context.restore();
      return isDone;
    },
  };
}

/** `of`: how many curves there are. */
function drawCurve(
  context: CanvasRenderingContext2D,
  frame: Frame,
  curve: Curve,
  of: number,
  isLit: boolean,
): void {
  const { xs, ys, low, high, strategy, variant, seed } = curve;
  const scale = devicePixelRatio;
  context.strokeStyle = context.fillStyle = colorOf(strategy);
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
  const { values, length } = lineOf(xs, ys, frame);
  for (let i = 0; i < length; i += 2) {
    const x = values[i] ?? NaN;
    const y = values[i + 1] ?? NaN;
    if (Number.isNaN(x)) continue;
    const isFirst = i === 0 || Number.isNaN(values[i - 2] ?? NaN);
    const isLast = i + 2 >= length || Number.isNaN(values[i + 2] ?? NaN);
    if (!isFirst) context.lineTo(x, y);
    // A point without neighbours would not be seen.
    else if (isLast) context.rect(x - scale, y - scale, 2 * scale, 2 * scale);
    else context.moveTo(x, y);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function drawBand(
  context: CanvasRenderingContext2D,
  frame: Frame,
  xs: Float64Array,
  low: Float64Array,
  high: Float64Array,
): void {
  const place = placer(frame);
  const least = frame.logarithmic ? frame.y[0] : -Infinity;
  const to = (i: number, value: number): void => {
    context.lineTo(place.x(xs[i] ?? 0), place.y(Math.max(least, value)));
  };
  let start = 0;
  for (let end = 0; end <= xs.length; end++) {
    if (Number.isFinite(low[end]) && Number.isFinite(high[end])) continue;
    if (end - start > 1) {
      context.beginPath();
      for (let i = start; i < end; i++) to(i, high[i] ?? 0);
      for (let i = end - 1; i >= start; i--) to(i, low[i] ?? 0);
      context.fill();
    }
    start = end + 1;
  }
}
