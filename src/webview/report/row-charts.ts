import * as l10n from '@vscode/l10n';
import { formatCount } from '../../advisor/text/format';
import { differenceText, metricValueText } from '../../advisor/text/measured';
import type { PilotReport } from '../../training/pilot/report';
import { BOTTOM, RIGHT, shownArms, svgAttributes, tableOf, TOP, WIDTH, type Chart } from './chart';
import { colorOf } from './colors';
import { el } from './markup';
import { linearScale, rangeOf } from './scale';

/** Differences to single-task training at the size of the verdict, with their intervals. */
export function differenceChart(report: PilotReport): Chart | undefined {
  const { metric, verdict, margin } = report;
  if (!verdict) return undefined;
  const rows = shownArms(report).flatMap(arm => {
    const at = arm.differences.find(({ n }) => n === verdict.n);
    return at && [at.value, at.low, at.high].every(Number.isFinite) ? [{ arm, at }] : [];
  });
  if (rows.length === 0) return undefined;
  const [left, step] = [224, 30];
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
    values: {
      header: ['strategy', 'examples', 'difference', 'low', 'high', 'p'],
      rows: rows.map(({ arm, at }) => [arm.id, at.n, at.value, at.low, at.high, at.p]),
    },
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
  const [left, step] = [224, 30];
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
    values: {
      header: ['strategy', 'examples', 'more examples', 'low', 'high', 'at least'],
      rows: rows.map(({ id, at }) => [id, at.n, at.value, at.low, at.high, at.atLeast === true ? 1 : 0]),
    },
  };
}
