import { type Dirent, opendirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { errorCode, errorMessage } from '../common/errors';
import { isKernelFile } from '../common/kernel-files';
import { type FileKind, type FileKindOf, isExcludedFolder, marksExcluded } from './file-selection';
import { kernelFolder } from '../messages/outside-messages';
import { type Rules, bringsRules, isIgnored, rulesAround, rulesBelow, rulesInside } from './gitignore';

/** A file that may have annotations. */
export interface CandidateFile {
  readonly path: string;
  readonly kind: FileKind;
  /** To be asked only of the few files that hold annotations: rules cost more than reading. */
  readonly rules: Rules | undefined;
}

/** Whether a file or folder is left out, by its absolute path; asked of all folders, and of files as rules are. */
export type IsExcluded = (path: string, isFolder: boolean) => boolean;

/** What the walk comes upon; `undefined` now and then, so that long stretches of nothing can be interrupted. */
export type Step =
  CandidateFile | { readonly path: string; readonly kind: 'unreadable'; readonly reason: string } | undefined;

/**
 * Folders whose own size in bytes is larger are read bit by bit: a million pictures must not hold up an
 * editor. Most file systems give a folder some ten bytes for each entry; reading in one go is twice as fast.
 */
const LARGE_FOLDER = 256 * 1024;
const BATCH = 512;

interface Folder {
  readonly path: string;
  readonly rules: Rules | undefined;
}

interface Listing {
  readonly folders: string[];
  readonly files: { readonly name: string; readonly kind: FileKind }[];
  readonly rules: string[];
  excluded: boolean;
}

/**
 * The candidates below a folder. Left out are hidden folders, packages, environments and caches, what
 * `.gitignore` names, and symbolic links, as git and ripgrep have it: what they lead to is either in the
 * tree already or not of it, and they may go round in circles.
 */
export function* walk(
  root: string,
  kindOf: FileKindOf,
  isLeftOut: IsExcluded = () => false,
): Generator<Step, void, void> {
  if (isKernelFile(root)) {
    yield { path: root, kind: 'unreadable', reason: kernelFolder(root) };
    return;
  }
  const pending: Folder[] = [{ path: root, rules: rulesAround(root) }];
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    const listing: Listing = { folders: [], files: [], rules: [], excluded: false };
    try {
      yield* list(folder.path, listing, kindOf);
    } catch (error) {
      yield { path: folder.path, kind: 'unreadable', reason: errorCode(error) ?? errorMessage(error) };
      continue;
    }
    if (listing.excluded && folder.path !== root) continue;
    const rules = rulesBelow(folder.path, listing.rules, folder.rules);
    for (const { name, kind } of listing.files) yield { path: inside(folder.path, name), kind, rules };
    for (const name of listing.folders) {
      const child = inside(folder.path, name);
      // What the kernel shows as files never ends, and is nobody's source.
      if (isKernelFile(child)) continue;
      if (isLeftOut(child, true) || isIgnored(rules, child, true)) continue;
      pending.push({ path: child, rules: rulesInside(child, rules) });
    }
  }
}

function* list(folder: string, listing: Listing, kindOf: FileKindOf): Generator<undefined, void, void> {
  if (statSync(folder).size <= LARGE_FOLDER) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) sort(entry, listing, kindOf);
    return;
  }
  const handle = opendirSync(folder, { bufferSize: BATCH });
  try {
    let count = 0;
    for (let entry = handle.readSync(); entry; entry = handle.readSync()) {
      sort(entry, listing, kindOf);
      if (++count % BATCH === 0) yield undefined;
    }
  } finally {
    handle.closeSync();
  }
}

function sort(entry: Dirent, listing: Listing, kindOf: FileKindOf): void {
  const { name } = entry;
  if (bringsRules(name)) listing.rules.push(name);
  if (marksExcluded(name)) listing.excluded = true;
  if (entry.isDirectory()) {
    if (!isExcludedFolder(name)) listing.folders.push(name);
  } else if (entry.isFile()) {
    const kind = kindOf(name);
    if (kind) listing.files.push({ name, kind });
  }
}

/** `path.join` without its normalising: the walk never leaves the folder. */
function inside(folder: string, name: string): string {
  return folder.endsWith(path.sep) ? folder + name : folder + path.sep + name;
}
