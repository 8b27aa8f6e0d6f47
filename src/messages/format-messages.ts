import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';

// What is wrong with ARFF, svmlight, TFRecord, Excel, HDF5 and MATLAB files.

export function notArff(file: string): string {
  return l10n.t('{0} is not an ARFF file: no @data line follows its @attribute lines', file);
}

export function arffTooWide({ file, limit }: { file: string; limit: number }): string {
  return l10n.t('{0} declares more than {1} attributes', file, formatExactCount(limit));
}

/** @param line from 1 */
export function invalidArffAttribute({ file, line }: { file: string; line: number }): string {
  return l10n.t('{0}: line {1} declares no attribute with a name and a type', file, line);
}

export function relationalArff({ file, name }: { file: string; name: string }): string {
  return l10n.t('{0}: attribute "{1}" contains tables, which are not supported', file, name);
}

export function arffRowsSkipped({ file, columns }: { file: string; columns: number }): string {
  return l10n.t('{0} contains rows that do not have {1} values; they are skipped', file, columns);
}

export function notSvmlight(file: string): string {
  return l10n.t(
    '{0} is not in svmlight (libsvm) format: expected lines such as "1 3:0.5 7:2", a label with index:value pairs',
    file,
  );
}

export function svmlightRowsSkipped(file: string): string {
  return l10n.t('{0} contains lines that are not a label with index:value pairs; they are skipped', file);
}

/** @param limit features at most */
export function svmlightTooWide(of: { file: string; features: number; limit: number }): string {
  return l10n.t(
    '{0} has {1} features, more than the {2} that can be trained on; reduce them, for example with TruncatedSVD of scikit-learn',
    of.file,
    formatExactCount(of.features),
    formatExactCount(of.limit),
  );
}

/** @param record the first that is damaged, from 1 */
export function invalidTfrecord({ file, record }: { file: string; record: number }): string {
  return l10n.t(
    '{0} is damaged: the checksum of record {1} does not match; replace it with a complete copy',
    file,
    formatExactCount(record),
  );
}

export function notTfrecord(file: string): string {
  return l10n.t('{0} is not a TFRecord file: the checksum of its first record does not match', file);
}

export function tfrecordTruncated({ file, record }: { file: string; record: number }): string {
  return l10n.t(
    '{0} is truncated within record {1}; replace it with a complete copy',
    file,
    formatExactCount(record),
  );
}

export function tfrecordOnlyCounted(file: string): string {
  return l10n.t(
    'The records of {0} are counted, but their contents are not read; to train, save the examples as Parquet or CSV',
    file,
  );
}

export function notHdf5(file: string): string {
  return l10n.t('{0} is not an HDF5 file', file);
}

export function invalidHdf5({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} cannot be read as an HDF5 file: {1}', file, reason);
}

export function hdf5TooSlow({ file, seconds }: { file: string; seconds: number }): string {
  return l10n.t(
    '{0} cannot be read as an HDF5 file within {1} seconds; it may be damaged; write it anew with h5repack',
    file,
    seconds,
  );
}

export function invalidMatlab(file: string): string {
  return l10n.t('{0} is not a complete MATLAB file; replace it with a complete copy', file);
}

export function matlabLevel4(file: string): string {
  return l10n.t('{0} is a MATLAB file of level 4, which is not supported; save it again with -v7', file);
}

/** @param limit in bytes */
export function matlabTooLarge(of: { file: string; name: string; limit: number }): string {
  return l10n.t(
    '{0}: variable "{1}" has more than {2} bytes; save it with -v7.3, which can be read in parts',
    of.file,
    of.name,
    formatExactCount(of.limit),
  );
}

export function oldExcel(file: string): string {
  return l10n.t('{0} is an Excel file in the binary format (.xls); save it as .xlsx or CSV', file);
}

export function notExcel(file: string): string {
  return l10n.t('{0} is not a complete Excel workbook; replace it with a complete copy', file);
}

export function emptyExcel(file: string): string {
  return l10n.t('{0} has no visible sheet with a table', file);
}

/** @param limit in bytes */
export function excelTooLarge({ file, limit }: { file: string; limit: number }): string {
  return l10n.t('{0} has a sheet of more than {1} bytes; save it as CSV', file, formatExactCount(limit));
}

export function tooManyCells({ file, limit }: { file: string; limit: number }): string {
  return l10n.t('{0} has a sheet of more than {1} cells; save it as CSV', file, formatExactCount(limit));
}

export function sheetsLeftOut(of: { file: string; sheet: string; others: readonly string[] }): string {
  return l10n.t(
    '{0}: of its sheets, "{1}" is read; others can be named as {0}#NAME: {2}',
    of.file,
    of.sheet,
    of.others.slice(0, 10).join(', '),
  );
}
