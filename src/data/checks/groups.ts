import * as l10n from '@vscode/l10n';
import type { SplitName } from '../splits/names';
import type { Check } from './check';

/** Groups (patients, speakers, …) that the data itself puts into two splits. */
export function groupCheck(group: string, path: string): Check {
  const splits = new Map<string, Set<SplitName>>();
  return {
    observe({ block, row, place, split }) {
      const at = place(group);
      const value = at === undefined ? undefined : block.text(row, at);
      if (value !== undefined) splits.set(value, (splits.get(value) ?? new Set()).add(split));
    },
    finish(issues) {
      const message = l10n.t('{0}: groups of "{1}" are in more than one split', path, group);
      for (const [value, of] of splits)
        if (of.size > 1)
          issues.add(
            'warning',
            'group-in-two-splits',
            message,
            l10n.t('{0}: {1}', value, [...of].sort().join(', ')),
          );
    },
  };
}
