import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';

/** Why the test split of a dataset has so few examples. */
export type FewTestExamples =
  /** Groups stay whole, and there are so few. */
  | { readonly kind: 'few-groups'; readonly column: string; readonly groups: number }
  /** No example has a time, and such examples are for training. */
  | { readonly kind: 'no-times'; readonly column: string }
  /** Its classes have too few examples each to be in every split. */
  | { readonly kind: 'rare-classes'; readonly classes: number; readonly examples: number }
  /** The share of so few examples that is set aside is less than what is needed. */
  | { readonly kind: 'few-examples'; readonly examples: number };

/** The reason as a sentence, with what to do. */
export function fewTestExamplesReason(why: FewTestExamples): string {
  switch (why.kind) {
    case 'few-groups':
      return why.groups === 1
        ? l10n.t(
            'All examples belong to one group (group={0}), and a group stays in one split. Name a column that has more groups, or leave group= out.',
            why.column,
          )
        : l10n.t(
            'There are only {0} groups (group={1}), and a group stays in one split. Name a column that has more groups, or leave group= out.',
            why.groups,
            why.column,
          );
    case 'no-times':
      return l10n.t(
        'No cell of {0} (time={0}) contains a date or a number, so no examples are later than others. Name a column with times, or leave time= out.',
        why.column,
      );
    case 'rare-classes':
      return l10n.t(
        'The {0} labelled examples have {1} different labels, too many for each to be in training and test. Check that label= names the right column, or add examples of each class.',
        formatExactCount(why.examples),
        formatExactCount(why.classes),
      );
    case 'few-examples':
      return l10n.t(
        'A tenth of the {0} labelled examples is set aside for the test. Add examples, or a test split of your own.',
        formatExactCount(why.examples),
      );
  }
}
