import * as l10n from '@vscode/l10n';
import type { RunProgress } from '../experiments';
import type { PilotReport } from '../protocol/pilot-report';
import { visibleLine } from '../common/visible-text';
import { lookTexts } from '../experiments/report/race-text';
import { preliminaryText, queueText, timeText } from '../experiments/report/run-summary-text';
import { type Io, relativeTo, styleOf } from './terminal';

/** Shows how far a run is, on standard error. */
export interface ProgressDisplay {
  readonly show: (progress: RunProgress) => void;
  /** Says what the finished trials come to so far, wherever that is another outcome than before. */
  readonly sayVerdict: (report: PilotReport) => void;
  readonly end: () => void;
}

const BAR = 24;
/** Milliseconds between two drawings of the bar, and between two lines where there is no terminal. */
const REDRAW = 100;
const RELINE = 5000;

export interface ProgressOptions {
  /** What the looks of a race are told in; without it they are not told. */
  readonly metric?: PilotReport['metric'];
  readonly now?: () => number;
}

/** A bar that is drawn over in a terminal; a line now and then elsewhere. */
export function showProgress(
  io: Io,
  { metric, now = () => performance.now() }: ProgressOptions = {},
): ProgressDisplay {
  const { colors, width } = styleOf(io.stderr, io.env);
  const isTerminal = io.stderr.isTTY;
  let last = -Infinity;
  let drawn = false;
  let said: string | undefined;
  const clear = (): void => {
    if (drawn) io.stderr.redraw('');
    drawn = false;
  };
  return {
    show(progress) {
      const { failure, finished, total, look } = progress;
      if (failure) {
        clear();
        io.stderr.line(
          colors.red(l10n.t('{0} failed: {1}', failure.id, relativeTo(failure.message, io.cwd))),
        );
      }
      if (look && metric) {
        clear();
        for (const text of lookTexts(look, metric)) io.stderr.line(visibleLine(text));
      }
      if (now() - last < (isTerminal ? REDRAW : RELINE) && finished < total) return;
      last = now();
      const text = visibleLine(progressText(progress));
      if (!isTerminal) {
        io.stderr.line(text);
        return;
      }
      const filled = Math.round((BAR * finished) / Math.max(1, total));
      const bar = colors.cyan('━'.repeat(filled)) + colors.dim('━'.repeat(BAR - filled));
      io.stderr.redraw(`${bar} ${text.slice(0, Math.max(0, width - BAR - 2))}`);
      drawn = true;
    },
    sayVerdict(report) {
      const { verdict, complete } = report;
      if (!verdict || complete) return;
      const outcome = JSON.stringify([verdict.n, verdict.outcome, verdict.arm, verdict.limit]);
      if (outcome === said) return;
      said = outcome;
      clear();
      io.stderr.line(colors.bold(visibleLine(preliminaryText(report, verdict))));
    },
    end: clear,
  };
}

function progressText({ finished, total, secondsLeft, job, event, queue }: RunProgress): string {
  const parts = [l10n.t('{0} of {1} trials', finished, total)];
  if (secondsLeft !== undefined && finished < total) parts.push(l10n.t('{0} left', timeText(secondsLeft)));
  if (job !== undefined && event) parts.push(`${job} ${event.phase}`);
  if (queue) parts.push(queueText(queue));
  return parts.join(' · ');
}
