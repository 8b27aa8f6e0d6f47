import * as l10n from '@vscode/l10n';
import type { Strategy } from '../../advisor/advice';
import { differenceText } from '../../messages/metric-text';
import { formatCount, strategyName } from '../../messages/quantities';
import type { QueueState } from '../../protocol/run-files';
import type { PilotReport, Verdict } from '../../protocol/pilot-report';

/**
 * The verdict of a pilot in a few sentences. A tie is claimed only where the interval of the difference is within the
 * margin; where it is wider, the data cannot tell, and the verdict is undecided.
 */
export function verdictText(report: PilotReport): string {
  const { task, verdict, arms, complete } = report;
  if (!verdict) return l10n.t('{0}: no verdict yet. Too few trials have finished.', task);
  const others = verdict.acceptable.filter(each => each !== verdict.recommendation);
  const isControl = verdict.arm === 'single-task';
  const gain = arms.find(({ id }) => id === verdict.arm)?.effectiveExamples?.find(({ n }) => n === verdict.n);
  return [
    isControl ? controlText(report, verdict, others) : differenceSentence(report, verdict),
    ...(!isControl && verdict.gain
      ? [
          l10n.t(
            'Corrected for the selection of the best: {0}.',
            differenceText(report.metric.name, verdict.gain),
          ),
        ]
      : []),
    ...(!isControl && others.length > 0
      ? [
          l10n.t(
            'Undecided between {0} and {1}.',
            strategyLabel(verdict.recommendation),
            strategyLabels(others),
          ),
        ]
      : []),
    ...(!isControl && gain ? [effectiveExamplesText(gain)] : []),
    ...(verdict.breakEven
      ? [
          l10n.t(
            'Break-even at about {0} examples.',
            formatCount(Number(verdict.breakEven.value.toPrecision(2))),
          ),
        ]
      : []),
    ...(verdict.simple ? [simpleModelText(report, verdict.simple)] : []),
    ...(hasOthers(report) ? [rulesText(verdict)] : []),
    ...(complete ? [] : [l10n.t('Preliminary verdict: some trials have not finished.')]),
  ].join(' ');
}

/** How the verdict stands to the rules. They agree only where their first recommendation is the measured one. */
export function rulesText({ recommendation, rules }: Verdict): string {
  if (rules.recommendation === recommendation) return l10n.t('This agrees with the rules.');
  const name = strategyLabel(rules.recommendation);
  return rules.agrees
    ? l10n.t('The rules recommend {0}, which is not ruled out.', name)
    : l10n.t('The rules recommend {0}.', name);
}

/** Where single-task training is recommended: nothing beat it, or it is the cheapest of several. */
function controlText(report: PilotReport, verdict: Verdict, others: readonly string[]): string {
  const name = strategyLabel(verdict.recommendation);
  const size = formatCount(verdict.n);
  if (!hasOthers(report))
    return l10n.t(
      '{0}: {1}, as there is no other strategy to compare at {2} examples.',
      report.task,
      name,
      size,
    );
  if (others.length === 0)
    return l10n.t('{0}: {1}. No other strategy did better at {2} examples.', report.task, name, size);
  return others.every(strategy => isTied(report, verdict, strategy))
    ? l10n.t(
        '{0}: tie at {1} examples between {2} and {3}; {2} is the cheapest.',
        report.task,
        size,
        name,
        strategyLabels(others),
      )
    : l10n.t(
        '{0}: undecided at {1} examples between {2} and {3}; {2} is the cheapest.',
        report.task,
        size,
        name,
        strategyLabels(others),
      );
}

/** Whether there is a strategy that single-task training is compared with. */
function hasOthers({ arms, verdict }: PilotReport): boolean {
  if (verdict && verdict.acceptable.length > 1) return true;
  return arms.some(({ strategy }) => !['single-task', 'end-to-end', 'baseline'].includes(strategy));
}

/** Whether the best arm of a strategy is shown to differ from single-task training by no more than the margin. */
function isTied({ arms, metric, margin }: PilotReport, { n }: Verdict, strategy: string): boolean {
  const sign = metric.higherIsBetter ? 1 : -1;
  const [best] = arms
    .filter(arm => arm.strategy === strategy)
    .flatMap(({ differences }) => differences.filter(each => each.n === n))
    .sort((one, other) => sign * (other.value - one.value));
  return best !== undefined && best.low >= -margin && best.high <= margin;
}

function differenceSentence({ task, metric }: PilotReport, verdict: Verdict): string {
  return l10n.t(
    '{0}: {1} ({2}), {3} over single-task training at {4} examples.',
    task,
    strategyLabel(verdict.recommendation),
    verdict.arm,
    differenceText(metric.name, verdict.difference),
    formatCount(verdict.n),
  );
}

function simpleModelText({ metric, arms }: PilotReport, simple: NonNullable<Verdict['simple']>): string {
  if (arms.find(({ id }) => id === simple.arm)?.variant === 'trees')
    return simple.standing === 'ahead'
      ? l10n.t(
          'No network beats boosted trees ({0}), which are better: {1}. Consider them first (train --strategy {0}).',
          simple.arm,
          differenceText(metric.name, simple),
        )
      : l10n.t(
          'No network is shown to be better than boosted trees ({0}): {1}.',
          simple.arm,
          differenceText(metric.name, simple),
        );
  return simple.standing === 'ahead'
    ? l10n.t(
        'A simple linear model ({0}) is better: {1}. Consider it first.',
        simple.arm,
        differenceText(metric.name, simple),
      )
    : l10n.t(
        'A simple linear model ({0}) is not shown to be worse: {1}.',
        simple.arm,
        differenceText(metric.name, simple),
      );
}

function effectiveExamplesText(gain: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly atLeast?: boolean;
}): string {
  const [value, low, high] = [gain.value, gain.low, gain.high].map(size => formatCount(Math.round(size)));
  if (gain.atLeast === true && gain.value < 0.5)
    return l10n.t('Single-task training did not do as well at any measured size.');
  return gain.atLeast === true
    ? l10n.t('Equivalent to at least {0} additional labelled examples.', value ?? '')
    : l10n.t(
        'Equivalent to about {0} additional labelled examples ({1} to {2}).',
        value ?? '',
        low ?? '',
        high ?? '',
      );
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

function strategyLabels(strategies: readonly string[]): string {
  return strategies.map(strategyLabel).join(', ');
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
