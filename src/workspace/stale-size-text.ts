import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';
import type { StaleSize } from './stale-sizes';

/** What an annotation says and what there is, in the display language. */
export function staleMessage({ subject, name, stated, found, from }: StaleSize): string {
  switch (subject) {
    case 'total':
      return l10n.t(
        'num_examples says {0}, but the data has {1} ({2}).',
        formatExactCount(stated),
        formatExactCount(found),
        from,
      );
    case 'split':
      return l10n.t(
        'The split {0} is stated with {1}, but has {2} ({3}).',
        name,
        formatExactCount(stated),
        formatExactCount(found),
        from,
      );
    case 'sum of splits':
      return l10n.t(
        'The splits add up to {0}, but the data has {1} ({2}).',
        formatExactCount(stated),
        formatExactCount(found),
        from,
      );
    case 'label':
      return l10n.t(
        '{0} of the examples are stated to have a label for {1}; {2} have one.',
        percent(stated),
        name,
        percent(found),
      );
  }
}

/** What the repair is called. */
export function updateTitle({ subject, name, found }: StaleSize): string {
  if (subject === 'label') return l10n.t('Update {0} to {1}', name, percent(found));
  return l10n.t('Update {0} to {1}', subject === 'split' ? name : 'num_examples', formatExactCount(found));
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}
