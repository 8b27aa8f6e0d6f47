import * as l10n from '@vscode/l10n';
import type { Strategy } from '../../advisor/advice';
import { amountText, differenceText, metricValueText } from '../../messages/metric-text';
import { formatCount, strategyName } from '../../messages/quantities';
import type { QueueState } from '../../protocol/run-files';
import type { ArmReport, PilotReport, Verdict } from '../../protocol/pilot-report';

/**
 * The verdict of a pilot in a few sentences: better, tie or undecided, the figures behind it, and what would decide an
 * undecided one.
 */
export function verdictText(report: PilotReport): string {
  const { verdict, complete } = report;
  if (!verdict) return l10n.t('{0}: no verdict yet. Too few trials have finished.', report.task);
  if (verdict.outcome === undefined) return earlierText(report, verdict);
  return [
    ...outcomeTexts(report, verdict),
    ...(verdict.below
      ? [
          l10n.t(
            'At {0} examples, {1} is better: {2}.',
            formatCount(verdict.below.n),
            verdict.below.arm,
            differenceText(report.metric.name, verdict.below),
          ),
        ]
      : []),
    ...(verdict.simple ? [simpleModelText(report, verdict.simple)] : []),
    ...(hasOthers(report) ? [rulesText(verdict)] : []),
    ...(complete ? [] : [l10n.t('Preliminary verdict: some trials have not finished.')]),
  ].join(' ');
}

/** The verdict of a pilot that goes on, without what is said at its end. */
export function preliminaryText(report: PilotReport, verdict: Verdict): string {
  return l10n.t('Preliminary verdict: {0}', outcomeTexts(report, verdict).slice(0, 2).join(' '));
}

/** What a list of runs says of a verdict: the recommended strategy, or that it is undecided. */
export function shortVerdict({ outcome, recommendation, acceptable, simple }: Verdict): string {
  if (recommendation === undefined) return l10n.t('undecided');
  const name = strategyLabel(recommendation);
  if (outcome === undefined) return l10n.t('{0} (earlier version)', name);
  if (simple?.standing === 'ahead') return l10n.t('{0} ({1} is better)', name, simple.arm);
  // A tie is with another strategy that is acceptable, too.
  if (outcome === 'tie' && acceptable.length <= 1) return l10n.t('{0} (nothing to compare with)', name);
  return outcome === 'tie' ? l10n.t('{0} (tie)', name) : name;
}

/** The outcome of one comparison, as tables say it. */
export function outcomeName(outcome: NonNullable<ArmReport['differences'][number]['outcome']>): string {
  switch (outcome) {
    case 'better':
      return l10n.t('better');
    case 'worse':
      return l10n.t('worse');
    case 'tie':
      return l10n.t('tie');
    case 'undecided':
      return l10n.t('undecided');
  }
}

/** "Chance: 50.0 %" */
export function chanceText(metric: string, chance: number): string {
  return l10n.t('Chance: {0}', metricValueText(metric, chance));
}

/** How the verdict stands to the rules. They agree only where their recommendation is the measured one. */
export function rulesText({ outcome, recommendation, rules }: Verdict): string {
  if (rules.recommendation === recommendation) return l10n.t('This agrees with the rules.');
  const name = strategyLabel(rules.recommendation);
  if (rules.standing === 'compatible')
    return l10n.t('The rules recommend {0}, which is compatible with this tie.', name);
  if (rules.standing === 'differs' && outcome === 'undecided')
    return l10n.t('The rules recommend {0}, which is worse here.', name);
  return rules.standing === 'open' || (rules.standing === undefined && rules.agrees)
    ? l10n.t('The rules recommend {0}, which is not ruled out.', name)
    : l10n.t('The rules recommend {0}.', name);
}

/** Earlier versions took what the data could not tell for a tie. */
function earlierText({ task }: PilotReport, verdict: Verdict): string {
  return l10n.t(
    '{0}: an earlier version recommended {1} at {2} examples, the cheapest strategy that it could not rule out. Run a new pilot for a verdict.',
    task,
    strategyLabel(verdict.recommendation ?? ''),
    formatCount(verdict.n),
  );
}

function outcomeTexts(report: PilotReport, verdict: Verdict): readonly string[] {
  if (verdict.recommendation === undefined) return undecidedTexts(report, verdict);
  const name = strategyLabel(verdict.recommendation);
  const size = formatCount(verdict.n);
  if (!hasOthers(report))
    return [
      l10n.t('{0}: {1}, as there is no other strategy to compare at {2} examples.', report.task, name, size),
    ];
  if (verdict.outcome === 'tie')
    return [
      l10n.t(
        '{0}: tie at {1} examples. No strategy gains more than {2}; {3} is the cheapest.',
        report.task,
        size,
        amountText(report.metric.name, report.margin),
        name,
      ),
      ...(verdict.limit === 'saturated'
        ? [
            l10n.t(
              'All strategies are nearly perfect on the test examples, which therefore cannot tell how much they differ.',
            ),
          ]
        : []),
    ];
  return verdict.arm === 'single-task'
    ? [l10n.t('{0}: {1} is better than every other strategy at {2} examples.', report.task, name, size)]
    : betterTexts(report, verdict, name);
}

/** Whether there is a strategy that single-task training is compared with. */
function hasOthers({ arms, verdict }: PilotReport): boolean {
  if (verdict && verdict.acceptable.length > 1) return true;
  return arms.some(({ strategy }) => !['single-task', 'end-to-end', 'baseline'].includes(strategy));
}

function betterTexts({ task, metric, arms }: PilotReport, verdict: Verdict, name: string): readonly string[] {
  const others = verdict.acceptable.filter(each => each !== verdict.recommendation);
  const gain = arms.find(({ id }) => id === verdict.arm)?.effectiveExamples?.find(({ n }) => n === verdict.n);
  return [
    l10n.t(
      '{0}: {1} ({2}) is better than single-task training at {3} examples: {4}.',
      task,
      name,
      verdict.arm ?? '',
      formatCount(verdict.n),
      differenceText(metric.name, verdict.difference),
    ),
    ...(verdict.gain
      ? [l10n.t('Corrected for the selection of the best: {0}.', differenceText(metric.name, verdict.gain))]
      : []),
    ...(others.length > 0 ? [l10n.t('Undecided between {0} and {1}.', name, strategyLabels(others))] : []),
    ...(gain ? [effectiveExamplesText(gain)] : []),
    ...(verdict.breakEven
      ? [
          l10n.t(
            'Break-even at about {0} examples.',
            formatCount(Number(verdict.breakEven.value.toPrecision(2))),
          ),
        ]
      : []),
  ];
}

function undecidedTexts(report: PilotReport, verdict: Verdict): readonly string[] {
  const { task, metric, chance } = report;
  const size = formatCount(verdict.n);
  if (verdict.limit === 'chance' && chance !== undefined)
    return [
      l10n.t(
        '{0}: undecided at {1} examples. No strategy is shown to do better than chance ({2}), so their differences mean nothing here.',
        task,
        size,
        metricValueText(metric.name, chance),
      ),
    ];
  return [
    l10n.t('{0}: undecided at {1} examples.', task, size),
    aheadText(report, verdict),
    verdict.limit === 'one-seed' ? oneSeedText(report) : needsText(report, verdict),
  ];
}

/** Where trials are still to come, other seeds may be among them. */
function oneSeedText({ complete }: PilotReport): string {
  return complete
    ? l10n.t('Each arm was trained once, which decides nothing: use at least two seeds.')
    : l10n.t('Each arm was trained once so far, which decides nothing.');
}

function aheadText({ metric }: PilotReport, { difference }: Verdict): string {
  const by = differenceText(metric.name, difference);
  const isAhead = metric.higherIsBetter ? difference.value > 0 : difference.value < 0;
  return isAhead
    ? l10n.t('{0} is ahead of single-task training: {1}.', difference.arm ?? '', by)
    : l10n.t(
        'No strategy is ahead of single-task training; the closest is {0}: {1}.',
        difference.arm ?? '',
        by,
      );
}

/** What would decide, if what was measured is the truth. */
function needsText({ arms, tested }: PilotReport, { n, difference, needs }: Verdict): string {
  const now = arms.find(({ id }) => id === difference.arm)?.differences.find(each => each.n === n)?.seeds;
  const examples = needs?.testExamples;
  const more =
    examples === undefined
      ? undefined
      : l10n.t(
          '{0} test examples (now {1})',
          formatCount(Number(examples.toPrecision(2))),
          formatCount(tested ?? 0),
        );
  const seeds = needs?.seeds === undefined ? undefined : l10n.t('{0} seeds (now {1})', needs.seeds, now ?? 0);
  if (more !== undefined && seeds !== undefined)
    return l10n.t('If this is the true difference, about {0} or {1} would decide.', more, seeds);
  return more === undefined && seeds === undefined
    ? l10n.t(
        'If this is the true difference, neither more seeds nor 20 times the test examples would decide.',
      )
    : l10n.t('If this is the true difference, about {0} would decide.', more ?? seeds ?? '');
}

function simpleModelText({ metric, arms }: PilotReport, simple: NonNullable<Verdict['simple']>): string {
  const variant = arms.find(({ id }) => id === simple.arm)?.variant;
  if (variant === 'prototypes' || variant === 'knn')
    return simple.standing === 'ahead'
      ? l10n.t(
          'No training at all is better ({0} on the frozen features): {1}.',
          simple.arm,
          differenceText(metric.name, simple),
        )
      : l10n.t(
          'No training at all is not shown to be worse ({0} on the frozen features): {1}.',
          simple.arm,
          differenceText(metric.name, simple),
        );
  if (variant === 'trees')
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
