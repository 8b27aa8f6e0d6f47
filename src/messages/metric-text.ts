import * as l10n from '@vscode/l10n';
import type { Advice, Measurement } from '../advisor/advice';
import { formatCount, formatSize } from './quantities';

/** Metrics from 0 to 1, whose differences are said in points of a hundred. */
const SHARES = new Set(['accuracy', 'balanced-accuracy', 'macro-f1', 'auroc']);

/** The names of the metrics that are measured here; a program's own metric goes by its own name. */
export function metricName(metric: string): string {
  switch (metric) {
    case 'accuracy':
      return l10n.t('accuracy');
    case 'balanced-accuracy':
      return l10n.t('balanced accuracy');
    case 'macro-f1':
      return 'macro F1';
    case 'auroc':
      return 'AUROC';
    case 'r2':
      return 'R²';
    case 'mae':
      return 'MAE';
    default:
      return metric;
  }
}

/** "+8.2 points [3.1, 12.9]", or "+0.042 MAE [0.011, 0.073]": a difference with its 95 % interval. */
export function differenceText(
  metric: string,
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
): string {
  if (!SHARES.has(metric))
    return `${signed(threeDigits(value))} ${metricName(metric)} [${threeDigits(low)}, ${threeDigits(high)}]`;
  const [points, from, to] = [value, low, high].map(share => (100 * share).toFixed(1));
  return l10n.t('{0} points [{1}, {2}]', signed(points ?? ''), from ?? '', to ?? '');
}

/** "3 points", or "0.03 R²": how large a difference is. */
export function amountText(metric: string, amount: number): string {
  return SHARES.has(metric)
    ? l10n.t('{0} points', Number((100 * amount).toPrecision(2)))
    : `${threeDigits(amount)} ${metricName(metric)}`;
}

/** What differences of a metric are counted in. */
export function differenceUnit(metric: string): string {
  return SHARES.has(metric) ? l10n.t('points') : metricName(metric);
}

/** A metric's value: "87.3 %" of a share, three digits of anything else. */
export function metricValueText(metric: string, value: number): string {
  return SHARES.has(metric) ? `${(100 * value).toFixed(1)} %` : threeDigits(value);
}

function threeDigits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}

function signed(text: string): string {
  const digits = text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`;
  return /[1-9]/.test(text) ? digits : text.replace('-', '');
}

/** "+8.2 points [3.1, 12.9] at 300 examples; about 540 effective extra examples; break-even near 2,100" */
export function measurementText({ measured, effectiveExamples }: Advice): string {
  if (!measured) return l10n.t('measured');
  return [
    difference(measured),
    // A loss is given as the difference: a negative number of extra examples would puzzle.
    ...(effectiveExamples && measured.difference && effectiveExamples.value >= 0.5
      ? [l10n.t('about {0} effective extra examples', formatCount(Math.round(effectiveExamples.value)))]
      : []),
    ...(measured.breakEven === undefined
      ? []
      : [l10n.t('break-even near {0}', formatCount(Number(measured.breakEven.toPrecision(2))))]),
    ...(measured.stale ? [l10n.t('out of date')] : []),
  ].join('; ');
}

function difference({ metric, difference: by, n }: Measurement): string {
  const size = formatSize({ value: n, unit: 'examples' });
  return by ? l10n.t('{0} at {1}', differenceText(metric, by), size) : l10n.t('measured at {0}', size);
}
