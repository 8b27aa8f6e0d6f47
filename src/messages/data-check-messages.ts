import * as l10n from '@vscode/l10n';
import { formatExactSize, formatNames } from './quantities';

// What the checks of a dataset find. A message names the dataset and the problem; each place where it was found
// (a column, a class, a pair of examples) is a location of its own.

export function constantColumns(dataset: string): string {
  return l10n.t('{0} has columns with the same value in every row', dataset);
}

export function dashesMissing(dataset: string): string {
  return l10n.t('{0} has "-" in columns of numbers; it is taken for a missing value', dataset);
}

export function duplicateColumns(dataset: string): string {
  return l10n.t('{0} has columns that are equal in every row', dataset);
}

/** @param label its column */
export function targetLeakage({ dataset, label }: { dataset: string; label: string }): string {
  return l10n.t(
    'Possible target leakage in {0}: one column alone determines the label "{1}" (leave it out with ignore= if it is not known at prediction time)',
    dataset,
    label,
  );
}

/** @param rows that were looked at */
export function partlyChecked({ dataset, rows }: { dataset: string; rows: number }): string {
  return l10n.t(
    'The time for checks ended after {1} of {0}',
    dataset,
    formatExactSize({ value: rows, unit: 'examples' }),
  );
}

/** An issue with the first places where it was found: columns, classes, files, pairs of examples. */
export function issueText({
  message,
  where = [],
  count = 1,
}: {
  readonly message: string;
  readonly where?: readonly string[];
  readonly count?: number;
}): string {
  const shown = where.filter(place => place !== '' && !message.includes(place)).slice(0, PLACES);
  if (shown.length === 0) return message;
  const places = shown.join('; ');
  const what = message.endsWith('.') ? message.slice(0, -1) : message;
  return count > shown.length
    ? l10n.t('{0}: {1}; and {2} more', what, places, count - shown.length)
    : l10n.t('{0}: {1}', what, places);
}

const PLACES = 3;

export function columnDrift(dataset: string): string {
  return l10n.t('Distribution drift in {0}: columns differ between the training and test splits', dataset);
}

/** @param excess of the Kolmogorov–Smirnov distance over what sampling alone explains, 0 to 1 */
export function columnDriftLocation({ column, excess }: { column: string; excess: number }): string {
  return l10n.t('{0}: Kolmogorov–Smirnov distance {1} above chance', column, excess.toFixed(2));
}

export function brightnessDrift(dataset: string): string {
  return l10n.t(
    'Distribution drift in {0}: image brightness differs between the training and test splits',
    dataset,
  );
}

/** @param excess as of {@link columnDriftLocation} */
export function brightnessDriftLocation(excess: number): string {
  return l10n.t('Kolmogorov–Smirnov distance {0} above chance', excess.toFixed(2));
}

export function labelDrift({ dataset, label }: { dataset: string; label: string }): string {
  return l10n.t(
    'Label drift in {0}: the class frequencies of "{1}" differ between the training and test splits',
    dataset,
    label,
  );
}

/** @param excess of the total variation distance over what sampling alone explains, 0 to 1 */
export function labelDriftLocation(excess: number): string {
  return l10n.t('total variation distance {0} above chance', excess.toFixed(2));
}

export function labelsMissing({ dataset, label }: { dataset: string; label: string }): string {
  return l10n.t('{0} has examples without the label "{1}"', dataset, label);
}

export function infiniteLabels({ dataset, label }: { dataset: string; label: string }): string {
  return l10n.t(
    '{0} has infinite values as the label "{1}". They are left out, as missing labels are; correct them if they are mistakes',
    dataset,
    label,
  );
}

export function classesNotInTraining(dataset: string): string {
  return l10n.t('{0} has classes that do not occur in the training split', dataset);
}

/** @param limit a class needs at least so many */
export function fewExamplesOfClasses({ dataset, limit }: { dataset: string; limit: number }): string {
  return l10n.t('{0} has classes with fewer than {1} examples', dataset, limit);
}

/** @param first the name of the first example of the class */
export function classLocation(of: { label: string; value: string; count: number; first: string }): string {
  return l10n.t(
    '{0} "{1}": {2}, first in {3}',
    of.label,
    of.value,
    formatExactSize({ value: of.count, unit: 'examples' }),
    of.first,
  );
}

export function groupLeakage({ dataset, column }: { dataset: string; column: string }): string {
  return l10n.t('Data leakage in {0}: groups of "{1}" are in more than one split', dataset, column);
}

/** @param group a value of the column of groups */
export function groupLocation({ group, splits }: { group: string; splits: readonly string[] }): string {
  return l10n.t('{0}: {1}', group, splits.join(', '));
}

/** @param share of the test examples, from 0 to 1; @param within how alike files of a group are, as a correlation */
export function suspectedFileGroups(of: {
  path: string;
  column: string;
  share: number;
  within: number;
  between: number;
}): string {
  return l10n.t(
    '{0} % of the test examples of {1} share their {2} with training examples, and such files are alike (correlation {3}, others of the class {4}): scores may be too high. Keep them together with group={2}, or say group=none if they are independent.',
    Math.round(100 * of.share),
    of.path,
    of.column,
    of.within.toFixed(2),
    of.between.toFixed(2),
  );
}

/** @param alike the column in which rows of a group are most alike, by their intraclass correlation */
export function suspectedRowGroups(of: {
  path: string;
  column: string;
  share: number;
  alike: string;
  correlation: number;
}): string {
  return l10n.t(
    '{0} % of the test rows of {1} share their {2} with training rows, and such rows are alike (intraclass correlation of {3}: {4}): scores may be too high. Keep them together with group={2}, or say group=none if they are independent.',
    Math.round(100 * of.share),
    of.path,
    of.column,
    of.alike,
    of.correlation.toFixed(2),
  );
}

export function splitLeakage(of: { dataset: string; first: string; second: string }): string {
  return l10n.t(
    'Data leakage in {0}: the {1} and {2} splits contain identical inputs',
    of.dataset,
    of.first,
    of.second,
  );
}

/** Two columns or two examples that are the same. */
export function equalPair({ first, second }: { first: string; second: string }): string {
  return l10n.t('{0} = {1}', first, second);
}

export function nearDuplicates(dataset: string): string {
  return l10n.t('Possible data leakage in {0}: nearly identical images are in two splits', dataset);
}

interface SplitExample {
  readonly name: string;
  readonly split: string;
}

export function nearDuplicatePair(first: SplitExample, second: SplitExample): string {
  return l10n.t('{0} ({1}) ≈ {2} ({3})', first.name, first.split, second.name, second.split);
}

export function unreadableImages(dataset: string): string {
  return l10n.t('{0} has images that cannot be read', dataset);
}

export function unreadableRecordings(dataset: string): string {
  return l10n.t('{0} has recordings that cannot be read', dataset);
}

/** @param row from 1 */
export function exampleInRow({ file, row }: { file: string; row: number }): string {
  return l10n.t('{0} row {1}', file, row);
}

export function inputsDiffer({ source, target }: { source: string; target: string }): string {
  return l10n.t('The inputs of {0} and {1} differ', source, target);
}

/** @param source what the property is there, absent where it has none; @param target likewise */
export function inputPropertyDiffers(of: {
  property: string;
  source: string | undefined;
  target: string | undefined;
}): string {
  const none = l10n.t('none');
  return l10n.t('{0}: {1} vs. {2}', of.property, of.source ?? none, of.target ?? none);
}

/** Two tables of which one network is to read both. */
export function tablesUnlike(of: {
  target: string;
  source: string;
  shared: readonly string[];
  onlyTarget: readonly string[];
  onlySource: readonly string[];
}): string {
  const { target, source, shared } = of;
  const [ours, theirs] = [formatNames(of.onlyTarget), formatNames(of.onlySource)];
  return shared.length === 0
    ? l10n.t(
        'The tables {0} and {1} have no input column in common ({0}: {2}; {1}: {3}), so nothing learned from {1} can be used for {0}.',
        target,
        source,
        ours,
        theirs,
      )
    : l10n.t(
        'The tables {0} and {1} have few input columns in common ({2}; only {0}: {3}; only {1}: {4}). Transfer and multitask learning from {1} are unlikely to help.',
        target,
        source,
        formatNames(shared),
        ours,
        theirs,
      );
}

export function imageColor(channels: number): string {
  return channels < 3 ? l10n.t('grayscale') : l10n.t('color');
}
