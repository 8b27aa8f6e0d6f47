import {
  fileUriPath,
  globAt,
  globFolder,
  inHome,
  inWorkspaceFolder,
  isAbsolutePath,
  isAddress,
  listedPaths,
  splitFragment,
} from '../../common/path-syntax';
import type { FileStatus, FileSystem } from './file-system';
import { type FileUri, joinUri, parentUri, uriOfFsPath } from './file-uri';

/** What the value of a `path=` is relative to. */
export interface PathContext {
  /** The annotated file; of a notebook's cell, the notebook. */
  readonly file: FileUri;
  /** What `${workspaceFolder}` may stand for, best first. */
  readonly workspaceFolders: readonly FileUri[];
  /** The user's, on the machine whose files these are; none in a browser. */
  readonly home?: FileUri | undefined;
  /** Whether that machine separates folders by backslashes too. */
  readonly isWindows: boolean;
}

/** Where the data of an annotation lies. */
export type FoundPath =
  | {
      readonly kind: 'local';
      /** What was looked for: a file, a folder or a glob, without its fragment. Of a list, the whole list beside the file. */
      readonly uri: FileUri;
      /** The files of a list that is joined by commas. */
      readonly list?: readonly FileUri[];
      /** What stands behind a `#`: the table of a database. */
      readonly fragment?: string;
      /** What an editor can show of it, where something is there: for a glob its folder, of a list the first. */
      readonly entry?: { readonly uri: FileUri; readonly isFolder: boolean };
    }
  | { readonly kind: 'remote'; readonly url: string };

type LocalPath = Omit<Extract<FoundPath, { kind: 'local' }>, 'kind'>;

/**
 * The places that one path may mean, best first: beside the annotated file, from a root, in the home directory, or in
 * the workspace folders. None where it cannot be told: a file that was never saved has nothing beside it.
 */
export function candidateUris(written: string, context: PathContext): readonly FileUri[] {
  const { file, workspaceFolders, home, isWindows } = context;
  const given = fileUriPath(written);
  if (given) return [joinUri({ scheme: 'file', authority: given.authority, path: '/' }, given.path)];
  const inFolder = inWorkspaceFolder(written);
  if (inFolder !== undefined) return workspaceFolders.map(folder => joinUri(folder, inFolder, isWindows));
  const own = inHome(written);
  if (own !== undefined) return home ? [joinUri(home, own, isWindows)] : [];
  if (isAbsolutePath(written, isWindows)) return [rootedUri(written, context)];
  return file.scheme === 'untitled' ? [] : [joinUri(parentUri(file), written, isWindows)];
}

/** An absolute path is one of the machine that the annotated file lies on. */
function rootedUri(written: string, { file, isWindows }: PathContext): FileUri {
  const uri = uriOfFsPath(written, isWindows || /^[A-Za-z]:/.test(written));
  if (file.scheme !== 'file' && file.scheme !== 'untitled')
    return { scheme: file.scheme, authority: file.authority, path: uri.path };
  // Windows reads `\data` as on the current drive.
  const drive =
    isWindows && /^[/\\](?![/\\])/.test(written) ? /^\/[A-Za-z]:/.exec(file.path)?.[0] : undefined;
  return drive === undefined ? uri : { ...uri, path: drive + uri.path };
}

/**
 * Finds what the value of a `path=` names. A name that exists as it is written comes first, commas, `#` and wildcards
 * and all; then a `#` opens a fragment, a glob is there if the folder is that it starts from, and several paths joined
 * by commas are there if all of them are. Where nothing is there, the first place it may mean, without an entry.
 */
export async function findPath(written: string, context: PathContext, files: FileSystem): Promise<FoundPath> {
  if (isAddress(written)) return { kind: 'remote', url: written };
  const candidates = candidateUris(written, context);
  let missing: LocalPath | undefined;
  for (const uri of candidates) {
    const found = await look(uri, files);
    if (found.entry) return { kind: 'local', ...found };
    missing ??= found;
  }
  const list = await findList(written, context, files);
  const nowhere = { uri: joinUri(parentUri(context.file), written, context.isWindows) };
  return { kind: 'local', ...(list ?? missing ?? nowhere) };
}

async function look(uri: FileUri, files: FileSystem): Promise<LocalPath> {
  const whole = await files.stat(uri);
  if (whole) return { uri, entry: entryOf(uri, whole) };
  const parts = splitFragment(uri.path);
  // A `#` in the name of a folder is no fragment.
  if (parts && !parts.fragment.includes('/')) {
    const found = await look({ ...uri, path: parts.path }, files);
    const inner = found.fragment === undefined ? '' : `${found.fragment}#`;
    return { ...found, fragment: inner + parts.fragment };
  }
  if (globAt(uri.path) < 0) return { uri };
  const folder = { ...uri, path: globFolder(uri.path) };
  const start = await files.stat(folder);
  return start ? { uri, entry: entryOf(folder, start) } : { uri };
}

function entryOf(uri: FileUri, { kind }: FileStatus): NonNullable<LocalPath['entry']> {
  return { uri, isFolder: kind === 'folder' };
}

async function findList(
  written: string,
  context: PathContext,
  files: FileSystem,
): Promise<LocalPath | undefined> {
  const names = listedPaths(written);
  if (names.length < 2) return undefined;
  const found = await Promise.all(names.map(({ path }) => findPath(path, context, files)));
  const list = found.flatMap(each => (each.kind === 'local' && each.entry ? [each] : []));
  const [first] = list;
  if (!first?.entry || list.length < names.length) return undefined;
  const uri = joinUri(parentUri(context.file), written, context.isWindows);
  return { uri, list: list.map(each => each.uri), entry: first.entry };
}
