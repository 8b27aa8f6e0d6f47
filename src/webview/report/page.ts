import * as l10n from '@vscode/l10n';
import { formatCount } from '../../advisor/text/format';
import { metricName, metricValueText } from '../../advisor/text/measured';
import type { PilotReport } from '../../training/pilot/report';
import { verdictText } from '../../training/pilot/verdict-text';
import { differenceChart, shownArms, sizeChart, tableOf, worthChart, type Chart } from './charts';
import { colorOf, dashOf } from './colors';
import { el, type Markup } from './markup';

export interface PageOptions {
  /** What the user calls the run; its task otherwise. */
  readonly name?: string;
  /** ISO 8601. */
  readonly started?: string;
  readonly notes?: string;
  /** The language of the page, as BCP 47. */
  readonly language: string;
}

/**
 * A report as one page that needs nothing else: no script, no network, its charts drawn as SVG. Colours follow the
 * theme of the editor or the system, and print well.
 */
export function reportPage(report: PilotReport, options: PageOptions): string {
  const title = options.name ?? l10n.t('Pilot of {0}', report.task);
  const charts = [sizeChart(report), differenceChart(report), worthChart(report)];
  const page = el(
    'html',
    { lang: options.language },
    el(
      'head',
      {},
      el('meta', { charset: 'utf-8' }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', {
        'http-equiv': 'Content-Security-Policy',
        content: "default-src 'none'; style-src 'unsafe-inline'",
      }),
      el('title', {}, title),
      el('style', {}, { markup: STYLE }),
    ),
    el(
      'body',
      {},
      el(
        'header',
        {},
        el('h1', {}, title),
        el('p', { class: 'verdict' }, verdictText(report)),
        options.notes === undefined ? undefined : el('p', {}, options.notes),
        el('p', { class: 'facts' }, factsOf(report, options).join(' · ')),
      ),
      legend(report),
      el(
        'main',
        {},
        charts.map(chart => chart && figure(chart)),
        stages(report),
        tasks(report),
        fits(report),
        conditions(report),
      ),
      report.warnings.length === 0
        ? undefined
        : el(
            'section',
            {},
            el('h2', {}, l10n.t('To be kept in mind')),
            el(
              'ul',
              {},
              report.warnings.map(text => el('li', {}, text)),
            ),
          ),
    ),
  );
  return `<!doctype html>\n${page.markup}\n`;
}

function factsOf({ run, metric, available, complete }: PilotReport, { started }: PageOptions): string[] {
  return [
    l10n.t('{0} training examples', formatCount(available)),
    metricName(metric.name),
    ...(started === undefined ? [] : [started.slice(0, 16).replace('T', ' ')]),
    run,
    ...(complete ? [] : [l10n.t('Not all trials have run.')]),
  ];
}

function legend(report: PilotReport): Markup {
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

function figure({ id, title, drawing, table }: Chart): Markup {
  return el(
    'figure',
    { id },
    el('figcaption', {}, el('h2', {}, title)),
    drawing,
    el('details', {}, el('summary', {}, l10n.t('As a table')), table),
  );
}

function section(title: string, ...content: readonly (Markup | undefined)[]): Markup {
  return el('section', {}, el('h2', {}, title), ...content);
}

/** What each stage of a pipeline costs: the metric when it, and all before it, give true values. */
function stages(report: PilotReport): Markup | undefined {
  const found = report.arms.find(arm => (arm.stages ?? []).length > 0)?.stages;
  if (!found) return undefined;
  const { name } = report.metric;
  return section(
    l10n.t('Where the pipeline errs'),
    tableOf(
      [l10n.t('stage'), l10n.t('on its own test data'), l10n.t('{0} with its true output', metricName(name))],
      found.map(({ stage, own, withTrueOutput }) => [
        stage,
        own ? `${metricName(own.metric)} ${metricValueText(own.metric, own.value)}` : '–',
        withTrueOutput === undefined ? '–' : metricValueText(name, withTrueOutput),
      ]),
    ),
  );
}

/** What multitask training did to each of its tasks. */
function tasks(report: PilotReport): Markup | undefined {
  const arms = report.arms.filter(arm => arm.tasks && Object.keys(arm.tasks).length > 1);
  if (arms.length === 0) return undefined;
  return section(
    l10n.t('The tasks of multitask training'),
    tableOf(
      [l10n.t('strategy'), l10n.t('task'), l10n.t('together'), l10n.t('alone')],
      arms.flatMap(arm =>
        Object.entries(arm.tasks ?? {}).map(([task, { metric, value, alone }]) => [
          arm.id,
          `${task} (${metricName(metric)})`,
          metricValueText(metric, value),
          alone === undefined ? '–' : metricValueText(metric, alone),
        ]),
      ),
    ),
  );
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
          'without {0} examples it foresaw {1} there; {2} was measured',
          formatCount(n),
          metricValueText(name, predicted),
          metricValueText(name, measured),
        ),
      ],
    ];
  });
  return rows.length === 0
    ? undefined
    : section(
        l10n.t('How far the curves can be trusted'),
        tableOf([l10n.t('strategy'), l10n.t('curve')], rows),
      );
}

const MARKS: Readonly<Record<string, string>> = { met: '✓', unmet: '✗', assumed: '~' };

/** What the advice rested on before anything was measured. */
function conditions({ conditions: given, verdict }: PilotReport): Markup | undefined {
  if (given.length === 0) return undefined;
  const rules = verdict?.rules;
  return section(
    l10n.t('What the rules said'),
    rules
      ? el(
          'p',
          {},
          rules.agrees
            ? l10n.t('The rules agree.')
            : l10n.t('The rules alone would have said {0}.', rules.recommendation),
        )
      : undefined,
    el(
      'ul',
      { class: 'conditions' },
      given.map(({ status, statement, source }) =>
        el(
          'li',
          { class: status },
          el('span', { class: 'mark-of', 'aria-label': status }, MARKS[status] ?? '?'),
          ` ${statement} `,
          el('small', {}, source),
        ),
      ),
    ),
  );
}

const STYLE = `
:root { color-scheme: light dark; --ink: var(--vscode-foreground, CanvasText); --paper: var(--vscode-editor-background, Canvas);
  --faint: color-mix(in srgb, var(--ink) 16%, transparent); --soft: color-mix(in srgb, var(--ink) 70%, transparent); }
body { margin: 0 auto; padding: 16px 20px 40px; max-width: 860px; background: var(--paper); color: var(--ink);
  font: 14px/1.5 var(--vscode-font-family, system-ui, sans-serif); }
h1 { font-size: 1.5em; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 1.05em; margin: 0 0 6px; }
.verdict { font-size: 1.1em; font-weight: 600; margin: 4px 0; }
.facts, small { color: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 12px 0 4px; list-style: none; position: sticky; top: 0;
  background: var(--paper); }
.legend li { display: flex; align-items: center; gap: 6px; }
figure, section { margin: 22px 0; break-inside: avoid; }
figure > svg { width: 100%; height: auto; display: block; }
svg text { font-size: 12px; fill: var(--ink); stroke: none; font-family: inherit; }
svg .tick { fill: var(--soft); }
svg .grid { stroke: var(--faint); }
svg .axis { stroke: var(--soft); }
svg .margin { fill: var(--faint); }
svg .whisker { stroke: var(--ink); }
svg .mark line { stroke: var(--soft); stroke-dasharray: 3 3; }
table { border-collapse: collapse; margin: 6px 0; display: block; overflow-x: auto; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--faint); font-weight: normal; white-space: nowrap; }
thead th { color: var(--soft); }
summary { cursor: pointer; color: var(--soft); }
.conditions { list-style: none; padding: 0; } .conditions li { margin: 3px 0; }
.mark-of { display: inline-block; width: 1.2em; font-weight: 600; }
body.vscode-high-contrast figure, body.vscode-high-contrast-light figure { border: 1px solid var(--vscode-contrastBorder, CanvasText); padding: 8px; }
@media (max-width: 420px) { body { padding: 10px 8px; } svg text { font-size: 20px; } }
@media print { details > summary { display: none; } details::details-content { content-visibility: visible; } .legend { position: static; } }
`;
