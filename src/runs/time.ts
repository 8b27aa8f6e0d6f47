import * as l10n from '@vscode/l10n';
import type { QueueState } from './types';

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
