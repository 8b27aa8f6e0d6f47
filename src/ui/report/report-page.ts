import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { PilotReport } from '../../protocol/pilot-report';
import { verdictText } from '../../experiments/report/run-summary-text';
import { runTitle } from '../../messages/run-titles';
import { metricName } from '../../messages/metric-text';
import { formatCount, formatSize } from '../../messages/quantities';
import type { Chart } from '../charts/chart';
import { el, htmlPage } from '../markup';
import { curveChart } from '../runs/curve-chart';
import { createCurves } from '../runs/run-curves';
import { type Curve, QUANTITIES } from '../runs/training-curve';
import type { Trial } from '../runs/trial-points';
import { chartFigure, reportSections, strategyLegend } from './report-sections';

/** Points of a curve in a file: enough for a chart of its size, and a file that stays small. */
const POINTS = 80;

/** How the arms trained at the largest size: means over seeds, for a page that stands still. */
function trainingCharts(
  trials: readonly Trial[],
  metric: { readonly name: string; readonly higherIsBetter: boolean },
): readonly Chart[] {
  const all = createCurves().of(trials, {
    ...{ by: 'mean', axis: 'epoch', smoothing: 0, size: 'latest', hidden: [] },
  });
  return QUANTITIES.flatMap(quantity => {
    const curves = all[quantity].map(thinned);
    const chart = curveChart(curves, { quantity, axis: 'epoch', metric, logarithmic: false });
    const n = curves.find(curve => curve.n !== undefined)?.n;
    if (!chart) return [];
    return n === undefined
      ? [chart]
      : [{ ...chart, title: `${chart.title} · ${formatSize({ value: n, unit: 'examples' })}` }];
  });
}

function thinned(curve: Curve): Curve {
  const { xs, ys, low, high } = curve;
  const step = Math.max(1, (xs.length - 1) / (POINTS - 1));
  const count = Math.min(xs.length, POINTS);
  const pick = (values: Float64Array): Float64Array =>
    new Float64Array(count).map((_, i) => Number((values[Math.round(i * step)] ?? NaN).toPrecision(6)));
  return {
    ...curve,
    xs: pick(xs),
    ys: pick(ys),
    ...(low ? { low: pick(low) } : {}),
    ...(high ? { high: pick(high) } : {}),
  };
}

export interface ReportPageOptions {
  /** What the user calls the run; its task otherwise. */
  readonly name?: string;
  /** ISO 8601. */
  readonly started?: string;
  readonly notes?: string;
  /** How its trials trained, where that is known. */
  readonly trials?: readonly Trial[];
  /** The language of the page, as BCP 47. */
  readonly language: string;
  /** How it looks, and what its buttons do. */
  readonly assets: ReportPageAssets;
}

/** A style sheet and a script, which go into the page as they are. */
export interface ReportPageAssets {
  readonly style: string;
  readonly script: string;
}

/**
 * A report as one page that needs nothing else: no network, its charts drawn as SVG. Its script, which no other may
 * join, saves charts as files. Colours follow the system's theme, and print well.
 */
export function reportPage(report: PilotReport, options: ReportPageOptions): string {
  const title = options.name ?? runTitle({ kind: 'pilot', task: report.task });
  const { style, script } = options.assets;
  const training = trainingCharts(options.trials ?? [], report.metric);
  return htmlPage(
    {
      ...{ language: options.language, title },
      allowed: { script: `'${hashOf(script)}'`, style: `'${hashOf(style)}'` },
      style: el('style', {}, style),
    },
    el(
      'header',
      {},
      el('h1', {}, title),
      el('p', { class: 'verdict' }, verdictText(report)),
      options.notes === undefined ? undefined : el('p', {}, options.notes),
      el('p', { class: 'facts' }, factsOf(report, options).join(' · ')),
    ),
    strategyLegend(report),
    el(
      'main',
      {},
      reportSections(report),
      training.length === 0
        ? undefined
        : el('section', {}, el('h2', {}, l10n.t('Training')), training.map(chartFigure)),
    ),
    el('script', {}, script),
  );
}

/** A source as a Content-Security-Policy names it. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function factsOf(
  { run, metric, available, complete }: PilotReport,
  { started }: ReportPageOptions,
): string[] {
  return [
    l10n.t('{0} training examples', formatCount(available)),
    metricName(metric.name),
    ...(started === undefined ? [] : [started.slice(0, 16).replace('T', ' ')]),
    run,
    ...(complete ? [] : [l10n.t('Preliminary verdict: some trials have not finished.')]),
  ];
}
