import * as l10n from '@vscode/l10n';
import type { ShapeProblem } from '../common/validation';

/** What is wrong with data that was read, at which field, and what belongs there. */
export function shapeProblemText({ kind, path, expected, found }: ShapeProblem): string {
  if (path === '') return l10n.t('found {0}, expected {1}', found, expected);
  switch (kind) {
    case 'missing':
      return l10n.t('missing field "{0}"', path);
    case 'unknown':
      return l10n.t('unknown field "{0}"', path);
    case 'wrong':
      return l10n.t('field "{0}" is {1}, expected {2}', path, found, expected);
  }
}
