import * as l10n from '@vscode/l10n';
import type { PilotReport } from '../../protocol/pilot-report';
import { differenceText, differenceUnit, metricName, metricValueText } from '../../messages/metric-text';
import { outcomeName } from '../../experiments/report/run-summary-text';
import { formatCount } from '../../messages/quantities';
import { rangeOf } from '../charts/axis-scale';
import { type Chart, shownArms, tableOf } from '../charts/chart';
import { type ForestPlotHeading, type ForestPlotRow, forestPlot } from '../charts/forest-plot';

/** Differences to single-task training at the size of the verdict, with their intervals. */
export function differenceChart(report: PilotReport): Chart | undefined {
  const { metric, verdict, margin } = report;
  if (!verdict) return undefined;
  const rows = shownArms(report).flatMap(({ id, strategy, differences }) => {
    const at = differences.find(({ n }) => n === verdict.n);
    return at && [at.value, at.low, at.high].every(Number.isFinite) ? [{ name: id, strategy, ...at }] : [];
  });
  if (rows.length === 0) return undefined;
  const title = l10n.t('Difference from single-task training at {0} examples', formatCount(verdict.n));
  return {
    id: 'differences',
    title,
    drawing: forestPlot({
      ...{ title, rows, margin, mark: 'point' },
      range: rangeOf([0, margin, -margin, ...rows.flatMap(({ low, high }) => [low, high])]),
      axis: differenceUnit(metric.name),
      tick: value => differenceTick(metric.name, value),
    }),
    table: tableOf(
      [l10n.t('strategy'), l10n.t('difference'), 'p', l10n.t('outcome')],
      rows.map(({ name, p, outcome, ...at }) => [
        name,
        differenceText(metric.name, at),
        p < 0.001 ? '< 0.001' : p.toPrecision(2),
        outcome === undefined ? '–' : outcomeName(outcome),
      ]),
    ),
    values: {
      header: ['strategy', 'examples', 'difference', 'low', 'high', 'p'],
      rows: rows.map(({ name, n, value, low, high, p }) => [name, n, value, low, high, p]),
    },
  };
}

/** A difference's number without its unit, which stands beside the axis. */
function differenceTick(metric: string, value: number): string {
  return metricValueText(metric, value).replace(' %', '').replace(/\.0$/, '');
}

/** How many more labelled examples of its own single-task training would need to do as well. */
export function effectiveDataChart(report: PilotReport): Chart | undefined {
  const { verdict } = report;
  const rows = shownArms(report).flatMap(({ id, strategy, effectiveExamples = [] }) => {
    const at = effectiveExamples.find(({ n }) => n === verdict?.n) ?? effectiveExamples.at(-1);
    return at && Number.isFinite(at.value) ? [{ name: id, strategy, ...at }] : [];
  });
  if (rows.length === 0) return undefined;
  const ends = rows.flatMap(({ low, high, value }) => [low, high, value]).filter(Number.isFinite);
  const title = l10n.t('Effective extra examples');
  return {
    id: 'worth',
    title,
    drawing: forestPlot({
      ...{ title, rows, mark: 'bar' },
      range: [Math.min(0, ...ends), Math.max(1, ...ends) * 1.04],
      axis: l10n.t('extra examples'),
      tick: value => formatCount(Math.round(value)),
    }),
    table: tableOf(
      [l10n.t('strategy'), l10n.t('at'), l10n.t('extra examples')],
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

/** What each stage's errors cost a pipeline: what its true output, after true input, would gain. */
export function stageChart({ arms, metric }: PilotReport): Chart | undefined {
  const arm = arms.find(({ stages = [] }) => stages.some(({ cost }) => cost && Number.isFinite(cost.value)));
  const { stages = [], strategy = '' } = arm ?? {};
  const rows = stages.flatMap(({ stage, cost }) => (cost ? [{ name: stage, strategy, ...cost }] : []));
  if (rows.length === 0) return undefined;
  const title = l10n.t('Error attribution by stage');
  return {
    id: 'stages',
    title,
    drawing: forestPlot({
      ...{ title, rows, mark: 'bar' },
      range: rangeOf([0, ...rows.flatMap(({ low, high }) => [low, high])]),
      axis: differenceUnit(metric.name),
      tick: value => differenceTick(metric.name, value),
    }),
    table: tableOf(
      [
        l10n.t('stage'),
        l10n.t('cost'),
        l10n.t('on its own test data'),
        l10n.t('{0} with ground-truth output', metricName(metric.name)),
      ],
      stages.map(({ stage, own, withTrueOutput, cost }) => [
        stage,
        cost ? differenceText(metric.name, cost).replace(/^\+/, '') : '–',
        own ? `${metricName(own.metric)} ${metricValueText(own.metric, own.value)}` : '–',
        withTrueOutput === undefined ? '–' : metricValueText(metric.name, withTrueOutput),
      ]),
    ),
    values: {
      header: ['stage', 'cost', 'low', 'high', `${metric.name} with true output`, 'own metric', 'own value'],
      rows: stages.map(({ stage, cost, withTrueOutput, own }) => [
        ...[stage, cost?.value, cost?.low, cost?.high, withTrueOutput, own?.metric, own?.value],
      ]),
    },
  };
}

/** What training together gained or lost each task: a chart for each unit that the tasks are measured in. */
export function taskCharts({ arms }: PilotReport): readonly Chart[] {
  const all = arms.flatMap(arm =>
    Object.entries(arm.tasks ?? {}).map(([task, report]) => ({ arm, task, ...report })),
  );
  const units = [...new Set(all.map(({ metric }) => differenceUnit(metric)))];
  return units.flatMap((unit, i) => {
    const own = all.filter(({ metric }) => differenceUnit(metric) === unit);
    const [first] = own;
    const rows = [...new Set(own.map(({ arm }) => arm))].flatMap(
      (arm): (ForestPlotRow | ForestPlotHeading)[] => {
        const known = own.flatMap(({ arm: of, task, gain }) =>
          of === arm && gain && Number.isFinite(gain.value)
            ? [{ name: task, strategy: arm.strategy, ...gain }]
            : [],
        );
        return known.length === 0 ? [] : [{ heading: arm.id }, ...known];
      },
    );
    if (!first || rows.length === 0) return [];
    const title = l10n.t('Change of each task under joint training');
    const chart: Chart = {
      id: i === 0 ? 'tasks' : `tasks-${i + 1}`,
      title,
      drawing: forestPlot({
        ...{ title, rows, mark: 'bar' },
        range: rangeOf([0, ...rows.flatMap(row => ('heading' in row ? [] : [row.low, row.high]))]),
        axis: unit,
        tick: value => differenceTick(first.metric, value),
      }),
      table: tableOf(
        [l10n.t('strategy'), l10n.t('task'), l10n.t('together'), l10n.t('alone'), l10n.t('gain')],
        own.map(({ arm, task, metric, value, alone, gain }) => [
          arm.id,
          `${task} (${metricName(metric)})`,
          metricValueText(metric, value),
          alone === undefined ? '–' : metricValueText(metric, alone),
          gain ? differenceText(metric, gain) : '–',
        ]),
      ),
      values: {
        header: ['strategy', 'task', 'metric', 'together', 'alone', 'gain', 'low', 'high'],
        rows: own.map(({ arm, task, metric, value, alone, gain }) => [
          ...[arm.id, task, metric, value, alone, gain?.value, gain?.low, gain?.high],
        ]),
      },
    };
    return [chart];
  });
}
