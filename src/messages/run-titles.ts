import * as l10n from '@vscode/l10n';

/** What a run is called where its user gave it no name: "Pilot of pneumonia", "Training of pneumonia". */
export function runTitle({ kind, task }: { readonly kind: string; readonly task: string }): string {
  return kind === 'pilot' ? l10n.t('Pilot of {0}', task) : l10n.t('Training of {0}', task);
}

/** The state of a run, in one word. */
export function runStateName(state: 'running' | 'interrupted' | 'stopped' | 'finished' | 'failed'): string {
  switch (state) {
    case 'running':
      return l10n.t('running');
    case 'interrupted':
      return l10n.t('interrupted');
    case 'stopped':
      return l10n.t('stopped');
    case 'finished':
      return l10n.t('finished');
    case 'failed':
      return l10n.t('failed');
  }
}
