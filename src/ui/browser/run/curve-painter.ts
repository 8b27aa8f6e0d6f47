import type { Curve } from '../../runs/training-curve';
import { colorOf, dashOf } from '../../strategy-colors';
import { type PlotFrame, isSameFrame, pixelLine, pixelMapping } from './curve-pixels';

/** Curves that do not change, kept as pixels. */
export interface Layers {
  /**
   * Draws curves from what is kept. Where a frame needs them anew, that is spread over several calls; until then those
   * of the frame before are shown where they belong in this one.
   *
   * @returns whether all of them are drawn
   */
  readonly paint: (
    context: CanvasRenderingContext2D,
    frame: PlotFrame,
    curves: readonly Curve[],
    of: number,
  ) => boolean;
}

type DrawCurve = (context: CanvasRenderingContext2D, frame: PlotFrame, curve: Curve, of: number) => void;

/** Points that are drawn in one call: a few milliseconds' work. Where nothing is to be seen yet, more. */
const [AT_ONCE, AT_FIRST] = [15_000, 250_000];

interface Layer {
  readonly canvas: HTMLCanvasElement;
  frame: PlotFrame | undefined;
  readonly drawn: Set<Curve>;
}

function createLayers(draw: DrawCurve): Layers {
  const layer = (): Layer => ({
    canvas: document.createElement('canvas'),
    frame: undefined,
    drawn: new Set(),
  });
  /** What is shown, and what is to take its place. */
  let [shown, next] = [layer(), layer()];
  const fits = (
    { frame, drawn, canvas }: Layer,
    wanted: PlotFrame,
    curves: ReadonlySet<Curve>,
    of: HTMLCanvasElement,
  ): boolean =>
    frame !== undefined &&
    isSameFrame(frame, wanted) &&
    canvas.width === of.width &&
    canvas.height === of.height &&
    [...drawn].every(curve => curves.has(curve));
  const clear = (to: Layer, frame: PlotFrame, { width, height }: HTMLCanvasElement): void => {
    Object.assign(to.canvas, { width, height });
    to.frame = frame;
    to.drawn.clear();
  };
  /** Draws what a layer lacks, as far as `most` points. */
  const goOn = (to: Layer, frame: PlotFrame, curves: readonly Curve[], of: number, most: number): boolean => {
    if (to.drawn.size === curves.length) return true;
    const context = to.canvas.getContext('2d');
    let left = most;
    for (const curve of curves) {
      if (to.drawn.has(curve)) continue;
      if (left <= 0 || !context) return false;
      draw(context, frame, curve, of);
      to.drawn.add(curve);
      left -= curve.xs.length;
    }
    return true;
  };
  return {
    paint(context, frame, curves, of) {
      const { canvas } = context;
      const wanted = new Set(curves);
      let isDone: boolean;
      if (fits(shown, frame, wanted, canvas)) isDone = goOn(shown, frame, curves, of, AT_ONCE);
      else {
        const isFirst = !curves.some(curve => shown.drawn.has(curve));
        if (!fits(next, frame, wanted, canvas)) clear(next, frame, canvas);
        isDone = goOn(next, frame, curves, of, isFirst ? AT_FIRST : AT_ONCE);
        if (isDone || isFirst) [shown, next] = [next, shown];
      }
      if (shown.frame && shown.drawn.size > 0) showLayer(context, shown.canvas, shown.frame, frame);
      return isDone;
    },
  };
}

/** Shows what was drawn for one frame where it is in another. */
function showLayer(
  context: CanvasRenderingContext2D,
  canvas: HTMLCanvasElement,
  from: PlotFrame,
  to: PlotFrame,
): void {
  if (isSameFrame(from, to)) {
    context.drawImage(canvas, 0, 0);
    return;
  }
  const place = pixelMapping(to);
  const [left, right] = from.x.map(place.x) as [number, number];
  const [bottom, top] = from.y.map(place.y) as [number, number];
  context.drawImage(
    canvas,
    from.left,
    from.top,
    from.width,
    from.height,
    left,
    top,
    right - left,
    bottom - top,
  );
}

export interface Painter {
  /**
   * Draws curves, one of them brighter.
   *
   * @returns whether all are as they should be; otherwise another call goes on
   */
  readonly paint: (
    context: CanvasRenderingContext2D,
    frame: PlotFrame,
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
  frame: PlotFrame,
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
  const { values, length } = pixelLine(xs, ys, frame);
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
  frame: PlotFrame,
  xs: Float64Array,
  low: Float64Array,
  high: Float64Array,
): void {
  const place = pixelMapping(frame);
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
