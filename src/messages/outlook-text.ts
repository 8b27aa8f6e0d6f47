import * as l10n from '@vscode/l10n';
import type { Advice, Chances } from '../advisor/advice';
import { measurementText } from './metric-text';
import { confidenceName, strategyName } from './quantities';

/** How sure the advice is, in two words: "medium confidence"; what a pilot measured in its place. */
export function certaintyName(advice: Advice): string {
  if (advice.basis === 'measured') return measurementText(advice);
  if (advice.publicSource) return l10n.t('nothing of that kind is annotated yet');
  return advice.confidence === null ? l10n.t('nothing to compare with') : confidenceName(advice.confidence);
}

/**
 * The same with what it means: "medium confidence: right in about 7 of 10 such cases"; of two strategies that may both
 * be best, how often the first one is.
 */
export function certaintyText(advice: Advice): string {
  const { outlook, confidence, basis, recommendation } = advice;
  if (basis === 'measured' || confidence === null || !outlook) return certaintyName(advice);
  const { chances, challenger } = outlook;
  if (outlook.call === 'ties') {
    const ahead = recommendation === challenger ? chances.wins : chances.loses;
    return l10n.t(
      '{0}: {1} is best or level in about {2} of 10 such cases',
      confidenceName(confidence),
      strategyName(recommendation),
      Math.round(10 * (ahead + chances.ties)),
    );
  }
  return l10n.t(
    '{0}: right in about {1} of 10 such cases',
    confidenceName(confidence),
    Math.max(1, Math.round(10 * outlook.probability)),
  );
}

/**
 * "By published results, transfer learning is better than single-task training in about 6 of 10 such cases, level in
 * 3, worse in 1."
 */
export function outlookText({ outlook }: Advice): string | undefined {
  if (!outlook) return undefined;
  const [better, level, worse] = tenths(outlook.chances);
  return l10n.t(
    'By published results, {0} is better than {1} in about {2} of 10 such cases, level in {3}, worse in {4}.',
    strategyName(outlook.challenger),
    strategyName(outlook.challenger === 'end-to-end' ? 'pipeline' : 'single-task'),
    better,
    level,
    worse,
  );
}

/** Wins, ties and losses in ten cases: rounded so that they add up to ten. */
export function tenths({ wins, loses }: Chances): readonly [number, number, number] {
  const better = Math.round(10 * wins);
  const worse = Math.min(Math.round(10 * loses), 10 - better);
  return [better, 10 - better - worse, worse];
}
