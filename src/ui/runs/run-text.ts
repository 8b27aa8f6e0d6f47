import * as l10n from '@vscode/l10n';
import { timeText } from '../../experiments/report/run-summary-text';
import { metricName, metricValueText } from '../../messages/metric-text';
import { formatCount, formatSize } from '../../messages/quantities';
import { runStateName } from '../../messages/run-titles';
import type { RunStatus } from './run-page-messages';
import type { Axis, Curve, Quantity } from './training-curve';
import type { Trial } from './trial-points';

export function axisName(axis: Axis): string {
  switch (axis) {
    case 'epoch':
      return l10n.t('epoch');
    case 'step':
      return l10n.t('step');
    case 'seconds':
      return l10n.t('seconds');
  }
}

export function quantityName(quantity: Quantity, metric: string): string {
  switch (quantity) {
    case 'loss':
      return l10n.t('Training loss');
    case 'validationLoss':
      return l10n.t('Validation loss');
    case 'metric':
      return l10n.t('Validation {0}', metricName(metric));
  }
}

export function quantityText(quantity: Quantity, metric: string, value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (quantity === 'metric') return metricValueText(metric, value);
  return Number(value.toPrecision(3)).toString();
}

export function armName(arm: string): string {
  return arm === 'pretrain' ? l10n.t('pre-training') : arm;
}

/** "transfer-full · 500 examples · seed 2" */
export function curveName({ arm, n, seed }: Pick<Curve, 'arm' | 'n' | 'seed'>): string {
  return [
    armName(arm),
    ...(n === undefined ? [] : [formatSize({ value: n, unit: 'examples' })]),
    ...(seed === undefined ? [] : [l10n.t('seed {0}', seed)]),
  ].join(' · ');
}

/** "running · 12 of 90 trials · 1 failed · 3 min left" */
export function statusText({ state, finished, failed, total, secondsLeft }: RunStatus): string {
  return [
    runStateName(state),
    l10n.t('{0} of {1} trials', formatCount(finished), formatCount(total)),
    ...(failed > 0 ? [l10n.t('{0} failed', formatCount(failed))] : []),
    ...(secondsLeft === undefined ? [] : [l10n.t('{0} left', timeText(secondsLeft))]),
  ].join(' · ');
}

/** What is wrong with trials, in a sentence each. */
export function trialWarnings(trials: readonly Trial[], diverged: ReadonlySet<string>): readonly string[] {
  const failed = trials.filter(({ status }) => status === 'failed');
  return [
    ...failed.slice(0, 5).map(({ head, message = '' }) => `${head.id}: ${message}`),
    ...(failed.length > 5 ? [l10n.t('{0} more trials failed.', failed.length - 5)] : []),
    ...(diverged.size > 0
      ? [
          l10n.t(
            'The loss of {0} diverged (became NaN or infinite). Its curve has gaps there.',
            [...diverged].slice(0, 3).join(', ') + (diverged.size > 3 ? ', …' : ''),
          ),
        ]
      : []),
  ];
}
