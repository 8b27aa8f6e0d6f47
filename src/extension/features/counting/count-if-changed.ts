import { createHash } from 'node:crypto';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../../../common/abort';
import { type CountResult, countDataset } from '../../../data';
import { isExplicitPath, globFolder } from '../../../common/path-syntax';
import { isInside } from '../../../data/paths/file-access';
import { type DataPath, resolveDataPath } from '../../../data/paths/node-file-system';
import { countRequest } from '../../../workspace/count-request';
import type { CountJob } from '../../../protocol/counting';

/** Folders looked at for one stamp: those of splits and classes, not all of a deep tree. */
const MOST_FOLDERS = 2000;
const DEEPEST = 3;
const SEPARATORS = path.sep === '/' ? '/' : '/\\';

/**
 * What tells whether data may have changed, without reading it: size and time of change of the file, or of the
 * folder and those in it. A file that is added or removed changes its folder; one that is overwritten in place,
 * in a folder, goes unnoticed.
 */
async function modificationStamp(paths: string | readonly string[], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  let left = MOST_FOLDERS;
  const add = async (file: string, depth: number): Promise<void> => {
    throwIfAborted(signal);
    const found = await stat(file).catch(() => undefined);
    hash.update(`${file} ${found ? `${found.size} ${found.mtimeMs} ${found.ino}` : 'missing'}\n`);
    if (found?.isDirectory() !== true || depth === DEEPEST) return;
    for (const folder of await subfolders(file))
      if (left-- > 0) await add(path.join(file, folder), depth + 1);
  };
  for (const each of typeof paths === 'string' ? [paths] : paths) await add(globFolder(each, SEPARATORS), 0);
  return hash.digest('hex');
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

const NOTHING: CountResult = { stated: [], issues: [] };

/** A count with the stamp of the data it was made from; `unchanged` where that is still `knownStamp`. */
export async function countIfChanged(
  counting: CountJob,
  knownStamp: string | undefined,
  signal: AbortSignal,
): Promise<'unchanged' | { readonly stamp: string; readonly result: CountResult }> {
  const { written, file, workspaceFolders } = counting;
  const place = await resolveDataPath(written, file, workspaceFolders);
  if (place.kind === 'remote') return { stamp: '', result: NOTHING };
  const { path: asked, ...options } = countRequest(counting, place);
  const stamp = await modificationStamp(asked, signal);
  if (stamp === knownStamp) return 'unchanged';
  const root = rootOf(counting, place);
  return { stamp, result: await countDataset(asked, { ...options, ...(root ? { root } : {}), signal }) };
}

/**
 * The folder that the data must lie in: an annotation of a project reads the project's own files, and others only
 * where it names them outright, by an absolute path or one in the home directory.
 */
function rootOf(
  { written, workspaceFolders }: CountJob,
  place: Extract<DataPath, { kind: 'local' }>,
): string | undefined {
  if (isExplicitPath(written, path.sep === '\\')) return undefined;
  return workspaceFolders.find(folder => isInside(folder, place.path)) ?? workspaceFolders[0];
}
