import { check, parseJson } from '../common/validation';
import { type CachedEntry, readCachedEntry, scanCache } from '../protocol/caches';
import type { AnnotatedFile } from './annotated-files';

/** Shows whether a file may have changed since it was read. */
export interface FileStamp {
  /** In bytes. */
  readonly size: number;
  /** When its content or its place last changed, in milliseconds since 1970. */
  readonly changed: number;
}

/** What was found in a file when it stood as `stamp` says; without `annotated`, nothing. */
export interface CachedFile extends FileStamp {
  readonly annotated?: Omit<AnnotatedFile, 'path'>;
}

/** Files that were read before: a scan skips those that have not changed since. */
export interface ScanCache {
  readonly get: (path: string) => CachedFile | undefined;
  /** Told of every file that a scan has read, or found as it was. */
  readonly note: (path: string, file: CachedFile) => void;
}

/**
 * A file that was written so shortly before it was read may be written again without another time: its stamp
 * does not tell. In milliseconds; file systems count in steps of two seconds at most.
 */
const TOO_FRESH = 2000;

/** Whether a stamp, taken at `now`, will differ after the next change. */
export function isReliable({ changed }: FileStamp, now: number): boolean {
  return changed < now - TOO_FRESH;
}

export function isUnchanged(known: FileStamp | undefined, now: FileStamp): boolean {
  return known?.size === now.size && known.changed === now.changed;
}

/** The format of {@link encodeScanCache}: to be raised whenever what is read from a file becomes another. */
const VERSION = 2;

/** Encodes as text that is read fast: the files of a folder are grouped, and name it once. */
export function encodeScanCache(files: ReadonlyMap<string, CachedFile>, release: string): string {
  const folders = new Map<string, CachedEntry[]>();
  for (const [path, { size, changed, annotated }] of files) {
    const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
    const name = path.slice(cut);
    const entry: CachedEntry = annotated ? [name, size, changed, annotated] : [name, size, changed];
    const others = folders.get(path.slice(0, cut));
    if (others) others.push(entry);
    else folders.set(path.slice(0, cut), [entry]);
  }
  return JSON.stringify({ version: VERSION, release, folders: [...folders] });
}

/** Decodes the files; none if the text is damaged, or written by another release. */
export function decodeScanCache(text: string, release: string): Map<string, CachedFile> {
  const read = check(scanCache, parseJson(text));
  // Half written, or by another release: then everything is read.
  if (!read.ok || read.value.version !== VERSION || read.value.release !== release) return new Map();
  const files = new Map<string, CachedFile>();
  for (const [folder, entries] of read.value.folders)
    for (const entry of entries) {
      const known = readCachedEntry(entry);
      if (!known) return new Map();
      const [name, size, changed, annotated] = known;
      files.set(folder + name, annotated ? { size, changed, annotated } : { size, changed });
    }
  return files;
}
