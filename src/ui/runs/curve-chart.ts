import * as l10n from '@vscode/l10n';
import { formatCount } from '../../messages/quantities';
import { decadeScale, linearScale } from '../charts/axis-scale';
import {
  CHART_WIDTH,
  type Chart,
  type ChartValues,
  MARGIN_BOTTOM,
  MARGIN_LEFT,
  MARGIN_RIGHT,
  MARGIN_TOP,
  axes,
  exportLegend,
  svgAttributes,
  tableOf,
} from '../charts/chart';
import { type Markup, el } from '../markup';
import { colorOf, dashOf } from '../strategy-colors';
import { armName, axisName, curveName, quantityName, quantityText } from './run-text';
import type { Axis, Curve, Quantity } from './training-curve';

export interface Extent {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** What one curve spans: its least and largest x and y, and its least positive y. */
type Span = readonly [x0: number, x1: number, y0: number, y1: number, positive: number];

/** A curve never changes, and most of them are looked at again in each frame. */
const spans = new WeakMap<Curve, Span>();

function spanOf(curve: Curve): Span {
  const known = spans.get(curve);
  if (known) return known;
  const { xs, ys, low, high } = curve;
  let [y0, y1, positive] = [Infinity, -Infinity, Infinity];
  for (const values of [ys, low, high])
    for (let i = 0; values && i < values.length; i++) {
      const value = values[i] ?? NaN;
      // None of these holds for NaN.
      if (value < y0) y0 = value;
      if (value > y1) y1 = value;
      if (value > 0 && value < positive) positive = value;
    }
  const span: Span = [xs[0] ?? Infinity, xs.at(-1) ?? -Infinity, y0, y1, positive];
  spans.set(curve, span);
  return span;
}

/** What a chart of curves spans, a little more than their values; on a logarithmic axis only positive ones count. */
export function extentOf(curves: readonly Curve[], logarithmic: boolean): Extent | undefined {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const curve of curves) {
    const span = spanOf(curve);
    x0 = Math.min(x0, span[0]);
    x1 = Math.max(x1, span[1]);
    y0 = Math.min(y0, span[logarithmic ? 4 : 2]);
    y1 = Math.max(y1, span[3]);
  }
  if (x0 > x1) return undefined;
  // All values may have diverged; then the axes say so by having none.
  if (y0 > y1) [y0, y1] = logarithmic ? [0.1, 1] : [0, 1];
  const around = x0 > 0 ? ([0, 2 * x0] as const) : ([x0 - 0.5, x1 + 0.5] as const);
  const x = x0 === x1 ? around : ([x0, x1] as const);
  if (logarithmic) return { x, y: y0 === y1 ? [y0 / 2, y1 * 2] : [y0 / 1.1, y1 * 1.1] };
  const more = 0.05 * (y1 - y0 || Math.abs(y1) || 1);
  return { x, y: [y0 - more, y1 + more] };
}

/** Curves that grow get so much more than they span, and fill at least so much of what they once got. */
const [ROOM, FILLED] = [0.12, 0.75];

/**
 * The extent of a chart whose curves grow: the one from before for as long as they fit in, so that what has been drawn
 * stays where it is.
 */
export function growingExtent(extent: Extent, before: Extent | undefined, logarithmic: boolean): Extent {
  const on = logarithmic ? Math.log10 : (value: number): number => value;
  const off = logarithmic ? (value: number): number => 10 ** value : (value: number): number => value;
  const [x0, x1] = extent.x;
  const [y0, y1] = [on(extent.y[0]), on(extent.y[1])];
  const isKept = (from: number, to: number, [least, most]: readonly [number, number]): boolean =>
    from >= least && to <= most && to - from >= FILLED * (most - least);
  const { x, y = [NaN, NaN] } = before ?? {};
  return {
    x: x?.[0] === x0 && isKept(x0, x1, x) ? x : [x0, x1 + ROOM * (x1 - x0)],
    y: isKept(y0, y1, [on(y[0]), on(y[1])])
      ? [y[0], y[1]]
      : [off(y0 - (ROOM / 2) * (y1 - y0)), off(y1 + (ROOM / 2) * (y1 - y0))],
  };
}

/** Which chart of a run. */
export interface CurveChart {
  readonly quantity: Quantity;
  readonly axis: Axis;
  readonly metric: { readonly name: string; readonly higherIsBetter: boolean };
  readonly logarithmic: boolean;
}

const HEIGHT = 320;

/** Curves of training as a chart that stands still: for files, and for print. */
export function curveChart(curves: readonly Curve[], chart: CurveChart): Chart | undefined {
  const drawing = curveDrawing(curves, chart);
  return (
    drawing && {
      id: `curves-${chart.quantity}`,
      title: quantityName(chart.quantity, chart.metric.name),
      drawing,
      table: curveTable(curves, chart),
      values: curveValues(curves, chart),
    }
  );
}

function curveDrawing(
  curves: readonly Curve[],
  { quantity, axis, metric, logarithmic }: CurveChart,
): Markup | undefined {
  const isLogarithmic = logarithmic && quantity !== 'metric';
  const extent = extentOf(curves, isLogarithmic);
  if (!extent) return undefined;
  const legend = exportLegend(
    [...new Map(curves.map(curve => [curve.arm, curve])).values()].map(curve => ({
      ...curve,
      name: armName(curve.arm),
    })),
    HEIGHT,
  );
  const x = linearScale(extent.x, [MARGIN_LEFT, CHART_WIDTH - MARGIN_RIGHT]);
  const y = (isLogarithmic ? decadeScale : linearScale)(extent.y, [HEIGHT - MARGIN_BOTTOM, MARGIN_TOP]);
  const place = (xs: Float64Array, ys: Float64Array): string => {
    let isApart = true;
    return Array.from(xs, (at, i) => {
      const to = y.place(ys[i] ?? NaN);
      if (!Number.isFinite(to)) {
        isApart = true;
        return '';
      }
      const step = `${isApart ? 'M' : 'L'}${x.place(at).toFixed(1)},${to.toFixed(1)}`;
      isApart = false;
      return step;
    }).join('');
  };
  return el(
    'svg',
    svgAttributes(HEIGHT, quantityName(quantity, metric.name), legend),
    axes(x, y, HEIGHT, formatCount, value => quantityText(quantity, metric.name, value)),
    el(
      'text',
      {
        class: 'label',
        x: (MARGIN_LEFT + CHART_WIDTH - MARGIN_RIGHT) / 2,
        y: HEIGHT - 6,
        'text-anchor': 'middle',
      },
      axisName(axis),
    ),
    curves.map(curve => {
      const { xs, ys, low, high, strategy, variant } = curve;
      const color = colorOf(strategy);
      const isAlone = xs.length === 1;
      return el(
        'g',
        { stroke: color, fill: color },
        el('title', {}, curveName(curve)),
        low && high && !isLogarithmic
          ? el('path', {
              d: `${place(xs, high)}${place(xs.toReversed(), low.toReversed()).replace('M', 'L')}Z`,
              stroke: 'none',
              opacity: 0.15,
            })
          : undefined,
        isAlone
          ? el('circle', { cx: x.place(xs[0] ?? 0), cy: y.place(ys[0] ?? 0), r: 3 })
          : el('path', {
              d: place(xs, ys),
              fill: 'none',
              'stroke-width': curve.seed === undefined ? 2 : 1,
              'stroke-dasharray': dashOf(variant),
            }),
      );
    }),
    legend.markup,
  );
}

/** Of each curve: where it is, and the best that it has been. */
export function curveTable(
  curves: readonly Curve[],
  { quantity, axis, metric }: Pick<CurveChart, 'quantity' | 'axis' | 'metric'>,
): Markup {
  const isHigher = quantity === 'metric' && metric.higherIsBetter;
  const text = (value: number): string => quantityText(quantity, metric.name, value);
  return tableOf(
    [l10n.t('strategy'), axisName(axis), l10n.t('last'), l10n.t('best')],
    curves.map(curve => {
      const finite = curve.ys.filter(Number.isFinite);
      const best = isHigher ? Math.max(...finite) : Math.min(...finite);
      return [
        curveName(curve),
        formatCount(Number((curve.xs.at(-1) ?? NaN).toPrecision(4))),
        text(curve.ys.at(-1) ?? NaN),
        text(best),
      ];
    }),
  );
}

export function curveValues(
  curves: readonly Curve[],
  { quantity, axis, metric }: Pick<CurveChart, 'quantity' | 'axis' | 'metric'>,
): ChartValues {
  const name = { loss: 'loss', validationLoss: 'validation loss', metric: metric.name }[quantity];
  return {
    header: ['strategy', 'examples', 'seed', axis, name, 'low', 'high'],
    rows: curves.flatMap(({ arm, n, seed, xs, ys, low, high }) =>
      Array.from(xs, (x, i) => [arm, n, seed, x, ys[i], low?.[i], high?.[i]]),
    ),
  };
}
