import * as vscode from 'vscode';
import { enabledGlobs, excludesOf } from './excludes';
import type { FileEvents } from './folder-watcher';
import type { ClosedFile, FolderReader, LeftOut } from './reader';
import { fileOf } from './scope';
import { relativePath } from './web-walk';

/** Above so many changed files at once (another branch, say) the folder is read anew. */
const MANY_FILES = 500;
/** Above so many new names at once, those that look like data are not asked whether they are folders. */
const MANY_NAMES = 100;

/** The annotated files of a folder. Both ways to bring it up to date tell whether anything has changed. */
export interface FolderIndex {
  readonly files: () => Iterable<ClosedFile>;
  /** Whether the file of an open document was deleted. */
  readonly isGone: (uri: string) => boolean;
  readonly readAll: () => Promise<boolean>;
  readonly update: (events: FileEvents) => Promise<boolean>;
}

export function createIndex(
  folder: vscode.WorkspaceFolder,
  reader: FolderReader,
  signal: AbortSignal,
): FolderIndex {
  let files = new Map<string, ClosedFile>();
  const gone = new Set<string>();
  const root = folder.uri;
  // Settings and folders do not change within the life of an index.
  const leftOut = leftOutOf(folder);
  const belongs = (uri: vscode.Uri): boolean =>
    vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() === root.toString() &&
    !leftOut(relativePath(root, uri), false);
  const keep = (file: ClosedFile): void => {
    files.set(file.uri.toString(), file);
  };
  const readAll = async (): Promise<boolean> => {
    const found = await reader.readFolder(root, root, leftOut, signal);
    files = new Map();
    found.forEach(keep);
    await lookForOpen(root.toString());
    return true;
  };
  /**
   * Looks which files of open documents below a place are gone; whether that has changed. The events do not
   * tell: that of an earlier change may come after that of the deletion.
   */
  const lookForOpen = async (key: string): Promise<boolean> => {
    let isOther = false;
    for (const uri of openBelow(key)) {
      const isThere = (await typeOf(vscode.Uri.parse(uri))) !== undefined;
      if (isThere ? !gone.delete(uri) : gone.has(uri)) continue;
      if (!isThere) gone.add(uri);
      isOther = true;
    }
    return isOther;
  };
  const readEntry = async (uri: vscode.Uri): Promise<void> => {
    const type = await typeOf(uri);
    if (type !== undefined && type & vscode.FileType.Directory)
      (await reader.readFolder(root, uri, leftOut, signal)).forEach(keep);
    else if (reader.isCandidate(uri)) {
      const file = await reader.readFile(root, uri);
      if (file && file.annotations.length + file.diagnostics.length > 0) keep(file);
    }
  };
  const update = async (events: FileEvents): Promise<boolean> => {
    const changes = [...events].map(([key, kind]) => ({ key, kind, uri: vscode.Uri.parse(key) }));
    const candidates = changes.filter(({ uri }) => reader.isCandidate(uri)).length;
    if (candidates > MANY_FILES || changes.some(({ uri }) => uri.path.endsWith('/.gitignore')))
      return readAll();
    let isOther = false;
    for (const { key, kind, uri } of changes) {
      const asks = kind === 'created' && (changes.length <= MANY_NAMES || !/\.[^/]*$/.test(uri.path));
      const isRead = kind !== 'deleted' && (reader.isCandidate(uri) || asks) && belongs(uri);
      const left = forget(files, key);
      const isOpenOther = await lookForOpen(key);
      if (isRead) await readEntry(uri);
      if (left || files.has(key) || (isRead && asks) || isOpenOther) isOther = true;
    }
    return isOther;
  };
  return { files: () => files.values(), isGone: uri => isGone(uri, gone), readAll, update };
}

/** Drops a file, or all files of a folder; whether there was any. */
function forget(files: Map<string, ClosedFile>, key: string): boolean {
  if (files.delete(key)) return true;
  let found = false;
  for (const other of files.keys()) if (other.startsWith(`${key}/`)) found = files.delete(other) || found;
  return found;
}

/** Whether the file of an open document is among those that are gone; a notebook counts as long as it is shown. */
function isGone(uri: string, gone: ReadonlySet<string>): boolean {
  if (gone.size === 0 || gone.has(uri)) return gone.has(uri);
  const file = fileOf(vscode.Uri.parse(uri)).toString();
  return gone.has(file) && !isShownNotebook(file);
}

function isShownNotebook(uri: string): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputNotebook && input.uri.toString() === uri),
  );
}

/** The open documents and notebooks whose file this is, or lies in it. */
function openBelow(key: string): string[] {
  const { textDocuments, notebookDocuments } = vscode.workspace;
  const open = [...textDocuments, ...notebookDocuments].map(({ uri }) => uri.toString());
  return open.filter(uri => uri === key || uri.startsWith(`${key}/`));
}

/** What stands at a place on disk; `undefined` where nothing does. */
async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}

/** What the settings exclude, and the workspace folders that lie in this one. */
function leftOutOf(folder: vscode.WorkspaceFolder): LeftOut {
  const globs = ['files', 'search'].flatMap(section =>
    enabledGlobs(vscode.workspace.getConfiguration(section, folder.uri).get('exclude')),
  );
  const excludes = excludesOf(globs);
  const inner = new Set(
    (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.toString().startsWith(`${folder.uri.toString().replace(/\/$/, '')}/`))
      .map(({ uri }) => relativePath(folder.uri, uri)),
  );
  return (relative, isFolder) => (isFolder && inner.has(relative)) || excludes(relative, isFolder);
}
