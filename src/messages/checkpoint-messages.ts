import * as l10n from '@vscode/l10n';

/** A `checkpoint=` that is neither there nor known by name. */
export function checkpointUnknown({ name, similar }: { name: string; similar?: string | undefined }): string {
  const unknown = l10n.t(
    'No file or folder {0}, and no well-known checkpoint has this name, so the advice does not count it.',
    name,
  );
  return similar === undefined ? unknown : `${unknown} ${l10n.t('Did you mean {0}?', similar)}`;
}
