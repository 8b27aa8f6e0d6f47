import { valueAt } from './points';
import type { Trial } from './trials';

/** Trials that differ in their seed only take about the same time. */
const sortOf = (id: string): string => id.replace(/-s\d+$/, '');

/**
 * Seconds until all trials have finished, from how long the others took; `undefined` before the first has finished.
 *
 * @param waiting ids of jobs that have not begun
 */
export function secondsLeft(trials: readonly Trial[], waiting: readonly string[]): number | undefined {
  const known = new Map<string, number>();
  for (const { head, seconds } of trials) if (seconds !== undefined) known.set(sortOf(head.id), seconds);
  if (known.size === 0) return undefined;
  // Sizes that have not been reached take longer than all before.
  const longest = Math.max(...known.values());
  const whole = (id: string): number => known.get(sortOf(id)) ?? longest;
  const running = trials.filter(({ status }) => status === 'running');
  const begun = running.map(({ head, points }) => {
    const spent = points.length > 0 ? valueAt(points, points.length - 1, 'seconds') : 0;
    return Math.max(0, whole(head.id) - spent);
  });
  const left = [...begun, ...waiting.map(whole)].reduce((sum, each) => sum + each, 0);
  return left / Math.max(1, running.length);
}
