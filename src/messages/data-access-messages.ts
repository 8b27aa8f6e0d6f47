import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../common/number-notation';

// What keeps the files of a dataset from being found, opened or read to their end. No message ends with a full
// stop: others quote it, or add the locations of a problem to it.

export function fileNotFound(file: string): string {
  return l10n.t('{0} does not exist', file);
}

export function permissionDenied(file: string): string {
  return l10n.t('{0} cannot be read: permission denied', file);
}

export function linkLoop(file: string): string {
  return l10n.t('{0} is a symbolic link that points back to itself', file);
}

export function fileUnreadable({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} cannot be read: {1}', file, reason);
}

export function notRegularFile(file: string): string {
  return l10n.t('{0} is not a regular file', file);
}

/** @param size in bytes, as is the limit */
export function fileLargerThan({ file, size, limit }: { file: string; size: number; limit: number }): string {
  const megabytes = (bytes: number): string => formatExactCount(Math.ceil((bytes / 1e6) * 10) / 10);
  return l10n.t('{0} has {1} MB, above the limit of {2} MB', file, megabytes(size), megabytes(limit));
}

export function folderInsteadOfFile(file: string): string {
  return l10n.t('{0} is a folder, expected a file', file);
}

export function globWithoutFolder({ folder, pattern }: { folder: string; pattern: string }): string {
  return l10n.t('{0} is not a folder, so {1} matches no files', folder, pattern);
}

export function globTooComplex(pattern: string): string {
  return l10n.t('{0} has too many wildcards; use at most 3 "*" in a name', pattern);
}

export function globWithoutMatch(pattern: string): string {
  return l10n.t('{0} matches no files', pattern);
}

export function emptyFileList(): string {
  return l10n.t('The list of files is empty');
}

export function tooManyFolders(limits: { folder: string; folders: number; depth: number }): string {
  return l10n.t(
    '{0} has more than {1} folders, or folders nested more than {2} levels deep',
    limits.folder,
    formatExactCount(limits.folders),
    limits.depth,
  );
}

export function tooManyFiles({ folder, files }: { folder: string; files: number }): string {
  return l10n.t('{0} has more than {1} files', folder, formatExactCount(files));
}

export function repeatedLinksSkipped(): string {
  return l10n.t('Symbolic links to folders that are already counted are skipped');
}

export function nothingReadable(folder: string): string {
  return l10n.t('No file in {0} can be read', folder);
}

/** @param format the format that is not read, because another has more files */
export function mixedFormats({ folder, format }: { folder: string; format: string }): string {
  return l10n.t('{0} contains files of several formats; {1} files are not counted', folder, format);
}

/** @param ending of the files' names, with its dot; empty for names that have none */
export function unreadFormat({ folder, ending }: { folder: string; ending: string }): string {
  return ending === ''
    ? l10n.t('{0} contains files without a file extension; they are not counted', folder)
    : l10n.t('{0} contains {1} files, a format that is not read; they are not counted', folder, ending);
}

export function sampleSubmissionSkipped(file: string): string {
  return l10n.t('{0} is a sample submission, not data; it is not counted', file);
}

/** @param beside the folder of the examples that they annotate */
export function annotationFolderSkipped({ folder, beside }: { folder: string; beside: string }): string {
  return l10n.t(
    '{0} contains annotations of the files in {1}, such as boxes or masks; they are not counted as examples',
    folder,
    beside,
  );
}

export function unlabelledSplit({ path, split }: { path: string; split: string }): string {
  return l10n.t(
    'The {0} split in {1} has no labels; it is not counted, and a test split is taken from the training examples',
    split,
    path,
  );
}

/** @param others configurations of the same dataset, which often hold the same examples */
export function configurationChosen(of: {
  dataset: string;
  chosen: string;
  others: readonly string[];
}): string {
  return l10n.t(
    '{0} has several configurations; only "{1}" is counted, so that no example is counted twice. For another ({2}), set path= to its folder',
    of.dataset,
    of.chosen,
    of.others.slice(0, 20).join(', '),
  );
}

export function gitLfsPointer(file: string): string {
  return l10n.t(
    '{0} is a Git LFS pointer, not the data itself; run "git lfs pull" in its repository to download the data',
    file,
  );
}

export function gitLfsPointers(folder: string): string {
  return l10n.t(
    '{0} contains Git LFS pointers instead of data; run "git lfs pull" in its repository to download the data',
    folder,
  );
}

export function webPageInsteadOfData(file: string): string {
  return l10n.t(
    '{0} is a web page, not data: the server sent an error or a login page; download the file again',
    file,
  );
}

export function webPagesInsteadOfData(folder: string): string {
  return l10n.t(
    '{0} contains web pages instead of data: the server sent errors or login pages; download the files again',
    folder,
  );
}

export function emptyFolder(folder: string): string {
  return l10n.t('{0} contains no files', folder);
}

export function folderWithoutKnownFormat({ folder, files }: { folder: string; files: number }): string {
  return l10n.t(
    '{0} contains no file in a format that is read (files: {1}). {2}',
    folder,
    formatExactCount(files),
    formatsRead(),
  );
}

export function unsupportedFormat(file: string): string {
  return l10n.t('{0} is in a format that is not read. {1}', file, formatsRead());
}

/** What `path=` may name, by kinds of data. */
function formatsRead(): string {
  return l10n.t(
    'These are read: tables (CSV, TSV, JSON, JSON Lines, Parquet, Arrow, Feather, Excel, SQLite, ARFF, svmlight), arrays (NumPy, HDF5, MATLAB, IDX), TFRecord (counted only), images (PNG, JPEG, WebP, BMP, GIF, TIFF), recordings (WAV, FLAC, Ogg, Opus, MP3), text, and folders or .zip archives of them',
  );
}

export function changedWhileRead(file: string): string {
  return l10n.t('{0} changed while it was being read', file);
}

/** @param ratio how many times the compressed size was read */
export function compressionBomb({ file, ratio }: { file: string; ratio: number }): string {
  return l10n.t('{0} expands to more than {1} times its compressed size; reading stopped there', file, ratio);
}

export function gzipTruncated(file: string): string {
  return l10n.t('{0} is truncated: its compressed data is incomplete; replace it with a complete copy', file);
}

export function invalidGzip({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} is not a valid gzip file: {1}', file, reason);
}

export function invalidCompressed(file: string): string {
  return l10n.t('{0} cannot be decompressed; replace it with a complete copy', file);
}

export function decompressionFailed({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} cannot be decompressed: {1}', file, reason);
}

/** @param end where the file ends, in bytes; @param expected where its contents should end */
export function fileTruncated({
  file,
  end,
  expected,
}: {
  file: string;
  end: number;
  expected: number;
}): string {
  return l10n.t(
    '{0} is truncated: it ends at byte {1}, but its contents extend to byte {2}; replace it with a complete copy',
    file,
    end,
    expected,
  );
}

/** @param limit in bytes */
export function blockTooLarge({ file, limit }: { file: string; limit: number }): string {
  return l10n.t('{0} contains a block larger than the limit of {1} MiB', file, Math.floor(limit / 2 ** 20));
}

/** @param found what the file looks like instead of text */
export function binaryInsteadOfText({ file, found }: { file: string; found: string }): string {
  return l10n.t('{0} contains binary data, expected text ({1})', file, found);
}

export function controlCharacters(): string {
  return l10n.t('null bytes or control characters');
}

export function moreProblems(): string {
  return l10n.t('More problems were found, which are not listed');
}

export function unreadableFilesSkipped(): string {
  return l10n.t('Files that cannot be read are skipped');
}

/** A file among many and what is wrong with it, which most reasons say with its name. */
export function fileProblem({ file, reason }: { file: string; reason: string }): string {
  return reason.includes(file) ? reason : l10n.t('{0}: {1}', file, reason);
}

export function byteLocation({ file, byte }: { file: string; byte: number }): string {
  return l10n.t('{0}, byte {1}', file, byte);
}

/** @param byte counted after decompression */
export function decompressedLocation({ file, byte }: { file: string; byte: number }): string {
  return l10n.t('{0}, byte {1} after decompression', file, byte);
}
