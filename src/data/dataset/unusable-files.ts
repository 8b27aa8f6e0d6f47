import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import {
  gitLfsPointers,
  unlabelledSplit,
  unreadFormat,
  webPagesInsteadOfData,
} from '../../messages/data-access-messages';
import { throwIfAborted } from '../../common/abort';
import { LONGEST_POINTER, headOf, placeholderError, placeholderOf } from '../bytes/placeholders';
import { type RawDatasetPart, findColumn } from '../data-tables';
import { type IssueLog, dataError, isDataError } from '../issues';
import { formatOfName } from '../paths/file-formats';
import type { ResolvedPath } from '../paths/resolve-path';
import type { Folder, WalkOptions } from '../paths/walk-folders';

/** Words about the data and code that reads it: nobody takes them for examples. */
const ABOUT =
  /^(?:readme|licen[cs]e|copying|citation|changelog|notice|authors|requirements|makefile|dockerfile|croissant|metadata|datapackage|dataset_infos?|dataset_dict|state|info|md5sums?|sha\d+sums?)(?:[-_.]|$)|\.(?:md|rst|py|ipynb|r|rmd|qmd|sh|bat|ya?ml|toml|cfg|ini|lock|log|css|js|ts|pdf|tex|bib|names|md5|sha\d+|sum)$/i;

/** Reports the files of formats that are not read, an issue for each ending. */
export function reportUnread({ path, folders }: ResolvedPath, issues: IssueLog): void {
  for (const { path: folder, files } of folders) {
    for (const name of files) {
      if (formatOfName(name) !== undefined || ABOUT.test(name)) continue;
      const ending = extname(name).toLowerCase();
      issues.add('information', 'mixed-formats', unreadFormat({ folder: path, ending }), join(folder, name));
    }
  }
}

/**
 * Refuses a file that is only a placeholder for data.
 *
 * @throws DataError `not-downloaded`, or what kept the file from being read
 */
export async function assertDownloaded(path: string): Promise<void> {
  const error = placeholderError(await headOf(path), path);
  if (error) throw error;
}

/** Files that are looked into, of all: placeholders are seldom alone. */
const SAMPLED = 32;

/**
 * The same folders without files that are only placeholders, which are reported. Where a sample of the files has none, no
 * more are looked into; one that is met later is an unreadable file.
 *
 * @throws DataError `not-downloaded` where nothing else is there
 */
export async function withoutPlaceholders(
  root: string,
  folders: readonly Folder[],
  { issues, signal }: WalkOptions,
): Promise<readonly Folder[]> {
  const total = folders.reduce((sum, { files }) => sum + files.length, 0);
  const step = Math.max(1, Math.floor(total / SAMPLED));
  let sample: ReturnType<typeof placeholderOf>;
  let at = 0;
  for (const { path, files } of folders)
    for (const name of files) if (at++ % step === 0) sample ??= await placeholderIn(join(path, name));
  if (sample === undefined) return folders;
  const message = sample === 'web page' ? webPagesInsteadOfData(root) : gitLfsPointers(root);
  const kept: Folder[] = [];
  const left: string[] = [];
  for (const folder of folders) {
    const files: string[] = [];
    for (const name of folder.files) {
      throwIfAborted(signal);
      const file = join(folder.path, name);
      if ((await placeholderIn(file)) === undefined) files.push(name);
      else left.push(file);
    }
    kept.push({ ...folder, files });
  }
  if (left.length === total) throw dataError('not-downloaded', message, root);
  for (const file of left) issues.add('error', 'not-downloaded', message, file);
  return kept;
}

/** A page is longer than a pointer, but no page is as long as most recordings and pictures. */
const LONGEST_PAGE = 64 * LONGEST_POINTER;

/** What cannot be read is reported where it is decoded. */
async function placeholderIn(file: string): Promise<ReturnType<typeof placeholderOf>> {
  try {
    const { size } = await stat(file);
    return size > LONGEST_PAGE ? undefined : placeholderOf(await headOf(file));
  } catch (error) {
    if (!isDataError(error) && !(error instanceof Error && 'code' in error)) throw error;
    return undefined;
  }
}

/**
 * The same parts without a test split that has no labels, which is reported: competitions keep theirs. It lacks a label
 * column that the training split has; where the label is not known, it has some of the training split's columns and no
 * others.
 */
export function withoutUnlabelled(
  parts: readonly RawDatasetPart[],
  labels: readonly string[],
  { path, issues }: { readonly path: string; readonly issues: IssueLog },
): readonly RawDatasetPart[] {
  const train = parts.find(({ split }) => split === undefined || split === 'train')?.table;
  if (!train) return parts;
  const isUnlabelled = ({ split, table }: RawDatasetPart): boolean => {
    if (split !== 'test') return false;
    const known = labels.filter(label => findColumn(train, label) !== undefined);
    if (known.length > 0) return known.some(label => findColumn(table, label) === undefined);
    const names = new Set(train.columns.map(({ name }) => name));
    return table.columns.length < names.size && table.columns.every(({ name }) => names.has(name));
  };
  const left = parts.filter(part => !isUnlabelled(part));
  for (const { table } of parts.filter(isUnlabelled))
    issues.add('information', 'unlabelled-split', unlabelledSplit({ path, split: 'test' }), table.path);
  return left;
}
