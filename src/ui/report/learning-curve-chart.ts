import * as l10n from '@vscode/l10n';
import type { ArmReport, PilotReport } from '../../protocol/pilot-report';
import { chanceText } from '../../experiments/report/run-summary-text';
import { metricName, metricValueText } from '../../messages/metric-text';
import { formatCount } from '../../messages/quantities';
import { type Scale, linearScale, logScale, rangeOf } from '../charts/axis-scale';
import {
  CHART_WIDTH,
  type Chart,
  MARGIN_BOTTOM,
  MARGIN_LEFT,
  MARGIN_RIGHT,
  MARGIN_TOP,
  axes,
  axisMark,
  exportLegend,
  levelMark,
  shownArms,
  svgAttributes,
  tableOf,
} from '../charts/chart';
import { type Markup, el } from '../markup';
import { colorOf, dashOf } from '../strategy-colors';

/** Metric against training examples: what was measured, the fitted curve, and what is extrapolated from it. */
export function learningCurveChart(report: PilotReport): Chart | undefined {
  const { metric, available, verdict, chance } = report;
  const arms = shownArms(report).filter(({ curve }) => curve.some(({ mean }) => Number.isFinite(mean)));
  if (arms.length === 0) return undefined;
  const height = 340;
  const breakEven = verdict?.breakEven?.value;
  const fits = arms.map(({ fit }) => (fit?.kind === 'power-law' ? fit.points : []));
  const sizes = [
    ...arms.flatMap(({ curve }) => curve.map(({ n }) => n)),
    ...fits.flat().map(({ n }) => n),
    available,
    ...(breakEven === undefined ? [] : [breakEven]),
  ];
  const values = arms.flatMap(({ curve }) => curve.flatMap(({ mean, low, high }) => [mean, low, high]));
  if (chance !== undefined) values.push(chance);
  const x = logScale(
    [Math.min(...sizes) * 0.9, Math.max(...sizes) * 1.05],
    [MARGIN_LEFT, CHART_WIDTH - MARGIN_RIGHT],
  );
  const y = linearScale(rangeOf(values), [height - MARGIN_BOTTOM, MARGIN_TOP]);
  const clip = 'sizes-clip';
  const legend = exportLegend(
    arms.map(({ id, strategy, variant }) => ({
      name: id,
      strategy,
      ...(variant === undefined ? {} : { variant }),
    })),
    height,
  );
  const drawing = el(
    'svg',
    svgAttributes(height, l10n.t('{0} against training examples', metricName(metric.name)), legend),
    el(
      'clipPath',
      { id: clip },
      el('rect', {
        x: MARGIN_LEFT,
        y: MARGIN_TOP,
        width: CHART_WIDTH - MARGIN_LEFT - MARGIN_RIGHT,
        height: height - MARGIN_TOP - MARGIN_BOTTOM,
      }),
    ),
    axes(x, y, height, formatCount, value => metricValueText(metric.name, value)),
    el(
      'text',
      {
        class: 'label',
        x: (MARGIN_LEFT + CHART_WIDTH - MARGIN_RIGHT) / 2,
        y: height - 6,
        'text-anchor': 'middle',
      },
      l10n.t('training examples'),
    ),
    axisMark(x.place(available), height, l10n.t('all: {0}', formatCount(available))),
    chance === undefined ? undefined : levelMark(y.place(chance), chanceText(metric.name, chance)),
    breakEven === undefined
      ? undefined
      : axisMark(
          x.place(breakEven),
          height,
          l10n.t('break-even: {0}', formatCount(Number(breakEven.toPrecision(2)))),
        ),
    el(
      'g',
      { 'clip-path': `url(#${clip})` },
      arms.map((arm, i) => armCurve(arm, fits[i] ?? [], x, y, (i - (arms.length - 1) / 2) * 5)),
    ),
    legend.markup,
  );
  const columns = [...new Set(arms.flatMap(({ curve }) => curve.map(({ n }) => n)))].sort((a, b) => a - b);
  return {
    id: 'sizes',
    title: l10n.t('{0} against training examples', metricName(metric.name)),
    drawing,
    table: tableOf(
      [l10n.t('strategy'), ...columns.map(formatCount)],
      arms.map(({ id, curve }) => [
        id,
        ...columns.map(n => {
          const at = curve.find(point => point.n === n);
          return at
            ? `${metricValueText(metric.name, at.mean)} [${metricValueText(metric.name, at.low)}, ${metricValueText(metric.name, at.high)}]`
            : '–';
        }),
      ]),
    ),
    values: {
      header: ['strategy', 'examples', 'kind', metric.name, 'low', 'high'],
      rows: arms.flatMap(({ id, curve }, i) => [
        ...curve.map(({ n, mean, low, high }) => [id, n, 'measured', mean, low, high]),
        ...(fits[i] ?? []).map(({ n, value, low, high, extrapolated }) => [
          ...[id, n, extrapolated ? 'extrapolated' : 'fitted', value, low, high],
        ]),
      ]),
    },
  };
}

type FitPoints = Extract<NonNullable<ArmReport['fit']>, { kind: 'power-law' }>['points'];

/** `aside`: how far its points stand beside their size, so that those of other arms do not hide them. */
function armCurve(
  { id, strategy, variant, curve }: ArmReport,
  fit: FitPoints,
  x: Scale,
  y: Scale,
  aside: number,
): Markup {
  const color = colorOf(strategy);
  const path = (points: readonly { readonly n: number; readonly value: number }[]): string =>
    points
      .map(({ n, value }, i) => `${i === 0 ? 'M' : 'L'}${x.place(n).toFixed(1)},${y.place(value).toFixed(1)}`)
      .join('');
  const inside = fit.filter(({ extrapolated }) => !extrapolated);
  const beyond = [...inside.slice(-1), ...fit.filter(({ extrapolated }) => extrapolated)];
  const measured = curve.filter(({ mean }) => Number.isFinite(mean));
  const line = inside.length > 1 ? inside : measured.map(({ n, mean }) => ({ n, value: mean }));
  return el(
    'g',
    { class: 'arm', stroke: color, fill: color },
    el('title', {}, id),
    el('path', { d: path(line), fill: 'none', 'stroke-width': 2, 'stroke-dasharray': dashOf(variant) }),
    beyond.length > 1
      ? el('path', {
          class: 'beyond',
          d: path(beyond),
          fill: 'none',
          'stroke-width': 1.2,
          'stroke-dasharray': '1 4',
          opacity: 0.8,
        })
      : undefined,
    measured.map(({ n, mean, low, high }) => [
      el('line', {
        x1: x.place(n) + aside,
        x2: x.place(n) + aside,
        y1: y.place(low),
        y2: y.place(high),
        'stroke-width': 1,
        opacity: 0.55,
      }),
      el('circle', { cx: x.place(n) + aside, cy: y.place(mean), r: 3.5 }),
    ]),
  );
}
