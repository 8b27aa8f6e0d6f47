import { formatCount } from '../../advisor/text/format';
import { axes, BOTTOM, LEFT, RIGHT, svgAttributes, tableOf, TOP, WIDTH, type Chart } from '../report/chart';
import { colorOf, dashOf } from '../report/colors';
import type { Values } from '../report/csv';
import { fileLegend } from '../report/file-legend';
import { el, type Markup } from '../report/markup';
import { decadeScale, linearScale } from '../report/scale';
import * as l10n from '@vscode/l10n';
import type { Axis, Curve, Quantity } from './curve';
import { extentOf } from './extent';
import { armName, axisName, curveName, quantityName, quantityText } from './texts';

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
  const legend = fileLegend(
    [...new Map(curves.map(curve => [curve.arm, curve])).values()].map(curve => ({
      ...curve,
      name: armName(curve.arm),
    })),
    HEIGHT,
  );
  const x = linearScale(extent.x, [LEFT, WIDTH - RIGHT]);
  const y = (isLogarithmic ? decadeScale : linearScale)(extent.y, [HEIGHT - BOTTOM, TOP]);
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
      { class: 'label', x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 6, 'text-anchor': 'middle' },
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
): Values {
  const name = { loss: 'loss', validationLoss: 'validation loss', metric: metric.name }[quantity];
  return {
    header: ['strategy', 'examples', 'seed', axis, name, 'low', 'high'],
    rows: curves.flatMap(({ arm, n, seed, xs, ys, low, high }) =>
      Array.from(xs, (x, i) => [arm, n, seed, x, ys[i], low?.[i], high?.[i]]),
    ),
  };
}
