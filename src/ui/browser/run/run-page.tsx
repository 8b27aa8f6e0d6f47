import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PilotReport } from '../../../protocol/pilot-report';
import { verdictText } from '../../../experiments/report/run-summary-text';
import { metricName } from '../../../messages/metric-text';
import { formatCount } from '../../../messages/quantities';
import { runTitle } from '../../../messages/run-titles';
import { reportSections, warningsSection } from '../../report/report-sections';
import { sizesOf } from '../../runs/run-curves';
import type { RunFacts, RunStatus, RunView } from '../../runs/run-page-messages';
import { statusText, trialWarnings } from '../../runs/run-text';
import { QUANTITIES } from '../../runs/training-curve';
import type { Trial } from '../../runs/trial-points';
import type { ChartFile } from '../shared/chart-export';
import { markupViews } from '../shared/markup-view';
import { Controls, Legend } from './curve-controls';
import { CurveFigure, type Zoom } from './curve-figure';
import type { RunSession } from './run-session';

export interface RunPageProps {
  readonly session: RunSession;
  readonly view: RunView;
  readonly zoom: Zoom | undefined;
  readonly change: (part: Partial<RunView>) => void;
  readonly onZoom: (zoom: Zoom | undefined) => void;
  readonly save: (file: Promise<ChartFile | undefined>) => void;
  /** What the user asked for last and could not have. */
  readonly failure?: string | undefined;
}

/** What the page of a run is called, and the charts that are saved from it. */
export function runHeading({ name, kind, task }: RunFacts): string {
  return name ?? runTitle({ kind, task });
}

/** The page of a run: what it is, how its trials train, and what its report says. */
export function RunPage({ session, view, zoom, change, onZoom, save, failure }: RunPageProps): VNode {
  const { facts, status, report } = session;
  const trials = session.trials();
  const curves = session.curves(view);
  const isEmpty = trials.every(({ points }) => points.length === 0);
  const toggle = (arm: string): void => {
    const { hidden } = view;
    change({ hidden: hidden.includes(arm) ? hidden.filter(each => each !== arm) : [...hidden, arm] });
  };
  return (
    <>
      <RunHeader
        facts={facts}
        status={status}
        report={report}
        warnings={[...trialWarnings(trials, session.diverged), ...(failure === undefined ? [] : [failure])]}
      />
      <Legend entries={armsOf(trials)} hiddenArms={view.hidden} isHidden={isEmpty} toggle={toggle} />
      <Controls view={view} sizes={sizesOf(trials)} isHidden={isEmpty} change={change} />
      <p class="empty" hidden={!isEmpty}>
        {l10n.t('No training metrics yet.')}
      </p>
      <section class="curves" aria-label={l10n.t('Training')}>
        {QUANTITIES.map(quantity => (
          <CurveFigure
            key={quantity}
            curves={curves[quantity]}
            chart={{ quantity, axis: view.axis, metric: facts.metric, logarithmic: view.logarithmic }}
            zoom={zoom}
            isGrowing={status.state === 'running'}
            name={runHeading(facts)}
            onZoom={onZoom}
            save={save}
          />
        ))}
      </section>
      <RunArgument report={report} warnings={facts.warnings} />
    </>
  );
}

export interface RunHeaderProps {
  readonly facts: RunFacts;
  readonly status: RunStatus;
  readonly report: PilotReport | undefined;
  readonly warnings: readonly string[];
}

export function RunHeader({ facts, status, report, warnings }: RunHeaderProps): VNode {
  const { notes = '', available, metric, started, id } = facts;
  const { state, finished, failed, total, message } = status;
  const about = [
    l10n.t('{0} training examples', formatCount(available)),
    metricName(metric.name),
    started.slice(0, 16).replace('T', ' '),
    id,
  ];
  const trouble = [...(message === undefined ? [] : [message]), ...warnings];
  return (
    <header>
      <h1>{runHeading(facts)}</h1>
      <p class="verdict" hidden={!report}>
        {report && verdictText(report)}
      </p>
      <p class="status">{statusText(status)}</p>
      <progress max={1} value={total === 0 ? 0 : (finished + failed) / total} hidden={state !== 'running'} />
      <p class="notes" hidden={notes === ''}>
        {notes}
      </p>
      <p class="facts">{about.join(' · ')}</p>
      <ul class="trouble" role="status">
        {trouble.map((text, i) => (
          <li key={i}>{text}</li>
        ))}
      </ul>
    </header>
  );
}

interface RunArgumentProps {
  readonly report: PilotReport | undefined;
  readonly warnings: readonly string[];
}

/** What the report argues with; drawn anew only where there is another report. */
function RunArgument({ report, warnings }: RunArgumentProps): VNode {
  const parts = useMemo(
    () => markupViews(report ? reportSections(report) : [warningsSection(warnings)]),
    [report, warnings],
  );
  return <div class="argument">{parts}</div>;
}

interface Arm {
  readonly arm: string;
  readonly strategy: string;
  readonly variant: string | undefined;
}

function armsOf(trials: readonly Trial[]): readonly Arm[] {
  const arms = new Map(
    trials.map(({ head: { arm, strategy, variant } }) => [arm, { arm, strategy, variant }] as const),
  );
  return [...arms.values()];
}
