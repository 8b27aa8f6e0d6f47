import * as l10n from '@vscode/l10n';
import { differenceText, differenceUnit, metricName, metricValueText } from '../../advisor/text/measured';
import type { PilotReport } from '../../training/pilot/report';
import { tableOf, type Chart } from './chart';
import { differenceTick } from './row-charts';
import { rowsDrawing, type Heading, type Row } from './rows';
import { rangeOf } from './scale';

/** What each stage's errors cost a pipeline: what its true output, after true input, would gain. */
export function stageChart({ arms, metric }: PilotReport): Chart | undefined {
  const arm = arms.find(({ stages = [] }) => stages.some(({ cost }) => cost && Number.isFinite(cost.value)));
  const { stages = [], strategy = '' } = arm ?? {};
  const rows = stages.flatMap(({ stage, cost }) => (cost ? [{ name: stage, strategy, ...cost }] : []));
  if (rows.length === 0) return undefined;
  const title = l10n.t('What the errors of each stage cost the pipeline');
  return {
    id: 'stages',
    title,
    drawing: rowsDrawing({
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
        l10n.t('{0} with its true output', metricName(metric.name)),
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
    const rows = [...new Set(own.map(({ arm }) => arm))].flatMap((arm): (Row | Heading)[] => {
      const known = own.flatMap(({ arm: of, task, gain }) =>
        of === arm && gain && Number.isFinite(gain.value)
          ? [{ name: task, strategy: arm.strategy, ...gain }]
          : [],
      );
      return known.length === 0 ? [] : [{ heading: arm.id }, ...known];
    });
    if (!first || rows.length === 0) return [];
    const title = l10n.t('What training together gained or lost each task');
    const chart: Chart = {
      id: i === 0 ? 'tasks' : `tasks-${i + 1}`,
      title,
      drawing: rowsDrawing({
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
