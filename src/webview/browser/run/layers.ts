import type { Curve } from '../../live/curve';
import { isSameFrame, placer, type Frame } from './frame';

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
    frame: Frame,
    curves: readonly Curve[],
    of: number,
  ) => boolean;
}

type DrawCurve = (context: CanvasRenderingContext2D, frame: Frame, curve: Curve, of: number) => void;

/** Points that are drawn in one call: a few milliseconds' work. Where nothing is to be seen yet, more. */
const [AT_ONCE, AT_FIRST] = [15_000, 250_000];

interface Layer {
  readonly canvas: HTMLCanvasElement;
  frame: Frame | undefined;
  readonly drawn: Set<Curve>;
}

export function createLayers(draw: DrawCurve): Layers {
  const layer = (): Layer => ({
    canvas: document.createElement('canvas'),
    frame: undefined,
    drawn: new Set(),
  });
  /** What is shown, and what is to take its place. */
  let [shown, next] = [layer(), layer()];
  const fits = (
    { frame, drawn, canvas }: Layer,
    wanted: Frame,
    curves: ReadonlySet<Curve>,
    of: HTMLCanvasElement,
  ): boolean =>
    frame !== undefined &&
    isSameFrame(frame, wanted) &&
    canvas.width === of.width &&
    canvas.height === of.height &&
    [...drawn].every(curve => curves.has(curve));
  const clear = (to: Layer, frame: Frame, { width, height }: HTMLCanvasElement): void => {
    Object.assign(to.canvas, { width, height });
    to.frame = frame;
    to.drawn.clear();
  };
  /** Draws what a layer lacks, as far as `most` points. */
  const goOn = (to: Layer, frame: Frame, curves: readonly Curve[], of: number, most: number): boolean => {
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
  from: Frame,
  to: Frame,
): void {
  if (isSameFrame(from, to)) {
    context.drawImage(canvas, 0, 0);
    return;
  }
  const place = placer(to);
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
