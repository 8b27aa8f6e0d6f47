import * as l10n from '@vscode/l10n';
import type { Advice, Strategy } from '../advisor/advice';
import { adviceSubject, alternativesText, recommendationText } from './advice-text';
import { inertText } from './inert-text';
import { certaintyName } from './outlook-text';

const ICONS: Readonly<Record<Strategy, string>> = {
  transfer: 'git-merge',
  multitask: 'type-hierarchy-sub',
  'end-to-end': 'arrow-right',
  pipeline: 'list-ordered',
  'single-task': 'target',
};

/** The codicon of a strategy, by its name. */
export function strategyCodicon(strategy: Strategy): string {
  return ICONS[strategy];
}

/** The codicon of a strategy, to stand in a text. */
export function strategyIcon(strategy: Strategy): string {
  return `$(${ICONS[strategy]})`;
}

/** "transfer learning from object-recognition (single-task training does equally well)" */
export function recommendationSummary(advice: Advice): string {
  const others = alternativesText(advice);
  const what = recommendationText(advice);
  return others === undefined ? what : `${what} (${others})`;
}

/**
 * What a lens says of advice that stands at one line: "transfer learning from object-recognition · high
 * confidence". The subject is named where the line does not name it as its own.
 */
export function lensTitle(advice: readonly Advice[], isNamed: boolean): string {
  const [first] = advice;
  if (!first) return '';
  const [, second] = advice;
  const isWhole = first.recommendation === 'end-to-end' && second !== undefined && second.stage === undefined;
  const what = isWhole
    ? l10n.t('{0}, by {1}', recommendationSummary(first), recommendationSummary(second))
    : recommendationSummary(first);
  const named = isNamed ? what : l10n.t('{0}: {1}', adviceSubject(first), what);
  const stages = advice.slice(1).filter(each => each.stage !== undefined);
  const more = stages.map(each => l10n.t('{0}: {1}', adviceSubject(each), recommendationSummary(each)));
  // A lens swallows an ordinary space behind an icon.
  const title = [named, ...more, certaintyName(first)].join(' · ');
  return `${strategyIcon(first.recommendation)}\u00a0${inertText(title)}`;
}
