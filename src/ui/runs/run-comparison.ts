import * as l10n from '@vscode/l10n';
import type { ArmReport } from '../../protocol/pilot-report';
import { verdictText } from '../../experiments/report/run-summary-text';
import { metricName, metricValueText } from '../../messages/metric-text';
import { formatCount } from '../../messages/quantities';
import { runTitle } from '../../messages/run-titles';
import { shownArms, tableOf } from '../charts/chart';
import { type Markup, el } from '../markup';
import type { ListedRun } from './runs-page-messages';
import { entryOf } from '../../common/named-entries';

/** What a run is called: its name, or what it is about and when. */
export function runName({ name, task, kind, started }: ListedRun): string {
  if (name !== undefined) return name;
  return `${runTitle({ kind, task })}, ${started.slice(0, 16).replace('T', ' ')}`;
}

/** Two runs side by side: what they rest on, what they found, and each strategy at the sizes that both have. */
export function runComparison(a: ListedRun, b: ListedRun): readonly Markup[] {
  const names = [runName(a), runName(b)] as const;
  return [
    el('h2', {}, l10n.t('Comparison')),
    comparability(a, b),
    tableOf(
      ['', ...names],
      [
        [l10n.t('task'), a.task, b.task],
        [l10n.t('verdict'), found(a), found(b)],
        [l10n.t('metric'), metricName(a.metric.name), metricName(b.metric.name)],
        [l10n.t('training examples'), formatCount(a.available), formatCount(b.available)],
        [l10n.t('sizes'), a.sizes.map(formatCount).join(', '), b.sizes.map(formatCount).join(', ')],
        [l10n.t('seeds'), String(a.seeds), String(b.seeds)],
      ],
    ),
    ...arms(a, b, names),
  ];
}

function found({ report }: ListedRun): string {
  return report ? verdictText(report) : l10n.t('No report yet.');
}

/** Why figures of the two may not be laid beside each other. */
function comparability(a: ListedRun, b: ListedRun): Markup {
  const datasets = [...new Set([...Object.keys(a.data), ...Object.keys(b.data)])];
  const changed = datasets.filter(name => entryOf(a.data, name) !== entryOf(b.data, name));
  const texts = [
    ...(a.task === b.task ? [] : [l10n.t('The runs train different tasks.')]),
    ...(a.metric.name === b.metric.name ? [] : [l10n.t('The runs use different metrics.')]),
    ...(a.annotations === b.annotations ? [] : [l10n.t('The annotations changed between the runs.')]),
    ...(changed.length === 0 ? [] : [l10n.t('The data changed between the runs: {0}.', changed.join(', '))]),
  ];
  return texts.length === 0
    ? el('p', {}, l10n.t('The runs have the same task, annotations and data.'))
    : el(
        'ul',
        { class: 'unlike' },
        texts.map(text => el('li', {}, text)),
      );
}

function arms(a: ListedRun, b: ListedRun, names: readonly [string, string]): readonly Markup[] {
  if (!a.report || !b.report) return [];
  const [one, other] = [shownArms(a.report), shownArms(b.report)];
  const ids = [...new Set([...one, ...other].map(({ id }) => id))];
  const sizes = [...new Set([...one, ...other].flatMap(({ curve }) => curve.map(({ n }) => n)))].sort(
    (x, y) => x - y,
  );
  const cell = (run: ListedRun, list: readonly ArmReport[], id: string, n: number): string => {
    const point = list.find(arm => arm.id === id)?.curve.find(each => each.n === n);
    const text = (value: number): string => metricValueText(run.metric.name, value);
    return point ? `${text(point.mean)} [${text(point.low)}, ${text(point.high)}]` : '–';
  };
  return ids.map(id =>
    el(
      'section',
      {},
      el('h3', {}, id),
      tableOf(
        [l10n.t('training examples'), ...names],
        sizes.map(n => [formatCount(n), cell(a, one, id, n), cell(b, other, id, n)]),
      ),
    ),
  );
}
