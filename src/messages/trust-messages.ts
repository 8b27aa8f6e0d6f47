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

export function foreignFolder({
  place,
  owner,
  command,
}: {
  place: string;
  owner: string;
  command: string;
}): string {
  return l10n.t(
    '{0} belongs to another user (number {1}), so nothing in it is used: it could run code as you. If you trust that user: {2}',
    place,
    owner,
    command,
  );
}

export function sharedFolder({ place, command }: { place: string; command: string }): string {
  return l10n.t(
    'Other users can change {0}, so nothing in it is used: it could run code as you. Take away their write permission or, if you trust them: {1}',
    place,
    command,
  );
}
