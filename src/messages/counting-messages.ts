import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';

// What counting a dataset says: where its figures come from, what could not be counted, and what an annotation
// gives differently.

export type CountSource =
  | 'table-rows'
  | 'lines'
  | 'json-records'
  | 'directory-entries'
  | 'text'
  | 'recording-headers'
  | 'parquet-footer'
  | 'arrow-headers'
  | 'npy-header'
  | 'npz-headers'
  | 'idx-header'
  | 'tfrecord-headers'
  | 'hdf5-headers'
  | 'matlab-headers';

const COUNT_SOURCES: Readonly<Record<CountSource, () => string>> = {
  'table-rows': () => l10n.t('table rows'),
  lines: () => l10n.t('non-empty lines'),
  'json-records': () => l10n.t('JSON records'),
  'directory-entries': () => l10n.t('directory entries'),
  text: () => l10n.t('text contents'),
  'recording-headers': () => l10n.t('recording headers'),
  'parquet-footer': () => l10n.t('Parquet footer'),
  'arrow-headers': () => l10n.t('Arrow batch headers'),
  'npy-header': () => l10n.t('.npy header'),
  'npz-headers': () => l10n.t('array headers'),
  'idx-header': () => l10n.t('IDX header'),
  'hdf5-headers': () => l10n.t('HDF5 headers'),
  'matlab-headers': () => l10n.t('MATLAB headers'),
  'tfrecord-headers': () => l10n.t('TFRecord headers'),
};

/** What a size was counted from. */
export function countSource(source: CountSource): string {
  return COUNT_SOURCES[source]();
}

/** A part of a file that states the sizes of a dataset. */
export function statedIn(
  card: string,
  part: { kind: 'configuration' | 'record set' | 'resource'; name: string },
): string {
  switch (part.kind) {
    case 'configuration':
      return l10n.t('{0} (configuration {1})', card, part.name);
    case 'record set':
      return l10n.t('{0} (record set {1})', card, part.name);
    case 'resource':
      return l10n.t('{0} (resource {1})', card, part.name);
  }
}

/** A reason why a card cannot be read. */
export function cardTooComplex(): string {
  return l10n.t('it takes too long to parse');
}

export function cardUnreadable({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} cannot be parsed: {1}', file, reason);
}

export function noExamples(dataset: string): string {
  return l10n.t('{0} has no examples', dataset);
}

export function unitNotCountable({ dataset, unit }: { dataset: string; unit: string }): string {
  return l10n.t('{0} cannot be counted in {1}; its examples are counted instead', dataset, unit);
}

export function unreadableRecordingsNotCounted(dataset: string): string {
  return l10n.t('{0} has recordings that cannot be read; they are not counted', dataset);
}

/** @param written the texts that were taken for missing, with how often each; other labels are empty */
export function examplesWithoutLabel(of: {
  missing: number;
  examples: number;
  label: string;
  written: ReadonlyMap<string, number>;
}): string {
  const figures = [formatExactCount(of.missing), formatExactCount(of.examples), of.label] as const;
  if (of.written.size === 0) return l10n.t('{0} of {1} examples have no label "{2}"', ...figures);
  const words = [...of.written].map(([word, count]) => `"${word}" (${formatExactCount(count)})`).join(', ');
  return l10n.t('{0} of {1} examples have no label "{2}"; read as missing: {3}', ...figures, words);
}

/** The class of the examples that are not of the positive one. @param prefix `label:` where there are several */
export function negativeClass({ prefix, positive }: { prefix: string; positive: string }): string {
  return l10n.t('{0}not {1}', prefix, positive);
}

export function unknownClass(of: { label: string; value: string; classes: readonly string[] }): string {
  return l10n.t(
    'No example of {0} has the class "{1}"; its classes are {2}',
    of.label,
    of.value,
    of.classes.slice(0, 20).join(', '),
  );
}

/** A figure of an annotation that differs from the data. */
export type SizeDifference = SizeSubject & {
  /** Shares of the examples for a label, else numbers in one unit. */
  readonly stated: number;
  readonly found: number;
  /** Where `found` comes from, in words. */
  readonly from: string;
};

export type SizeSubject =
  | { readonly subject: 'total' | 'sum of splits' }
  | { readonly subject: 'split'; readonly split: string }
  | { readonly subject: 'label'; readonly task: string };

export function staleMessage(difference: SizeDifference): string {
  const { stated, found, from } = difference;
  switch (difference.subject) {
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
        difference.split,
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
        difference.task,
        percent(stated),
        percent(found),
      );
  }
}

/** The title of the quick fix of a {@link staleMessage}. */
export function updateTitle(difference: SizeDifference): string {
  const { found } = difference;
  switch (difference.subject) {
    case 'label':
      return l10n.t('Update {0} to {1}', difference.task, percent(found));
    case 'split':
      return l10n.t('Update {0} to {1}', difference.split, formatExactCount(found));
    case 'total':
    case 'sum of splits':
      return l10n.t('Update {0} to {1}', 'num_examples', formatExactCount(found));
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

export function remoteData(url: string): string {
  return l10n.t('{0} is not on this machine and is not counted.', url);
}

export function missingData(path: string): string {
  return l10n.t('{0} does not exist.', path);
}

export function annotationWithoutPath(): string {
  return l10n.t('The annotation has no path=. Add one to count the data.');
}
