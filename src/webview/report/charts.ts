import * as l10n from '@vscode/l10n';
import { formatCount } from '../../advisor/text/format';
import { differenceText, metricName, metricValueText } from '../../advisor/text/measured';
import type { ArmReport, PilotReport } from '../../training/pilot/report';
import { colorOf, dashOf } from './colors';
import { el, type Markup } from './markup';
import { linearScale, logScale, rangeOf, type Scale } from './scale';

const WIDTH = 720;
const LEFT = 64;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 44;

/** A chart: a drawing, and the same values as a table for those who do not see it. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly drawing: Markup;
  readonly table: Markup;
}

/** The arms to show; end-to-end is single-task training under another name. */
export function shownArms({ arms }: PilotReport): readonly ArmReport[] {
  return arms.filter(({ id }) => id !== 'end-to-end');
}

/** Metric against training examples: what was measured, the fitted curve, and what is extrapolated from it. */
export function sizeChart(report: PilotReport): Chart | undefined {
  const { metric, available, verdict } = report;
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
  const x = logScale([Math.min(...sizes) * 0.9, Math.max(...sizes) * 1.05], [LEFT, WIDTH - RIGHT]);
  const y = linearScale(rangeOf(values), [height - BOTTOM, TOP]);
  const clip = 'sizes-clip';
  const drawing = el(
    'svg',
    svgAttributes(height, l10n.t('{0} against training examples', metricName(metric.name))),
    el(
      'clipPath',
      { id: clip },
      el('rect', { x: LEFT, y: TOP, width: WIDTH - LEFT - RIGHT, height: height - TOP - BOTTOM }),
    ),
    axes(x, y, height, formatCount, value => metricValueText(metric.name, value)),
    el(
      'text',
      { class: 'label', x: (LEFT + WIDTH - RIGHT) / 2, y: height - 6, 'text-anchor': 'middle' },
      l10n.t('training examples'),
    ),
    mark(x.place(available), height, l10n.t('all: {0}', formatCount(available))),
    breakEven === undefined
      ? undefined
      : mark(
          x.place(breakEven),
          height,
          l10n.t('break-even: {0}', formatCount(Number(breakEven.toPrecision(2)))),
        ),
    el(
      'g',
      { 'clip-path': `url(#${clip})` },
      arms.map((arm, i) => armCurve(arm, fits[i] ?? [], x, y)),
    ),
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
  };
}

type FitPoints = Extract<NonNullable<ArmReport['fit']>, { kind: 'power-law' }>['points'];

function armCurve({ id, strategy, variant, curve }: ArmReport, fit: FitPoints, x: Scale, y: Scale): Markup {
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
        x1: x.place(n),
        x2: x.place(n),
        y1: y.place(low),
        y2: y.place(high),
        'stroke-width': 1,
        opacity: 0.55,
      }),
      el('circle', { cx: x.place(n), cy: y.place(mean), r: 3.5 }),
    ]),
  );
}

/** Differences to single-task training at the size of the verdict, with their intervals. */
export function differenceChart(report: PilotReport): Chart | undefined {
  const { metric, verdict, margin } = report;
  if (!verdict) return undefined;
  const rows = shownArms(report).flatMap(arm => {
    const at = arm.differences.find(({ n }) => n === verdict.n);
    return at && [at.value, at.low, at.high].every(Number.isFinite) ? [{ arm, at }] : [];
  });
  if (rows.length === 0) return undefined;
  const [left, step] = [170, 30];
  const height = TOP + rows.length * step + BOTTOM;
  const x = linearScale(rangeOf([0, margin, -margin, ...rows.flatMap(({ at }) => [at.low, at.high])]), [
    left,
    WIDTH - RIGHT,
  ]);
  const zero = x.place(0);
  const title = l10n.t('Difference to single-task training at {0} examples', formatCount(verdict.n));
  return {
    id: 'differences',
    title,
    drawing: el(
      'svg',
      svgAttributes(height, title),
      el('rect', {
        class: 'margin',
        x: x.place(-margin),
        y: TOP,
        width: x.place(margin) - x.place(-margin),
        height: rows.length * step,
      }),
      x.ticks.map(tick => [
        el('line', { class: 'grid', x1: x.place(tick), x2: x.place(tick), y1: TOP, y2: height - BOTTOM }),
        el(
          'text',
          { class: 'tick', x: x.place(tick), y: height - BOTTOM + 16, 'text-anchor': 'middle' },
          differenceTick(metric.name, tick),
        ),
      ]),
      el('line', { class: 'axis', x1: zero, x2: zero, y1: TOP, y2: height - BOTTOM }),
      rows.map(({ arm, at }, i) => {
        const middle = TOP + (i + 0.5) * step;
        const color = colorOf(arm.strategy);
        return el(
          'g',
          { stroke: color, fill: color },
          el('text', { class: 'label name', x: left - 10, y: middle + 4, 'text-anchor': 'end' }, arm.id),
          el('line', {
            x1: x.place(at.low),
            x2: x.place(at.high),
            y1: middle,
            y2: middle,
            'stroke-width': 2,
          }),
          el('circle', { cx: x.place(at.value), cy: middle, r: 5 }),
        );
      }),
    ),
    table: tableOf(
      [l10n.t('strategy'), l10n.t('difference'), 'p'],
      rows.map(({ arm, at }) => [
        arm.id,
        differenceText(metric.name, at),
        at.p < 0.001 ? '< 0.001' : at.p.toPrecision(2),
      ]),
    ),
  };
}

function differenceTick(metric: string, value: number): string {
  return metricValueText(metric, value).replace(' %', '').replace('-', '−').replace(/\.0$/, '');
}

/** How many more labelled examples of its own single-task training would need to do as well. */
export function worthChart(report: PilotReport): Chart | undefined {
  const { verdict } = report;
  const rows = shownArms(report).flatMap(({ id, strategy, effectiveExamples = [] }) => {
    const at = effectiveExamples.find(({ n }) => n === verdict?.n) ?? effectiveExamples.at(-1);
    return at && Number.isFinite(at.value) ? [{ id, strategy, at }] : [];
  });
  if (rows.length === 0) return undefined;
  const [left, step] = [170, 30];
  const height = TOP + rows.length * step + BOTTOM;
  const ends = rows.flatMap(({ at }) => [at.low, at.high, at.value]).filter(Number.isFinite);
  const x = linearScale([Math.min(0, ...ends), Math.max(1, ...ends) * 1.04], [left, WIDTH - RIGHT]);
  const title = l10n.t('Worth so many more labelled examples');
  return {
    id: 'worth',
    title,
    drawing: el(
      'svg',
      svgAttributes(height, title),
      x.ticks.map(tick => [
        el('line', { class: 'grid', x1: x.place(tick), x2: x.place(tick), y1: TOP, y2: height - BOTTOM }),
        el(
          'text',
          { class: 'tick', x: x.place(tick), y: height - BOTTOM + 16, 'text-anchor': 'middle' },
          formatCount(Math.round(tick)).replace('-', '−'),
        ),
      ]),
      rows.map(({ id, strategy, at }, i) => {
        const middle = TOP + (i + 0.5) * step;
        const [a, b] = [x.place(0), x.place(at.value)];
        return el(
          'g',
          { stroke: colorOf(strategy), fill: colorOf(strategy) },
          el('text', { class: 'label name', x: left - 10, y: middle + 4, 'text-anchor': 'end' }, id),
          el('rect', {
            x: Math.min(a, b),
            y: middle - 8,
            width: Math.max(1, Math.abs(b - a)),
            height: 16,
            opacity: 0.75,
          }),
          el('line', {
            class: 'whisker',
            x1: x.place(at.low),
            x2: x.place(at.high),
            y1: middle,
            y2: middle,
            'stroke-width': 1.5,
          }),
        );
      }),
    ),
    table: tableOf(
      [l10n.t('strategy'), l10n.t('at'), l10n.t('more examples')],
      rows.map(({ id, at }) => [
        id,
        formatCount(at.n),
        `${at.atLeast === true ? '≥ ' : ''}${formatCount(Math.round(at.value))} [${formatCount(Math.round(at.low))}, ${formatCount(Math.round(at.high))}]`,
      ]),
    ),
  };
}

function svgAttributes(height: number, title: string): Record<string, string | number> {
  return {
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: 'img',
    'aria-label': title,
    xmlns: 'http://www.w3.org/2000/svg',
  };
}

function axes(
  x: Scale,
  y: Scale,
  height: number,
  xText: (value: number) => string,
  yText: (value: number) => string,
): readonly Markup[] {
  const bottom = height - BOTTOM;
  return [
    ...y.ticks.flatMap(tick => [
      el('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y.place(tick), y2: y.place(tick) }),
      el('text', { class: 'tick', x: LEFT - 8, y: y.place(tick) + 4, 'text-anchor': 'end' }, yText(tick)),
    ]),
    ...x.ticks.flatMap(tick => [
      el('line', { class: 'grid', x1: x.place(tick), x2: x.place(tick), y1: TOP, y2: bottom }),
      el('text', { class: 'tick', x: x.place(tick), y: bottom + 16, 'text-anchor': 'middle' }, xText(tick)),
    ]),
    el('line', { class: 'axis', x1: LEFT, x2: WIDTH - RIGHT, y1: bottom, y2: bottom }),
  ];
}

function mark(x: number, height: number, text: string): Markup {
  const isRight = x > WIDTH / 2;
  return el(
    'g',
    { class: 'mark' },
    el('line', { x1: x, x2: x, y1: TOP, y2: height - BOTTOM }),
    el(
      'text',
      {
        class: 'tick',
        x: isRight ? x - 4 : x + 4,
        y: height - BOTTOM - 6,
        'text-anchor': isRight ? 'end' : 'start',
      },
      text,
    ),
  );
}

export function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return el(
    'table',
    {},
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        header.map(text => el('th', { scope: 'col' }, text)),
      ),
    ),
    el(
      'tbody',
      {},
      rows.map(([first = '', ...rest]) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row' }, first),
          rest.map(text => el('td', {}, text)),
        ),
      ),
    ),
  );
}
