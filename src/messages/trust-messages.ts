import * as l10n from '@vscode/l10n';

// What the user has allowed: code, folders, runs.

export function noStateFolder(): string {
  return l10n.t('There is no home folder to keep your permissions in. Set HOME or XDG_STATE_HOME.');
}

export function stateDamaged({ file, reason }: { file: string; reason: string }): string {
  return l10n.t(
    'Your permissions cannot be read, so nothing counts as allowed. {0}: {1}. Fix or delete the file.',
    file,
    reason,
  );
}

export function stateNotYours(): string {
  return l10n.t('other users can change it, or it belongs to another user');
}

export function stateUnwritable({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('Your permission was not saved. Cannot write {0}: {1}', file, reason);
}
