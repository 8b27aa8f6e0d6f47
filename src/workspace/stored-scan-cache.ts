import { check, parseJson } from '../common/validation';
import { type CachedEntry, readCachedEntry, scanCache } from '../protocol/scan-cache-file';
import type { CachedFile } from './scan-cache';

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
