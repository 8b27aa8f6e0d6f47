import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../advisor/text/format';
import { metricName } from '../../advisor/text/measured';
import type { PilotReport } from '../../training/pilot/report';
import { verdictText } from '../../training/pilot/verdict-text';
import type { Trial } from '../live/trials';
import { htmlPage } from './html-page';
import { el } from './markup';
import { figure, legend, sections } from './sections';
import { trainingCharts } from './training-charts';

export interface PageOptions {
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
  readonly assets: PageAssets;
}

/** A style sheet and a script, which go into the page as they are. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/**
 * A report as one page that needs nothing else: no network, its charts drawn as SVG. Its script, which no other may
 * join, saves charts as files. Colours follow the system's theme, and print well.
 */
export function reportPage(report: PilotReport, options: PageOptions): string {
  const title = options.name ?? l10n.t('Pilot of {0}', report.task);
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
    legend(report),
    el(
      'main',
      {},
      sections(report),
      training.length === 0
        ? undefined
        : el('section', {}, el('h2', {}, l10n.t('Training')), training.map(figure)),
    ),
    el('script', {}, script),
  );
}

/** A source as a Content-Security-Policy names it. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
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
