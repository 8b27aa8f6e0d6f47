import { createHash } from 'node:crypto';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../../../common/abort';
import { type CountResult, type DataIssue, countAndCheck, countDataset } from '../../../data';
import { globFolder } from '../../../common/path-syntax';
import { resolveDataPath } from '../../../data/paths/node-file-system';
import type { ReadableFolders } from '../../../data/paths/readable-folders';
import { checkRequest, countRequest } from '../../../workspace/count-request';
import { dataOutside } from '../../../messages/outside-messages';
import type { CountJob } from '../../../protocol/counting';
import { readableFoldersOf } from '../../project/readable-folders';

/** Folders looked at for one stamp: those of splits and classes, not all of a deep tree. */
const MOST_FOLDERS = 2000;
const DEEPEST = 3;
const SEPARATORS = path.sep === '/' ? '/' : '/\\';

/**
 * What tells whether data may have changed, without reading it: size and time of change of the file, or of the
 * folder and those in it. A file that is added or removed changes its folder; one that is overwritten in place,
 * in a folder, goes unnoticed.
 */
async function modificationStamp(
  paths: string | readonly string[],
  readable: ReadableFolders,
  signal: AbortSignal,
): Promise<string> {
  // Other permissions may let links lead further.
  const hash = createHash('sha256').update(`${readable.join('\n')}\n`);
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
  // Looked up each time: the user may have allowed more since.
  const readable = readableFoldersOf(file, workspaceFolders);
  const place = await resolveDataPath(written, file, workspaceFolders, readable);
  if (place.kind === 'remote') return { stamp: '', result: NOTHING };
  if (place.kind === 'outside') {
    const issue: DataIssue = {
      code: 'outside-root',
      severity: 'warning',
      message: dataOutside(place),
      where: [place.place],
    };
    return { stamp: '', result: { ...NOTHING, issues: [issue] } };
  }
  const request = countRequest(counting, place);
  const { path: asked, ...options } = request;
  const stamp = await modificationStamp(asked, readable, signal);
  if (stamp === knownStamp) return 'unchanged';
  const { check } = counting;
  const result = check
    ? await countAndCheck(asked, { ...options, signal }, checkRequest(check, request))
    : await countDataset(asked, { ...options, signal });
  return { stamp, result };
}
