import * as l10n from '@vscode/l10n';
import type { PilotReport } from '../../../protocol/pilot-report';
import { verdictText } from '../../../experiments/report/run-summary-text';
import { metricName } from '../../../messages/metric-text';
import { formatCount } from '../../../messages/quantities';
import type { RunFacts, RunStatus, RunView, ToRunPage } from '../../page-protocol';
import { reportSections, warningsSection } from '../../report/report-sections';
import { createCurves, sizesOf } from '../../runs/run-curves';
import { statusText, trialWarnings } from '../../runs/run-text';
import { QUANTITIES } from '../../runs/training-curve';
import { COLUMN, POINT_WIDTH, type Trial, type Trials, applyDelta } from '../../runs/trial-points';
import { make, perFrame, showText, toDom } from '../shared/dom';
import { createControls, createLegend } from './curve-controls';
import { type CurveFigure, type Zoom, createCurveFigure } from './curve-figure';

type Open = Extract<ToRunPage, { readonly kind: 'open' }>;
type Delta = Extract<ToRunPage, { readonly kind: 'delta' }>;

export const DEFAULT_VIEW: RunView = {
  by: 'mean',
  axis: 'epoch',
  smoothing: 0,
  size: 'latest',
  hidden: [],
  logarithmic: false,
  scroll: 0,
};

/** The page of a run. */
export interface RunPage {
  readonly take: (delta: Delta) => void;
  readonly setFacts: (facts: RunFacts) => void;
  /** Says why nothing more will come. */
  readonly fail: (message: string) => void;
  readonly figure: (element: HTMLElement) => CurveFigure | undefined;
  readonly name: () => string;
}

/** Shows a run in a page that is empty, and keeps the view that the user chooses. */
export function showRun(
  into: HTMLElement,
  open: Open,
  firstView: RunView,
  keep: (view: RunView) => void,
): RunPage {
  let { facts, status, report }: { facts: RunFacts; status: RunStatus; report?: PilotReport } = open;
  let view = firstView;
  let zoom: Zoom | undefined;
  let isReportNew = true;
  const trials: Trials = new Map();
  const diverged = new Set<string>();
  const curves = createCurves();

  const heading = make('h1');
  const progress = make('progress', { max: 1 });
  const said = make('p', { className: 'status' });
  const verdict = make('p', { className: 'verdict' });
  const notes = make('p', { className: 'notes' });
  const about = make('p', { className: 'facts' });
  const trouble = make('ul', { className: 'trouble' });
  trouble.setAttribute('role', 'status');
  const empty = make('p', { className: 'empty' }, l10n.t('No point of training yet.'));
  const argument = make('div', { className: 'argument' });
  const change = (part: Partial<RunView>): void => {
    view = { ...view, ...part };
    if (part.axis) zoom = undefined;
    keep(view);
    draw();
  };
  const controls = createControls(change);
  const legend = createLegend(arm => {
    const { hidden } = view;
    change({ hidden: hidden.includes(arm) ? hidden.filter(each => each !== arm) : [...hidden, arm] });
  });
  const figures = QUANTITIES.map(quantity => ({
    quantity,
    figure: createCurveFigure(quantity, range => {
      zoom = range;
      draw();
    }),
  }));
  const section = make('section', { className: 'curves' }, ...figures.map(({ figure }) => figure.element));
  section.setAttribute('aria-label', l10n.t('Training'));
  into.replaceChildren(
    make('header', {}, heading, verdict, said, progress, notes, about, trouble),
    legend.element,
    controls.element,
    empty,
    section,
    argument,
  );

  const sayFacts = (): void => {
    const { name, task, kind, metric, available, started, id } = facts;
    heading.textContent =
      name ?? (kind === 'pilot' ? l10n.t('Pilot of {0}', task) : l10n.t('Training of {0}', task));
    showText(notes, facts.notes ?? '');
    showText(
      about,
      [
        l10n.t('{0} training examples', formatCount(available)),
        metricName(metric.name),
        started.slice(0, 16).replace('T', ' '),
        id,
      ].join(' · '),
    );
  };
  const sayStatus = (): void => {
    showText(said, statusText(status));
    progress.hidden = status.state !== 'running';
    progress.value = status.total === 0 ? 0 : (status.finished + status.failed) / status.total;
    showText(verdict, report ? verdictText(report) : '');
    const texts = [
      ...(status.message === undefined ? [] : [status.message]),
      ...trialWarnings([...trials.values()], diverged),
    ];
    if (texts.join('\n') !== [...trouble.children].map(({ textContent }) => textContent).join('\n'))
      trouble.replaceChildren(...texts.map(text => make('li', {}, text)));
  };
  const drawArgument = (): void => {
    if (!isReportNew) return;
    isReportNew = false;
    const opened = new Set([...argument.querySelectorAll('details[open]')].map(idOf));
    const parts = report ? reportSections(report) : [warningsSection(facts.warnings)];
    argument.replaceChildren(...parts.flatMap(part => (part ? [toDom(part)] : [])));
    for (const details of argument.querySelectorAll('details'))
      if (opened.has(idOf(details))) details.open = true;
  };
  const drawNow = (): void => {
    const all = [...trials.values()];
    sayStatus();
    legend.show(entriesOf(all), view.hidden);
    controls.show(view, sizesOf(all));
    const shown = curves.of(all, view);
    for (const { quantity, figure } of figures)
      figure.show(
        shown[quantity],
        { quantity, axis: view.axis, metric: facts.metric, logarithmic: view.logarithmic },
        zoom,
        status.state === 'running',
      );
    const isEmpty = all.every(({ points }) => points.length === 0);
    empty.hidden = !isEmpty;
    controls.element.hidden = legend.element.hidden = isEmpty;
    drawArgument();
  };
  const draw = perFrame(drawNow);
  const takeIn = (deltas: Delta['trials']): void => {
    for (const delta of deltas) {
      applyDelta(trials, delta);
      const trial = trials.get(delta.id);
      if (trial && hasDiverged(trial, (delta.points?.length ?? 0) / POINT_WIDTH)) diverged.add(delta.id);
    }
  };

  takeIn(open.trials);
  sayFacts();
  drawNow();
  window.scrollTo(0, firstView.scroll);
  // VS Code says its theme in the class of the body.
  new MutationObserver(() => {
    for (const { figure } of figures) figure.recolor();
  }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  let scrolled: ReturnType<typeof setTimeout> | undefined;
  window.addEventListener('scroll', () => {
    clearTimeout(scrolled);
    scrolled = setTimeout(() => {
      view = { ...view, scroll: window.scrollY };
      keep(view);
    }, 200);
  });
  return {
    take(delta) {
      takeIn(delta.trials);
      ({ status } = delta);
      if (delta.report) [report, isReportNew] = [delta.report, true];
      draw();
    },
    setFacts(next) {
      facts = next;
      sayFacts();
    },
    fail(message) {
      status = { ...status, message };
      sayStatus();
    },
    figure: element => figures.find(({ figure }) => figure.element === element)?.figure,
    name: () => heading.textContent,
  };
}

/** Whether one of the points that came last has a loss that left the numbers. */
function hasDiverged({ points }: Trial, added: number): boolean {
  const { rows, length } = points;
  for (let at = Math.max(0, length - added) * POINT_WIDTH; at < length * POINT_WIDTH; at += POINT_WIDTH)
    if (rows[at + COLUMN.loss] === Infinity || rows[at + COLUMN.validationLoss] === Infinity) return true;
  return false;
}

function entriesOf(
  trials: readonly Trial[],
): { arm: string; strategy: string; variant: string | undefined }[] {
  const arms = new Map(
    trials.map(({ head: { arm, strategy, variant } }) => [arm, { arm, strategy, variant }] as const),
  );
  return [...arms.values()];
}

function idOf(details: Element): string {
  return details.closest('figure')?.id ?? '';
}
