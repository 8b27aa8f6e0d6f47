import type { Curve } from '../../live/curve';
import { placer, type Frame } from './frame';

/** A point of a curve. */
export interface Spot {
  readonly curve: Curve;
  readonly index: number;
}

/** The point that is nearest to a place on the canvas. */
export function nearestSpot(
  curves: readonly Curve[],
  frame: Frame,
  left: number,
  top: number,
): Spot | undefined {
  const place = placer(frame);
  const [x0, x1] = frame.x;
  const x = x0 + ((left - frame.left) / frame.width) * (x1 - x0);
  let best: (Spot & { readonly distance: number }) | undefined;
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
