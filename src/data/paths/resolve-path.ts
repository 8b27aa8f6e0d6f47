import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import {
  emptyFileList,
  fileNotFound,
  globWithoutFolder,
  globTooComplex,
  globWithoutMatch,
  notRegularFile,
} from '../../messages/data-access-messages';
import picomatch from 'picomatch';
import { isBoundedGlob } from '../../common/glob-bounds';
import { dataError, isDataError } from '../issues';
import { globAt, listedPaths, splitFragment } from '../../common/path-syntax';
import { fileError } from './file-access';
import { formatOfName } from './file-formats';
import { assertReadable } from './readable-folders';
import { type Folder, type WalkOptions, walkFolders } from './walk-folders';

/** What a `path` names: one file, or the files of folders. */
export interface ResolvedPath {
  /** The file or folder itself; for globs and lists, the folder that all of them lie in. */
  readonly path: string;
  readonly isFolder: boolean;
  /** For a file, its folder with that one file. */
  readonly folders: readonly Folder[];
  /** What stands after `#`: a table of a database, an array of an archive. */
  readonly part?: string;
}

export interface ResolveOptions extends WalkOptions {
  /** The folder that relative paths start from; the working directory by default. */
  readonly base?: string | undefined;
}

/**
 * Finds what `path` names: a file, `file#table`, a folder, a glob (`data/**\/*.csv`), or a list of those.
 *
 * @throws DataError `not-found`, `no-permission`, `outside-root`, `link-loop`
 */
export async function resolvePath(
  path: string | readonly string[],
  options: ResolveOptions,
): Promise<ResolvedPath> {
  if (typeof path !== 'string') return resolveList(path, options);
  const absolute = resolve(options.base ?? '.', path);
  const found = await kindOf(absolute, options);
  if (found === 'file') return resolvedFile(absolute);
  if (found === 'folder')
    return { path: absolute, isFolder: true, folders: await walkFolders(absolute, options) };
  const parts = splitFragment(path);
  if (parts) {
    const file = resolve(options.base ?? '.', parts.path);
    if ((await kindOf(file, options)) === 'file') return { ...resolvedFile(file), part: parts.fragment };
  }
  const list = listedPaths(path);
  if (list.length > 1)
    return resolveList(
      list.map(each => each.path),
      options,
    );
  if (globAt(path) >= 0) return resolveGlob(absolute, options);
  throw dataError('not-found', fileNotFound(absolute), absolute);
}

async function kindOf(path: string, { readable }: ResolveOptions): Promise<'file' | 'folder' | undefined> {
  // Before anything is asked of it: whether something outside is there is nobody's business either.
  await assertReadable(path, readable);
  let kind: 'file' | 'folder' | undefined;
  try {
    const found = await stat(path);
    kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined;
    if (!kind) throw dataError('unsupported', notRegularFile(path), path);
  } catch (error) {
    const known = fileError(error, path);
    if (isDataError(known) && known.code === 'not-found') return undefined;
    throw known;
  }
  return kind;
}

function resolvedFile(path: string): ResolvedPath {
  const folder: Folder = { steps: [], path: dirname(path), files: [basename(path)] };
  return { path, isFolder: false, folders: [folder] };
}

async function resolveGlob(pattern: string, options: ResolveOptions): Promise<ResolvedPath> {
  if (!isBoundedGlob(pattern)) throw dataError('unsupported', globTooComplex(pattern), pattern);
  const { base } = picomatch.scan(pattern.split(sep).join('/'));
  const start = resolve(base === '' ? sep : base);
  if ((await kindOf(start, options)) !== 'folder')
    throw dataError('not-found', globWithoutFolder({ folder: start, pattern }), pattern);
  const rest = relative(start, pattern).split(sep).join('/');
  const matches = picomatch(rest);
  const walked = await walkFolders(start, options);
  const named = walked.map(folder => ({
    ...folder,
    files: folder.files.filter(name => matches([...folder.steps, name].join('/'))),
  }));
  // `data/{cat,dog}` names folders: all that is in them. `data/*` does only where it names no files of data.
  const ofData = named.some(({ files }) => files.some(name => formatOfName(name) !== undefined));
  const isIn = (steps: readonly string[]): boolean =>
    steps.some((_, i) => matches(steps.slice(0, i + 1).join('/')));
  const inFolders = ofData ? [] : walked.filter(({ steps }) => isIn(steps));
  const folders = (inFolders.some(({ files }) => files.length > 0) ? inFolders : named).filter(
    ({ files }) => files.length > 0,
  );
  if (folders.length === 0) throw dataError('not-found', globWithoutMatch(pattern), pattern);
  return { path: start, isFolder: true, folders };
}

async function resolveList(paths: readonly string[], options: ResolveOptions): Promise<ResolvedPath> {
  const locations: ResolvedPath[] = [];
  for (const path of paths) locations.push(await resolvePath(path, options));
  const [only] = locations;
  if (!only) throw dataError('not-found', emptyFileList(), options.base ?? '.');
  if (locations.length === 1) return only;
  const common = commonFolder(locations.flatMap(({ folders }) => folders.map(({ path }) => path)));
  const folders = locations
    .flatMap(location => location.folders)
    .map(folder => ({
      ...folder,
      steps: relative(common, folder.path)
        .split(sep)
        .filter(step => step !== ''),
    }));
  return { path: common, isFolder: true, folders };
}

function commonFolder(paths: readonly string[]): string {
  const [first = sep, ...rest] = paths;
  let common = first;
  while (
    !rest.every(path => path === common || path.startsWith(common.endsWith(sep) ? common : common + sep))
  )
    common = dirname(common);
  return join(common);
}
