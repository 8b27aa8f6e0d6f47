import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';
import type { StaleSize } from './stale-sizes';

/** What an annotation says and what there is, in the display language. */
export function staleMessage(stale: StaleSize): string {
  const { stated, found, from } = stale;
  switch (stale.subject) {
    case 'total':
      return l10n.t(
        'num_examples is {0}, but the data has {1} ({2}).',
        formatExactCount(stated),
        formatExactCount(found),
        from,
      );
    case 'split':
      return l10n.t(
        'Split {0} is stated as {1}, but has {2} ({3}).',
        stale.split,
        formatExactCount(stated),
        formatExactCount(found),
        from,
      );
    case 'sum of splits':
      return l10n.t(
        'The splits sum to {0}, but the data has {1} ({2}).',
        formatExactCount(stated),
        formatExactCount(found),
        from,
      );
    case 'label':
      return l10n.t(
        'labels_present of {0} is {1}, but {2} of the examples have a label.',
        stale.task,
        percent(stated),
        percent(found),
      );
  }
}

/** What the repair is called. */
export function updateTitle(stale: StaleSize): string {
  const { found } = stale;
  switch (stale.subject) {
    case 'label':
      return l10n.t('Update {0} to {1}', stale.task, percent(found));
    case 'split':
      return l10n.t('Update {0} to {1}', stale.split, formatExactCount(found));
    case 'total':
    case 'sum of splits':
      return l10n.t('Update {0} to {1}', 'num_examples', formatExactCount(found));
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}
