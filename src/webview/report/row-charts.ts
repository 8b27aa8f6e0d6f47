import * as l10n from '@vscode/l10n';
import { formatCount } from '../../advisor/text/format';
import { differenceText, differenceUnit, metricValueText } from '../../advisor/text/measured';
import type { PilotReport } from '../../training/pilot/report';
import { shownArms, tableOf, type Chart } from './chart';
import { rowsDrawing } from './rows';
import { rangeOf } from './scale';

/** Differences to single-task training at the size of the verdict, with their intervals. */
export function differenceChart(report: PilotReport): Chart | undefined {
  const { metric, verdict, margin } = report;
  if (!verdict) return undefined;
  const rows = shownArms(report).flatMap(({ id, strategy, differences }) => {
    const at = differences.find(({ n }) => n === verdict.n);
    return at && [at.value, at.low, at.high].every(Number.isFinite) ? [{ name: id, strategy, ...at }] : [];
  });
  if (rows.length === 0) return undefined;
  const title = l10n.t('Difference to single-task training at {0} examples', formatCount(verdict.n));
  return {
    id: 'differences',
    title,
    drawing: rowsDrawing({
      ...{ title, rows, margin, mark: 'point' },
      range: rangeOf([0, margin, -margin, ...rows.flatMap(({ low, high }) => [low, high])]),
      axis: differenceUnit(metric.name),
      tick: value => differenceTick(metric.name, value),
    }),
    table: tableOf(
      [l10n.t('strategy'), l10n.t('difference'), 'p'],
      rows.map(({ name, p, ...at }) => [
        name,
        differenceText(metric.name, at),
        p < 0.001 ? '< 0.001' : p.toPrecision(2),
      ]),
    ),
    values: {
      header: ['strategy', 'examples', 'difference', 'low', 'high', 'p'],
      rows: rows.map(({ name, n, value, low, high, p }) => [name, n, value, low, high, p]),
    },
  };
}

/** A difference's number without its unit, which stands beside the axis. */
export function differenceTick(metric: string, value: number): string {
  return metricValueText(metric, value).replace(' %', '').replace(/\.0$/, '');
}

/** How many more labelled examples of its own single-task training would need to do as well. */
export function worthChart(report: PilotReport): Chart | undefined {
  const { verdict } = report;
  const rows = shownArms(report).flatMap(({ id, strategy, effectiveExamples = [] }) => {
    const at = effectiveExamples.find(({ n }) => n === verdict?.n) ?? effectiveExamples.at(-1);
    return at && Number.isFinite(at.value) ? [{ name: id, strategy, ...at }] : [];
  });
  if (rows.length === 0) return undefined;
  const ends = rows.flatMap(({ low, high, value }) => [low, high, value]).filter(Number.isFinite);
  const title = l10n.t('Worth so many more labelled examples');
  return {
    id: 'worth',
    title,
    drawing: rowsDrawing({
      ...{ title, rows, mark: 'bar' },
      range: [Math.min(0, ...ends), Math.max(1, ...ends) * 1.04],
      axis: l10n.t('more examples'),
      tick: value => formatCount(Math.round(value)),
    }),
    table: tableOf(
      [l10n.t('strategy'), l10n.t('at'), l10n.t('more examples')],
      rows.map(({ name, n, value, low, high, atLeast }) => [
        name,
        formatCount(n),
        `${atLeast === true ? '≥ ' : ''}${formatCount(Math.round(value))} [${formatCount(Math.round(low))}, ${formatCount(Math.round(high))}]`,
      ]),
    ),
    values: {
      header: ['strategy', 'examples', 'more examples', 'low', 'high', 'at least'],
      rows: rows.map(({ name, n, value, low, high, atLeast }) => [
        ...[name, n, value, low, high],
        atLeast === true ? 1 : 0,
      ]),
    },
  };
}
