import * as l10n from '@vscode/l10n';

/** "40 s", "3 min", "1 h 20 min" */
export function timeText(seconds: number): string {
  if (seconds < 100) return l10n.t('{0} s', Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return l10n.t('{0} min', minutes);
  return l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}
