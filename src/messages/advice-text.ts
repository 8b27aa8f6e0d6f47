import * as l10n from '@vscode/l10n';
import type { Advice, AdviceChange, Strategy } from '../advisor/advice';
import { certaintyName } from './outlook-text';
import { formatCount, formatNames, formatSize, strategyName } from './quantities';

/** What the advice is about: the target, or a learned stage of its pipeline. */
export function adviceSubject(advice: Pick<Advice, 'task' | 'stage'>): string {
  return advice.stage ?? advice.task;
}

/** "transfer learning from object-recognition" */
export function recommendationText(advice: Pick<Advice, 'recommendation' | 'from' | 'publicSource'>): string {
  const { recommendation, from, publicSource } = advice;
  if (recommendation === 'transfer' && publicSource)
    return l10n.t('{0} from a checkpoint of {1}', strategyName(recommendation), publicSource.knownAs);
  if (from.length === 0) return strategyName(recommendation);
  return recommendation === 'multitask'
    ? l10n.t('multitask learning with {0}', formatNames(from))
    : l10n.t('{0} from {1}', strategyName(recommendation), formatNames(from));
}

/** "pneumonia: transfer learning from object-recognition (medium confidence)", in one line. */
export function headline(advice: Advice): string {
  const confidence = certaintyName(advice);
  const others = alternativesText(advice);
  return l10n.t(
    '{0}: {1} ({2})',
    adviceSubject(advice),
    recommendationText(advice),
    others === undefined ? confidence : `${others}; ${confidence}`,
  );
}

/**
 * "multitask learning does equally well": the other strategies that are acceptable. Those that a pilot or missing
 * sizes left open are only not ruled out.
 */
export function alternativesText(advice: Advice): string | undefined {
  const others = advice.acceptable.filter(strategy => strategy !== advice.recommendation);
  if (others.length === 0) return undefined;
  const names = others.map(strategyName).reduce((some, name) => l10n.t('{0} and {1}', some, name));
  if (advice.basis === 'measured' || advice.confidence === 'low') return l10n.t('{0} not ruled out', names);
  return others.length === 1 ? l10n.t('{0} does equally well', names) : l10n.t('{0} do equally well', names);
}

/** "From 3.6M examples of chest-xray on: single-task training." */
export function adviceChangeText({ variable, operator, value, unit, to: strategy }: AdviceChange): string {
  const name = variable.slice(0, variable.lastIndexOf('.'));
  const to = strategyName(strategy);
  const from = operator === '>=';
  if (unit === 'parameters')
    return from
      ? l10n.t('At least {0} parameters for {1}: {2}.', formatCount(value), name, to)
      : l10n.t('At most {0} parameters for {1}: {2}.', formatCount(value), name, to);
  const size = formatSize({ value, unit });
  return from
    ? l10n.t('At least {0} in {1}: {2}.', size, name, to)
    : l10n.t('At most {0} in {1}: {2}.', size, name, to);
}

/** The five strategies in the order in which reasons are given. */
export const STRATEGIES: readonly Strategy[] = [
  'end-to-end',
  'pipeline',
  'transfer',
  'multitask',
  'single-task',
];
