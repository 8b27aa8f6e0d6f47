import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import { confine, fileError } from './access';
import { walk, type Folder, type WalkOptions } from './walk';

/** What a `path` names: one file, or the files of folders. */
export interface Location {
  /** The file or folder itself; for globs and lists, the folder that all of them lie in. */
  readonly path: string;
  readonly isFolder: boolean;
  /** For a file, its folder with that one file. */
  readonly folders: readonly Folder[];
  /** What stands after `#`: a table of a database, an array of an archive. */
  readonly part?: string;
}

export interface LocateOptions extends WalkOptions {
  /** The folder that relative paths start from; the working directory by default. */
  readonly base?: string | undefined;
}

/**
 * Finds what `path` names: a file, `file#table`, a folder, a glob (`data/**\/*.csv`), or a list of those.
 *
 * @throws DataError `not-found`, `no-permission`, `outside-root`, `link-loop`
 */
export async function locate(path: string | readonly string[], options: LocateOptions): Promise<Location> {
  if (typeof path !== 'string') return locateList(path, options);
  const absolute = resolve(options.base ?? '.', path);
  const found = await kindOf(absolute, options);
  if (found === 'file') return fileLocation(absolute);
  if (found === 'folder') return { path: absolute, isFolder: true, folders: await walk(absolute, options) };
  const hash = path.lastIndexOf('#');
  if (hash > 0) {
    const file = resolve(options.base ?? '.', path.slice(0, hash));
    if ((await kindOf(file, options)) === 'file')
      return { ...fileLocation(file), part: path.slice(hash + 1) };
  }
  // Commas between braces are a pattern's own.
  const parts = path.split(/,(?![^{]*\})/).map(part => part.trim());
  if (parts.length > 1) {
    return locateList(
      parts.filter(part => part !== ''),
      options,
    );
  }
  if (/[*?[{]/.test(path)) return locateGlob(absolute, options);
  throw new DataError('not-found', l10n.t('{0} does not exist', absolute), absolute);
}

async function kindOf(path: string, { root }: LocateOptions): Promise<'file' | 'folder' | undefined> {
  let kind: 'file' | 'folder' | undefined;
  try {
    const found = await stat(path);
    kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined;
    if (!kind) throw new DataError('unsupported', l10n.t('{0} is not an ordinary file', path), path);
  } catch (error) {
    const known = fileError(error, path);
    if (known instanceof DataError && known.code === 'not-found') return undefined;
    throw known;
  }
  await confine(path, root);
  return kind;
}

function fileLocation(path: string): Location {
  const folder: Folder = { steps: [], path: dirname(path), files: [basename(path)] };
  return { path, isFolder: false, folders: [folder] };
}

async function locateGlob(pattern: string, options: LocateOptions): Promise<Location> {
  const { base } = picomatch.scan(pattern.split(sep).join('/'));
  const start = resolve(base === '' ? sep : base);
  if ((await kindOf(start, options)) !== 'folder')
    throw new DataError(
      'not-found',
      l10n.t('{0} is no folder, so {1} matches nothing', start, pattern),
      pattern,
    );
  const rest = relative(start, pattern).split(sep).join('/');
  const matches = picomatch(rest);
  const folders = (await walk(start, options))
    .map(folder => ({
      ...folder,
      files: folder.files.filter(name => matches([...folder.steps, name].join('/'))),
    }))
    .filter(folder => folder.files.length > 0);
  if (folders.length === 0) throw new DataError('not-found', l10n.t('{0} matches no file', pattern), pattern);
  return { path: start, isFolder: true, folders };
}

async function locateList(paths: readonly string[], options: LocateOptions): Promise<Location> {
  const locations: Location[] = [];
  for (const path of paths) locations.push(await locate(path, options));
  const [only] = locations;
  if (!only) throw new DataError('not-found', l10n.t('The list of files is empty'), options.base ?? '.');
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
