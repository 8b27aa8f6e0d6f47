import { createHash } from 'node:crypto';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Folders looked at for one stamp: those of splits and classes, not all of a deep tree. */
const MOST_FOLDERS = 2000;
const DEEPEST = 3;

/**
 * What tells whether data may have changed, without reading it: size and time of change of the file, or of the
 * folder and those in it. A file that is added or removed changes its folder; one that is overwritten in place,
 * in a folder, goes unnoticed.
 */
export async function stampOf(paths: string | readonly string[], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  let left = MOST_FOLDERS;
  const add = async (file: string, depth: number): Promise<void> => {
    signal.throwIfAborted();
    const found = await stat(file).catch(() => undefined);
    hash.update(`${file} ${found ? `${found.size} ${found.mtimeMs} ${found.ino}` : 'missing'}\n`);
    if (found?.isDirectory() !== true || depth === DEEPEST) return;
    for (const folder of await subfolders(file))
      if (left-- > 0) await add(path.join(file, folder), depth + 1);
  };
  for (const each of typeof paths === 'string' ? [paths] : paths) await add(withoutGlob(each), 0);
  return hash.digest('hex');
}

/** The folder that a glob begins at. */
function withoutGlob(file: string): string {
  const glob = file.search(/[*?[{]/);
  return glob < 0 ? file : path.dirname(`${file.slice(0, glob)}x`);
}

async function subfolders(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(folder, { bufferSize: 1024 }))
      if (entry.isDirectory()) names.push(entry.name);
  } catch {
    // Counting says why it cannot be read.
  }
  return names.sort();
}
