import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';

// What is wrong with files of arrays: `.npy`, `.npz`, IDX, HDF5 and MATLAB. `file` may name an array within an archive.

export function invalidNpyHeader(file: string): string {
  return l10n.t('{0} has no valid .npy header', file);
}

export function structuredArray(file: string): string {
  return l10n.t(
    '{0} contains structured records, which are not supported; save each field as an array',
    file,
  );
}

export function pickledArray(file: string): string {
  return l10n.t(
    '{0} contains Python objects, which are never loaded; save it with a numeric or string dtype',
    file,
  );
}

export function unsupportedArrayType({ file, dtype }: { file: string; dtype: string }): string {
  return l10n.t('{0} has dtype {1}, which is not supported', file, dtype);
}

export function unsupportedElements(dtype: string): string {
  return l10n.t('Arrays of dtype {0} are not supported', dtype);
}

export function scalarArray(file: string): string {
  return l10n.t('{0} contains a single number, expected an array of examples', file);
}

export function fortranOrderArray(file: string): string {
  return l10n.t('{0} is stored in Fortran order; save it in C order with numpy.ascontiguousarray', file);
}

/** @param size of the file in bytes; @param declared what the header makes it */
export function emptyArrayExamples(file: string): string {
  return l10n.t('{0} declares examples without any data', file);
}

export function arrayTruncated({
  file,
  size,
  declared,
}: {
  file: string;
  size: number;
  declared: number;
}): string {
  return l10n.t(
    '{0} is truncated: its header declares {1} bytes, but it has {2}; replace it with a complete copy',
    file,
    formatExactCount(declared),
    formatExactCount(size),
  );
}

/** @param row the first that is incomplete, from 0 */
export function arrayRowsTruncated({ file, row }: { file: string; row: number }): string {
  return l10n.t(
    '{0} is truncated: row {1} and those after it are missing; replace it with a complete copy',
    file,
    row,
  );
}

/** @param array the one whose number of rows differs from that of `other` */
export function arrayRowsDiffer(of: {
  file: string;
  array: string;
  rows: number;
  other: string;
  otherRows: number;
}): string {
  return l10n.t(
    '{0}: array "{1}" has {2} rows, but "{3}" has {4}',
    of.file,
    of.array,
    formatExactCount(of.rows),
    of.other,
    formatExactCount(of.otherRows),
  );
}

export function invalidIdxHeader(file: string): string {
  return l10n.t('{0} has no valid IDX header', file);
}

export function idxHeaderTruncated(file: string): string {
  return l10n.t('{0} is truncated within its header; replace it with a complete copy', file);
}

export function tooManyArchiveEntries({ file, limit }: { file: string; limit: number }): string {
  return l10n.t('{0} has more than {1} entries', file, formatExactCount(limit));
}

export function archiveWithoutArrays(file: string): string {
  return l10n.t('{0} contains no arrays', file);
}

export function unknownArray({ file, array }: { file: string; array: string }): string {
  return l10n.t('{0} has no array "{1}"', file, array);
}

export function overlappingZip(file: string): string {
  return l10n.t('{0} is not a valid zip archive: its entries overlap', file);
}

export function invalidZip({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} is not a complete zip archive ({1}); replace it with a complete copy', file, reason);
}

export function archiveWithoutTables(file: string): string {
  return l10n.t('{0} contains no CSV, JSON or text file; extract it and name its folder in path=', file);
}

/** @param arrays their names */
export function arraysLeftOut({ file, arrays }: { file: string; arrays: readonly string[] }): string {
  const shown = arrays.slice(0, 10).join(', ') + (arrays.length > 10 ? ', …' : '');
  return l10n.t(
    '{0}: arrays that are not read, because they have another number of examples, or neither numbers nor text: {1}',
    file,
    shown,
  );
}

export function arraysWithoutExamples(file: string): string {
  return l10n.t('{0} contains no array of numbers or text that has examples', file);
}
