import type { Curve } from './curves';

export interface Extent {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** What a chart of curves spans, a little more than their values; on a logarithmic axis only positive ones count. */
export function extentOf(curves: readonly Curve[], logarithmic: boolean): Extent | undefined {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  const see = (value: number): void => {
    if (!Number.isFinite(value) || (logarithmic && value <= 0)) return;
    if (value < y0) y0 = value;
    if (value > y1) y1 = value;
  };
  for (const { xs, ys, low, high } of curves) {
    x0 = Math.min(x0, xs[0] ?? Infinity);
    x1 = Math.max(x1, xs.at(-1) ?? -Infinity);
    for (const value of ys) see(value);
    if (low) for (const value of low) see(value);
    if (high) for (const value of high) see(value);
  }
  if (x0 > x1) return undefined;
  // All values may have left the numbers; then the axes say so by having none.
  if (y0 > y1) [y0, y1] = logarithmic ? [0.1, 1] : [0, 1];
  const x = x0 === x1 ? ([x0 - 0.5, x1 + 0.5] as const) : ([x0, x1] as const);
  if (logarithmic) return { x, y: y0 === y1 ? [y0 / 2, y1 * 2] : [y0 / 1.1, y1 * 1.1] };
  const more = 0.05 * (y1 - y0 || Math.abs(y1) || 1);
  return { x, y: [y0 - more, y1 + more] };
}
