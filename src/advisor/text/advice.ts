import * as l10n from '@vscode/l10n';
import type { Advice, Flip, Strategy } from '../advice';
import { confidenceName, formatCount, formatNames, strategyName } from './format';

/** What the advice is about: the target, or a learned stage of its pipeline. */
export function subject(advice: Pick<Advice, 'task' | 'stage'>): string {
  return advice.stage ?? advice.task;
}

/** "transfer learning from object-recognition" */
export function recommendationText(advice: Pick<Advice, 'recommendation' | 'from'>): string {
  const { recommendation, from } = advice;
  if (from.length === 0) return strategyName(recommendation);
  return recommendation === 'multitask'
    ? l10n.t('multitask learning with {0}', formatNames(from))
    : l10n.t('{0} from {1}', strategyName(recommendation), formatNames(from));
}

/** "pneumonia: transfer learning from object-recognition (medium confidence)", in one line. */
export function headline(advice: Advice): string {
  const what = recommendationText(advice);
  const others = advice.acceptable.filter(strategy => strategy !== advice.recommendation);
  const confidence = advice.basis === 'measured' ? l10n.t('measured') : confidenceName(advice.confidence);
  if (others.length === 0) return l10n.t('{0}: {1} ({2})', subject(advice), what, confidence);
  return l10n.t(
    '{0}: {1}, or as well {2} ({3})',
    subject(advice),
    what,
    others.map(strategyName).join(', '),
    confidence,
  );
}

/** "From 3.6M examples of chest-xray on: single-task training." */
export function flipText(flip: Flip): string {
  const [name, field] = splitVariable(flip.variable);
  const to = strategyName(flip.to);
  const value = formatCount(flip.value);
  if (field === 'num_params')
    return flip.operator === '>='
      ? l10n.t('From {0} parameters for {1} on: {2}.', value, name, to)
      : l10n.t('Up to {0} parameters for {1}: {2}.', value, name, to);
  return flip.operator === '>='
    ? l10n.t('From {0} {1} of {2} on: {3}.', value, unitName(flip.unit), name, to)
    : l10n.t('Up to {0} {1} of {2}: {3}.', value, unitName(flip.unit), name, to);
}

function splitVariable(variable: string): readonly [string, string] {
  const dot = variable.lastIndexOf('.');
  return [variable.slice(0, dot), variable.slice(dot + 1)];
}

function unitName(unit: string): string {
  const names: Readonly<Record<string, string>> = {
    examples: l10n.t('examples'),
    hours: l10n.t('hours'),
    minutes: l10n.t('minutes'),
    seconds: l10n.t('seconds'),
    tokens: l10n.t('tokens'),
    words: l10n.t('words'),
    characters: l10n.t('characters'),
    sentences: l10n.t('sentences'),
  };
  return names[unit] ?? unit;
}

/** The five strategies in the order in which reasons are given. */
export const STRATEGIES: readonly Strategy[] = [
  'end-to-end',
  'pipeline',
  'transfer',
  'multitask',
  'single-task',
];
