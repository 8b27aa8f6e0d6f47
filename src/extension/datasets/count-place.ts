import path from 'node:path';
import { countDataset, type CountResult } from '../../data';
import { resolveDataPath, type DataPath } from '../../workspace/data-path';
import { countRequest } from '../../workspace/sizes/request';
import type { Counting } from './protocol';
import { stampOf } from './stamp';

const NOTHING: CountResult = { stated: [], issues: [] };

/** A count with the stamp of the data it was made from; `unchanged` where that is still `knownStamp`. */
export async function countPlace(
  counting: Counting,
  knownStamp: string | undefined,
  signal: AbortSignal,
): Promise<'unchanged' | { readonly stamp: string; readonly result: CountResult }> {
  const { written, file, workspaceFolders } = counting;
  const place = resolveDataPath(written, file, workspaceFolders);
  if (place.kind === 'remote') return { stamp: '', result: NOTHING };
  const { path: asked, ...options } = countRequest(counting, place);
  const stamp = await stampOf(asked, signal);
  if (stamp === knownStamp) return 'unchanged';
  const root = rootOf(counting, place);
  return { stamp, result: await countDataset(asked, { ...options, ...(root ? { root } : {}), signal }) };
}

/**
 * The folder that the data must lie in: an annotation of a project reads the project's own files, and others only
 * where it names them outright, by an absolute path or one in the home directory.
 */
function rootOf(
  { written, workspaceFolders }: Counting,
  place: Extract<DataPath, { kind: 'local' }>,
): string | undefined {
  if (path.isAbsolute(written) || /^~[/\\]/.test(written)) return undefined;
  return workspaceFolders.find(folder => isWithin(place.path, folder)) ?? workspaceFolders[0];
}

function isWithin(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return !path.isAbsolute(way) && way.split(path.sep)[0] !== '..';
}
