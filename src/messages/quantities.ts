import * as l10n from '@vscode/l10n';
import type { Size, Unit } from '../language/annotation-model';
import { formatExactCount } from '../common/number-notation';
import type { Confidence, Strategy } from '../advisor/advice';

/** Whole numbers up to four digits are written out; others are cut to three: 1,280 · 27.8 · 36.5k · 1.28M. */
export function formatCount(value: number): string {
  if (value < 10_000) return grouped(Number.isInteger(value) ? value : Number(value.toPrecision(3)));
  for (const [suffix, power] of [
    ['T', 1e12],
    ['B', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const)
    if (value >= power * 0.9995) return `${Number((value / power).toPrecision(3))}${suffix}`;
  return String(value);
}

/** As the library of locales would write it in English: loading that takes longer than all else that a page says. */
function grouped(value: number): string {
  // eslint-disable-next-line regexp/no-super-linear-move -- a number has few digits
  return String(Number(value.toFixed(3))).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

const UNIT_TEXTS: Readonly<Record<Unit, (count: string) => string>> = {
  examples: count => (count === '1' ? l10n.t('1 example') : l10n.t('{0} examples', count)),
  hours: count => (count === '1' ? l10n.t('1 hour') : l10n.t('{0} hours', count)),
  minutes: count => (count === '1' ? l10n.t('1 minute') : l10n.t('{0} minutes', count)),
  seconds: count => (count === '1' ? l10n.t('1 second') : l10n.t('{0} seconds', count)),
  tokens: count => (count === '1' ? l10n.t('1 token') : l10n.t('{0} tokens', count)),
  words: count => (count === '1' ? l10n.t('1 word') : l10n.t('{0} words', count)),
  characters: count => (count === '1' ? l10n.t('1 character') : l10n.t('{0} characters', count)),
  sentences: count => (count === '1' ? l10n.t('1 sentence') : l10n.t('{0} sentences', count)),
};

export function formatSize(size: Size): string {
  return UNIT_TEXTS[size.unit](formatCount(size.value));
}

/** Every digit, for what was counted: 36,512 examples. */
export function formatExactSize(size: Size): string {
  return UNIT_TEXTS[size.unit](formatExactCount(size.value));
}

/** At most three names, and how many more there are. */
export function formatNames(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ');
  return l10n.t('{0} and {1} more', names.slice(0, 3).join(', '), names.length - 3);
}

/**
 * A size from which data is sufficient, without its unit, to follow "about": 60,000 or 1.3M. Such figures are known
 * roughly, so one digit is shown, or two that begin with 1 to 3; more only where `compared` would change sides.
 */
export function formatSufficient(sufficient: Size, compared: Size): string {
  const { value } = sufficient;
  const isEnough = compared.value >= value;
  for (let digits = /^[1-3]/.test(value.toExponential()) ? 2 : 1; digits < 8; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (compared.value >= rounded === isEnough) return formatRounded(rounded);
  }
  return formatCount(value);
}

function formatRounded(value: number): string {
  return value < 1e6 ? grouped(value) : formatCount(value);
}

/** The name of a strategy, to stand in a sentence. */
export function strategyName(strategy: Strategy): string {
  switch (strategy) {
    case 'transfer':
      return l10n.t('transfer learning');
    case 'multitask':
      return l10n.t('multitask learning');
    case 'end-to-end':
      return l10n.t('end-to-end learning');
    case 'pipeline':
      return l10n.t('a pipeline of stages');
    case 'single-task':
      return l10n.t('single-task training');
  }
}

export function confidenceName(confidence: Confidence): string {
  switch (confidence) {
    case 'high':
      return l10n.t('high confidence');
    case 'medium':
      return l10n.t('medium confidence');
    case 'low':
      return l10n.t('low confidence');
  }
}
