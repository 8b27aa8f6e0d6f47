import * as l10n from '@vscode/l10n';
import type { ArmReport, PilotReport } from '../../protocol/pilot-report';
import { chanceText, outcomeName, timeText, verdictText } from '../../experiments/report/run-summary-text';
import { lookTexts } from '../../experiments/report/race-text';
import { differenceText, metricName, metricValueText } from '../../messages/metric-text';
import { formatCount } from '../../messages/quantities';
import { type Style, columnWidths, hangingLines, rowLines } from '../terminal';

/** A pilot's findings: a row for each arm, a column for each size, and the verdict below. */
export function pilotLines(report: PilotReport, { colors, width }: Style): string[] {
  const { metric, arms, verdict } = report;
  const sizes = [...new Set(arms.flatMap(({ curve }) => curve.map(({ n }) => n)))].sort((a, b) => a - b);
  const header = [
    metricName(metric.name).toUpperCase(),
    ...sizes.map(n => l10n.t('{0} EXAMPLES', formatCount(n))),
    l10n.t('TIME PER TRIAL'),
  ];
  const shown = arms.filter(({ id }) => id !== 'end-to-end');
  const rows = shown.map(arm => [
    arm.id,
    ...sizes.map(n => cell(arm, n, metric.name)),
    timeText(arm.seconds),
  ]);
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
    ...(report.chance === undefined ? [] : [colors.dim(chanceText(metric.name, report.chance))]),
    '',
    ...hangingLines('', verdictText(report), width).map(line => colors.bold(line)),
    ...(report.doubts ?? []).flatMap(({ message }) => hangingLines(`${colors.red('!')} `, message, width)),
    ...gainLines(report).flatMap(line => hangingLines('  ', line, width)),
    ...(report.looks ?? [])
      .flatMap(look => lookTexts(look, metric))
      .flatMap(line => hangingLines('  ', line, width)),
    ...report.warnings.flatMap(line => hangingLines(`${colors.yellow('!')} `, line, width)),
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

function gainLines({ arms, verdict, metric }: PilotReport): string[] {
  if (!verdict) return [];
  return arms.flatMap(({ id, differences }) => {
    const at = differences.find(({ n }) => n === verdict.n);
    return at
      ? [
          [
            `${id}: ${differenceText(metric.name, at)}, p ${at.p < 0.001 ? '< 0.001' : `= ${at.p.toPrecision(2)}`}`,
            ...(at.outcome === undefined ? [] : [outcomeName(at.outcome)]),
          ].join(' · '),
        ]
      : [];
  });
}
