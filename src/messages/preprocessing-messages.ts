import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';

// Why preprocessing cannot be fitted to a dataset, or applied to an example.

export function noTrainingLabels({ task, column }: { task: string; column: string }): string {
  return l10n.t('No training example has a label for "{0}" in column "{1}"', task, column);
}

export function noPositiveExample({ task, positive }: { task: string; positive: string }): string {
  return l10n.t('No training example of "{0}" has the class "{1}"', task, positive);
}

/** @param word the first cell that is no number */
export function textAsRegressionTarget({
  task,
  column,
  word,
}: {
  task: string;
  column: string;
  word: string;
}): string {
  return l10n.t(
    'Column "{0}" contains text, such as "{2}", so "{1}" cannot be trained as regression',
    column,
    task,
    word,
  );
}

export function tooManyClasses({ column, limit }: { column: string; limit: number }): string {
  return l10n.t(
    'Column "{0}" has more than {1} distinct values, too many for classification',
    column,
    formatExactCount(limit),
  );
}

/** @param columns those that were considered as input */
export function noUsableColumn(columns: readonly string[]): string {
  return l10n.t('None of the columns {0} can be used as input', columns.slice(0, 20).join(', '));
}

/** @param columns those that `features=` names, which are all labels, groups or splits */
export function featuresWithoutInput(columns: readonly string[]): string {
  return l10n.t(
    'features= names no input, only labels or columns that are left out: {0}. Name columns to predict from',
    columns.slice(0, 20).join(', '),
  );
}

export function noInputColumn(file: string): string {
  return l10n.t('{0} has no column to predict from besides the label and those that are left out', file);
}

/** @param found the inputs of the dataset; @param expected those of the dataset that the preprocessing was fitted on */
export function inputsNotConvertible(of: { dataset: string; found: string; expected: string }): string {
  return l10n.t(
    'The inputs of {0} ({1}) cannot be converted to those of the other dataset ({2})',
    of.dataset,
    of.found,
    of.expected,
  );
}

export function mediaFromFilesOnly(): string {
  return l10n.t('Images and recordings can be read from files only');
}

export function wrongValueCount({ found, expected }: { found: number; expected: number }): string {
  return l10n.t('An example has the wrong number of values: {0}, expected {1}', found, expected);
}

export function noTextColumn({ file, columns }: { file: string; columns: readonly string[] }): string {
  return l10n.t('None of the columns of {0} contains text: {1}', file, columns.slice(0, 20).join(', '));
}
