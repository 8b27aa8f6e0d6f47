import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { repeatedLinksSkipped, tooManyFiles, tooManyFolders } from '../../messages/data-access-messages';
import { throwIfAborted } from '../../common/abort';
import { isKernelFile } from '../../common/kernel-files';
import { dataError, isDataError, type IssueLog } from '../issues';
import { fileError } from './file-access';
import { type ReadableFolders, assertReadable } from './readable-folders';

/** A folder and the names of the files in it, in no order. */
export interface Folder {
  /** From the folder that was walked; empty for itself. */
  readonly steps: readonly string[];
  readonly path: string;
  readonly files: readonly string[];
}

export interface WalkOptions {
  /** Links that lead out of these are reported, not followed; absent without a limit. */
  readonly readable?: ReadableFolders | undefined;
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
}

/** Deeper than any real tree of data; a tree made to be endless stops here. */
const MAX_DEPTH = 32;

/** What Windows and macOS put into folders that people open, besides hidden files. */
const SYSTEM_FILES: ReadonlySet<string> = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  'icon\r',
  '$recycle.bin',
  'system volume information',
  '__macosx',
]);

/** Whether a name is of no data: hidden, or made by the operating system. */
function isSystemFile(name: string): boolean {
  return name.startsWith('.') || (name.length < 26 && SYSTEM_FILES.has(name.toLowerCase()));
}

const MAX_FOLDERS = 200_000;
/** The largest collections of images have fourteen million. */
const MAX_FILES = 20_000_000;

/** Folders read at the same time. */
const PARALLEL = 8;

/**
 * All folders from `path` down, links followed, each real folder once. Hidden ones, and what the
 * operating system makes, are passed over; those that cannot be read, and links that lead back, are reported.
 *
 * @throws DataError where `path` itself cannot be read
 */
export async function walkFolders(path: string, options: WalkOptions): Promise<Folder[]> {
  const visited = new Set<string>([await identity(path)]);
  const folders: Folder[] = [];
  let files = 0;
  let level: Omit<Folder, 'files'>[] = [{ steps: [], path }];
  while (level.length > 0) {
    const next: Omit<Folder, 'files'>[] = [];
    for (let i = 0; i < level.length; i += PARALLEL) {
      throwIfAborted(options.signal);
      if (folders.length + next.length > MAX_FOLDERS) break;
      const read = await Promise.all(level.slice(i, i + PARALLEL).map(each => readFolder(each, options)));
      for (const { folder, subfolders } of read) {
        folders.push(folder);
        files += folder.files.length;
        if (files > MAX_FILES)
          throw dataError('too-many-files', tooManyFiles({ folder: path, files: MAX_FILES }), path);
        for (const { name, isLink } of subfolders) {
          const child = { steps: [...folder.steps, name], path: join(folder.path, name) };
          if (await enter(child.path, isLink, visited, options)) next.push(child);
        }
      }
    }
    if (folders.length + next.length > MAX_FOLDERS || (next[0]?.steps.length ?? 0) > MAX_DEPTH) {
      throw dataError(
        'too-many-files',
        tooManyFolders({ folder: path, folders: MAX_FOLDERS, depth: MAX_DEPTH }),
        path,
      );
    }
    level = next;
  }
  return folders;
}

interface Listing {
  readonly folder: Folder;
  readonly subfolders: readonly { readonly name: string; readonly isLink: boolean }[];
}

async function readFolder(place: Omit<Folder, 'files'>, options: WalkOptions): Promise<Listing> {
  const files: string[] = [];
  const subfolders: { name: string; isLink: boolean }[] = [];
  for (const entry of await listEntries(place, options)) {
    const { name } = entry;
    if (isSystemFile(name)) continue;
    if (entry.isFile()) files.push(name);
    else if (entry.isDirectory()) {
      if (!isKernelFile(join(place.path, name))) subfolders.push({ name, isLink: false });
    } else if (entry.isSymbolicLink()) {
      const kind = await linkKind(join(place.path, name), options);
      if (kind === 'file') files.push(name);
      else if (kind === 'folder') subfolders.push({ name, isLink: true });
    }
  }
  return { folder: { ...place, files }, subfolders };
}

async function listEntries(
  { steps, path }: Omit<Folder, 'files'>,
  { issues }: WalkOptions,
): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    const known = fileError(error, path);
    if (!isDataError(known) || steps.length === 0) throw known;
    issues.addError(known);
    return [];
  }
}

async function linkKind(
  path: string,
  { readable, issues }: WalkOptions,
): Promise<'file' | 'folder' | undefined> {
  try {
    await assertReadable(path, readable);
    const target = await stat(path);
    if (target.isFile()) return 'file';
    return target.isDirectory() ? 'folder' : undefined;
  } catch (error) {
    const known = fileError(error, path);
    if (!isDataError(known)) throw known;
    issues.addError(known);
    return undefined;
  }
}

async function enter(
  path: string,
  isLink: boolean,
  visited: Set<string>,
  { issues }: WalkOptions,
): Promise<boolean> {
  const id = await identity(path);
  if (!visited.has(id)) {
    visited.add(id);
    return true;
  }
  if (isLink) issues.add('warning', 'link-loop', repeatedLinksSkipped(), path);
  return false;
}

async function identity(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(path);
    return `${dev}:${ino}`;
  } catch (error) {
    throw fileError(error, path);
  }
}
