import type { MetricSpec } from '../spec';

/**
 * How close to the best still counts as *either*: one point of a metric from 0 to 1, about what repeating a training
 * with other seeds moves it by (Bouthillier et al. 2021; the tuning playbook, Godbole et al. 2023).
 */
export const MARGIN = 0.01;

const SHARES = new Set(['accuracy', 'balanced-accuracy', 'macro-f1', 'auroc', 'r2']);

/** The margin in the metric's own unit; of one without a fixed scale, that part of what the control reaches. */
export function marginOf(metric: MetricSpec, control: number): number {
  return SHARES.has(metric.name) ? MARGIN : MARGIN * Math.abs(control);
}

/** What a metric can be at best; unknown for a program's own. */
export function idealOf({ name }: MetricSpec): number | undefined {
  if (SHARES.has(name)) return 1;
  return name === 'mae' ? 0 : undefined;
}

/** The least and the most that a metric can be. */
export function rangeOf({ name }: MetricSpec): readonly [number, number] {
  if (name === 'r2') return [-Infinity, 1];
  if (name === 'mae') return [0, Infinity];
  return SHARES.has(name) ? [0, 1] : [-Infinity, Infinity];
}
