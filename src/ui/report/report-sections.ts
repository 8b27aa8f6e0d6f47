import * as l10n from '@vscode/l10n';
import type { PilotReport } from '../../protocol/pilot-report';
import { lookTexts } from '../../experiments/report/race-text';
import { inputLines } from '../../messages/input-messages';
import { metricValueText } from '../../messages/metric-text';
import { formatCount } from '../../messages/quantities';
import { type Chart, shownArms, tableOf, toCsv } from '../charts/chart';
import { type Markup, el } from '../markup';
import { colorOf, dashOf } from '../strategy-colors';
import { conditionsSection } from './conditions-section';
import { differenceChart, effectiveDataChart, stageChart, taskCharts } from './difference-charts';
import { learningCurveChart } from './learning-curve-chart';

/** All that a report argues with, from its charts to the conditions of the rules. */
export function reportSections(report: PilotReport): readonly Markup[] {
  const charts = [
    learningCurveChart(report),
    differenceChart(report),
    effectiveDataChart(report),
    stageChart(report),
    ...taskCharts(report),
  ];
  const parts = [
    doubtsSection(report),
    ...charts.map(chart => chart && chartFigure(chart)),
    raceSection(report),
    conditionsSection(report),
    inputsSection(report),
    fits(report),
    budgets(report),
    warningsSection(report.warnings),
  ];
  return parts.filter(part => part !== undefined);
}

/** Why the verdict is worth little; nothing where nothing speaks against it. */
function doubtsSection({ doubts = [] }: PilotReport): Markup | undefined {
  if (doubts.length === 0) return undefined;
  return section(
    l10n.t('Do not rely on this verdict'),
    el(
      'ul',
      { class: 'doubts' },
      doubts.map(({ message }) => el('li', {}, message)),
    ),
  );
}

/** Which arms got no more trials, when and why; nothing of a pilot that runs all. */
function raceSection({ looks = [], metric }: PilotReport): Markup | undefined {
  const lines = looks.flatMap(look => lookTexts(look, metric));
  if (lines.length === 0) return undefined;
  return section(
    l10n.t('Trials that were not needed'),
    el(
      'ul',
      { class: 'race' },
      lines.map(text => el('li', {}, text)),
    ),
  );
}

/** What the strategies learned from: which columns, how encoded, and which not. */
function inputsSection({ inputs = [] }: PilotReport): Markup | undefined {
  const lines = inputLines(inputs);
  if (lines.length === 0) return undefined;
  return section(
    l10n.t('Inputs'),
    el(
      'ul',
      {},
      lines.map(text => el('li', {}, text)),
    ),
  );
}

/** What there is to be kept in mind; nothing where there is nothing. */
export function warningsSection(texts: readonly string[]): Markup | undefined {
  if (texts.length === 0) return undefined;
  return section(
    l10n.t('Limitations'),
    el(
      'ul',
      {},
      texts.map(text => el('li', {}, text)),
    ),
  );
}

/** What colour and dash each arm has. */
export function strategyLegend(report: PilotReport): Markup {
  return el(
    'ul',
    { class: 'legend', 'aria-label': l10n.t('strategies') },
    shownArms(report).map(({ id, strategy, variant }) =>
      el(
        'li',
        {},
        el(
          'svg',
          { viewBox: '0 0 28 10', width: 28, height: 10, 'aria-hidden': 'true' },
          el('line', {
            x1: 0,
            x2: 28,
            y1: 5,
            y2: 5,
            stroke: colorOf(strategy),
            'stroke-width': 2.5,
            'stroke-dasharray': dashOf(variant),
          }),
        ),
        el('span', {}, id),
      ),
    ),
  );
}

/** A chart with its values as a table, and in full for other programs. */
export function chartFigure({ id, title, drawing, table, values }: Chart): Markup {
  return el(
    'figure',
    { id, 'data-values': toCsv(values) },
    el('figcaption', {}, el('h2', {}, title), exportButtons(title)),
    drawing,
    el('details', {}, el('summary', {}, l10n.t('Show as table')), table),
  );
}

/** The formats that a chart can be saved in. */
export const CHART_FORMATS = ['png', 'svg', 'csv'] as const;

export type ChartFormat = (typeof CHART_FORMATS)[number];

/** Buttons that a page's script gives their meaning to; where there is none they are not shown. */
export function exportButtons(title: string): Markup {
  return el(
    'span',
    { class: 'exports', role: 'group', 'aria-label': l10n.t('Save “{0}”', title) },
    CHART_FORMATS.map(format =>
      el('button', { type: 'button', 'data-export': format }, format.toUpperCase()),
    ),
  );
}

export function section(title: string, ...content: readonly (Markup | undefined)[]): Markup {
  return el('section', {}, el('h2', {}, title), ...content);
}

/** Curves that no law was fitted to, and how wrong the others were about the size that they were not shown. */
function fits(report: PilotReport): Markup | undefined {
  const { name } = report.metric;
  const rows = shownArms(report).flatMap(({ id, fit }) => {
    if (!fit) return [];
    if (fit.kind === 'ill-behaved') return [[id, l10n.t('no curve: {0}', fit.reason)]];
    if (!fit.heldOut) return [];
    const { n, predicted, measured } = fit.heldOut;
    return [
      [
        id,
        l10n.t(
          'fitted without {0} examples: predicted {1}, measured {2}',
          formatCount(n),
          metricValueText(name, predicted),
          metricValueText(name, measured),
        ),
      ],
    ];
  });
  return rows.length === 0
    ? undefined
    : section(l10n.t('Goodness of fit of the curves'), tableOf([l10n.t('strategy'), l10n.t('curve')], rows));
}

/** What each arm was given to train with, and what it took. */
function budgets(report: PilotReport): Markup | undefined {
  const rows = shownArms(report).flatMap(({ id, steps, seconds }) =>
    steps
      ? [
          [
            id,
            formatCount(steps.budget),
            formatCount(steps.used),
            seconds.toFixed(1),
            steps.improving ? l10n.t('still improving') : '',
          ],
        ]
      : [],
  );
  return rows.length === 0
    ? undefined
    : section(
        l10n.t('Training budget at the largest size, with pre-training'),
        tableOf(
          [l10n.t('strategy'), l10n.t('steps at most'), l10n.t('steps run'), l10n.t('seconds'), ''],
          rows,
        ),
      );
}
