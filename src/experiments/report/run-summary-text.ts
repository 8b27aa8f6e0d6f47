import * as l10n from '@vscode/l10n';
import type { Strategy } from '../../advisor/advice';
import { differenceText } from '../../messages/metric-text';
import { formatCount, strategyName } from '../../messages/quantities';
import type { QueueState } from '../../protocol/run-files';
import type { PilotReport } from '../../protocol/pilot-report';

/** What the pilot says, in a sentence or two. */
export function verdictText({ task, metric, verdict, arms, complete }: PilotReport): string {
  if (!verdict) return l10n.t('{0}: nothing can be compared yet.', task);
  const name = strategyLabel(verdict.recommendation);
  const others = verdict.acceptable.filter(each => each !== verdict.recommendation).map(strategyLabel);
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
    ...(!isControl && worth ? [effectiveExamplesText(worth)] : []),
    ...(verdict.breakEven
      ? [l10n.t('Break-even near {0} examples.', formatCount(Number(verdict.breakEven.value.toPrecision(2))))]
      : []),
    verdict.rules.agrees
      ? l10n.t('The rules agree.')
      : l10n.t('The rules alone would have said {0}.', strategyLabel(verdict.rules.recommendation)),
    ...(complete ? [] : [l10n.t('Not all trials have run.')]),
  ].join(' ');
}

function effectiveExamplesText(worth: {
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

const STRATEGIES: readonly string[] = [
  'end-to-end',
  'pipeline',
  'single-task',
  'transfer',
  'multitask',
] satisfies Strategy[];

/** A strategy as a text names it; one that this version does not know, as it is. */
export function strategyLabel(strategy: string): string {
  return STRATEGIES.includes(strategy) ? strategyName(strategy as Strategy) : strategy;
}

/** "40 s", "3 min", "1 h 20 min" */
export function timeText(seconds: number): string {
  if (seconds < 100) return l10n.t('{0} s', Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return l10n.t('{0} min', minutes);
  return l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** "4 running, 12 waiting in the queue (Resources)" */
export function queueText({ pending, running, reason }: QueueState): string {
  const text = l10n.t('{0} running, {1} waiting in the queue', running, pending);
  return reason === undefined ? text : `${text} (${reason})`;
}
