import * as l10n from '@vscode/l10n';

// What is wrong with the labels that a pilot would learn and test: one class or value, classes that a split lacks.

/** Of one class against the rest. */
export function otherClasses(): string {
  return l10n.t('all others');
}

export function labelsOfOneClass({ task, only }: { task: string; only: string }): string {
  return l10n.t(
    'Every label of {0} is "{1}": with one class there is nothing to learn. Check label= and the data.',
    task,
    only,
  );
}

export function testOfOneClass({ task, only }: { task: string; only: string }): string {
  return l10n.t(
    'Every label of the test split of {0} is "{1}", so no metric can tell strategies apart. Add test examples of other classes, or let the split be made.',
    task,
    only,
  );
}

export function labelsOfOneValue({ task, value }: { task: string; value: number }): string {
  return l10n.t(
    'Every label of {0} is {1}: with one value there is nothing to learn. Check label= and the data.',
    task,
    shortNumber(value),
  );
}

export function testOfOneValue({ task, value }: { task: string; value: number }): string {
  return l10n.t(
    'Every label of the test split of {0} is {1}, so no metric can tell strategies apart. Add test examples with other values, or let the split be made.',
    task,
    shortNumber(value),
  );
}

/** What was standardised and brought back has lost its last digits. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

export function splitLacksClasses({
  split,
  classes,
}: {
  split: 'validation' | 'test';
  classes: readonly string[];
}): string {
  return split === 'test'
    ? l10n.t('The test split has no example of {0}, so no metric covers that.', someOf(classes))
    : l10n.t('The validation split has no example of {0}.', someOf(classes));
}

export function fewTestExamplesOfClasses({
  classes,
  recommended,
}: {
  classes: readonly string[];
  recommended: number;
}): string {
  return l10n.t(
    'The test split has fewer than {1} examples of {0}: metrics that average over classes depend on them.',
    someOf(classes),
    recommended,
  );
}

const MOST_NAMED = 5;

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? l10n.t('{0} and {1} more', shown, names.length - MOST_NAMED) : shown;
}
