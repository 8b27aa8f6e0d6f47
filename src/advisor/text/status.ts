import * as l10n from '@vscode/l10n';

/** How a condition stands, in a word; one that this version does not know, as it is. */
export function statusName(status: string): string {
  switch (status) {
    case 'met':
      return l10n.t('met');
    case 'unmet':
      return l10n.t('unmet');
    case 'assumed':
      return l10n.t('assumed');
    case 'unknown':
      return l10n.t('unknown');
    default:
      return status;
  }
}
