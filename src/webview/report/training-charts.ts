import { formatSize } from '../../advisor/text/format';
import { QUANTITIES, type Curve } from '../live/curve';
import { createCurves } from '../live/curves';
import { curveChart } from '../live/drawing';
import type { Trial } from '../live/trials';
import type { Chart } from './chart';

/** Points of a curve in a file: enough for a chart of its size, and a file that stays small. */
const POINTS = 80;

/** How the arms trained at the largest size: means over seeds, for a page that stands still. */
export function trainingCharts(
  trials: readonly Trial[],
  metric: { readonly name: string; readonly higherIsBetter: boolean },
): readonly Chart[] {
  const all = createCurves().of(trials, {
    ...{ by: 'mean', axis: 'epoch', smoothing: 0, size: 'latest', hidden: [] },
  });
  return QUANTITIES.flatMap(quantity => {
    const curves = all[quantity].map(thinned);
    const chart = curveChart(curves, { quantity, axis: 'epoch', metric, logarithmic: false });
    const n = curves.find(curve => curve.n !== undefined)?.n;
    if (!chart) return [];
    return n === undefined
      ? [chart]
      : [{ ...chart, title: `${chart.title} · ${formatSize({ value: n, unit: 'examples' })}` }];
  });
}

function thinned(curve: Curve): Curve {
  const { xs, ys, low, high } = curve;
  const step = Math.max(1, (xs.length - 1) / (POINTS - 1));
  const count = Math.min(xs.length, POINTS);
  const pick = (values: Float64Array): Float64Array =>
    new Float64Array(count).map((_, i) => Number((values[Math.round(i * step)] ?? NaN).toPrecision(6)));
  return {
    ...curve,
    xs: pick(xs),
    ys: pick(ys),
    ...(low ? { low: pick(low) } : {}),
    ...(high ? { high: pick(high) } : {}),
  };
}
