import * as l10n from '@vscode/l10n';
import type { Strategy } from '../../advisor/advice';
import { formatCount, strategyName } from '../../advisor/text/format';
import { differenceText, metricName, metricValueText } from '../../advisor/text/measured';
import type { ArmReport, PilotReport } from '../../training/pilot/report';
import type { Style } from '../terminal/style';
import { columnWidths, rowLines } from '../terminal/table';
import { hang } from '../terminal/wrap';

/** A pilot's findings: a row for each arm, a column for each size, and the verdict below. */
export function pilotLines(report: PilotReport, { colors, width }: Style): string[] {
  const { metric, arms, verdict } = report;
  const sizes = [...new Set(arms.flatMap(({ curve }) => curve.map(({ n }) => n)))].sort((a, b) => a - b);
  const header = [
    metricName(metric.name).toUpperCase(),
    ...sizes.map(n => l10n.t('{0} EXAMPLES', formatCount(n))),
  ];
  const shown = arms.filter(({ id }) => id !== 'end-to-end');
  const rows = shown.map(arm => [arm.id, ...sizes.map(n => cell(arm, n, metric.name))]);
  const widths = columnWidths([header, ...rows], width);
  const table = [
    ...rowLines(header, widths, text => colors.dim(text)),
    ...shown.flatMap((arm, i) =>
      rowLines(rows[i] ?? [], widths, (text, column) =>
        arm.id === verdict?.arm && column === 0 ? colors.bold(text) : text,
      ),
    ),
  ];
  return [
    ...table,
    '',
    ...hang('', verdictText(report), width).map(line => colors.bold(line)),
    ...gainLines(report).flatMap(line => hang('  ', line, width)),
    ...report.warnings.flatMap(line => hang(`${colors.yellow('!')} `, line, width)),
  ];
}

/** "87.3 % [85.1, 89.5]" */
function cell({ curve }: ArmReport, n: number, metric: string): string {
  const point = curve.find(each => each.n === n);
  if (!point) return '–';
  const [mean, low, high] = [point.mean, point.low, point.high].map(value =>
    metricValueText(metric, value).replace(' %', ''),
  );
  return `${mean ?? ''} [${low ?? ''}, ${high ?? ''}]`;
}

/** What the pilot says, in a sentence or two. */
export function verdictText({ task, metric, verdict, arms, complete }: PilotReport): string {
  if (!verdict) return l10n.t('{0}: nothing can be compared yet.', task);
  const name = nameOf(verdict.recommendation);
  const others = verdict.acceptable.filter(each => each !== verdict.recommendation).map(nameOf);
  const size = formatCount(verdict.n);
  const isControl = verdict.arm === 'single-task';
  const found = isControl
    ? others.length === 0
      ? l10n.t('{0}: {1}: nothing that was compared did better at {2} examples.', task, name, size)
      : l10n.t(
          '{0}: {1}, the cheapest of those that end level at {2} examples ({3}).',
          task,
          name,
          size,
          others.join(', '),
        )
    : l10n.t(
        '{0}: {1} ({2}), {3} over single-task training at {4} examples.',
        task,
        name,
        verdict.arm,
        differenceText(metric.name, verdict.difference),
        size,
      );
  const worth = arms
    .find(({ id }) => id === verdict.arm)
    ?.effectiveExamples?.find(({ n }) => n === verdict.n);
  return [
    found,
    ...(!isControl && others.length > 0 ? [l10n.t('As well: {0}.', others.join(', '))] : []),
    ...(!isControl && worth ? [worthText(worth)] : []),
    ...(verdict.breakEven
      ? [l10n.t('Break-even near {0} examples.', formatCount(Number(verdict.breakEven.value.toPrecision(2))))]
      : []),
    verdict.rules.agrees
      ? l10n.t('The rules agree.')
      : l10n.t('The rules alone would have said {0}.', nameOf(verdict.rules.recommendation)),
    ...(complete ? [] : [l10n.t('Not all trials have run.')]),
  ].join(' ');
}

function worthText(worth: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly atLeast?: boolean;
}): string {
  const [value, low, high] = [worth.value, worth.low, worth.high].map(size => formatCount(Math.round(size)));
  return worth.atLeast === true
    ? l10n.t('Worth at least {0} more examples.', value ?? '')
    : l10n.t('Worth about {0} more examples ({1} to {2}).', value ?? '', low ?? '', high ?? '');
}

function gainLines({ arms, verdict, metric }: PilotReport): string[] {
  if (!verdict) return [];
  return arms.flatMap(({ id, differences }) => {
    const at = differences.find(({ n }) => n === verdict.n);
    return at
      ? [
          `${id}: ${differenceText(metric.name, at)}, p ${at.p < 0.001 ? '< 0.001' : `= ${at.p.toPrecision(2)}`}`,
        ]
      : [];
  });
}

const STRATEGIES: readonly string[] = [
  'end-to-end',
  'pipeline',
  'single-task',
  'transfer',
  'multitask',
] satisfies Strategy[];

function nameOf(strategy: string): string {
  return STRATEGIES.includes(strategy) ? strategyName(strategy as Strategy) : strategy;
}
