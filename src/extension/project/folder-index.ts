import * as vscode from 'vscode';
import { type Disposable, disposables } from '../disposables';
import type { Log } from '../log';
import { enabledGlobs, excludesOf } from './exclude-globs';
import type { ClosedFile, FolderReader, IsExcluded } from './folder-reader';
import { fileOf } from './project';
import { relativePath } from './web-folder-walk';

/** How long events of the file system are gathered, in milliseconds. */
const GATHER = 100;
type Kind = 'deleted' | 'created' | 'changed';

/** What happened last to each file or folder, by URI. */
type FileEvents = ReadonlyMap<string, Kind>;

/** Tells what changes below a folder, some events at a time. */
function watchFolder(folder: vscode.WorkspaceFolder, gathered: (events: FileEvents) => void): Disposable {
  const held = disposables();
  const watcher = held.add(
    vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*')),
  );
  let events = new Map<string, Kind>();
  let timer: NodeJS.Timeout | undefined;
  const add = (uri: vscode.Uri, kind: Kind): void => {
    events.set(uri.toString(), kind);
    timer ??= setTimeout(() => {
      timer = undefined;
      const some = events;
      events = new Map();
      gathered(some);
    }, GATHER);
  };
  held.add(
    watcher.onDidCreate(uri => {
      add(uri, 'created');
    }),
  );
  held.add(
    watcher.onDidChange(uri => {
      add(uri, 'changed');
    }),
  );
  held.add(
    watcher.onDidDelete(uri => {
      add(uri, 'deleted');
    }),
  );
  held.add({
    dispose() {
      clearTimeout(timer);
    },
  });
  return held;
}

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

function createIndex(folder: vscode.WorkspaceFolder, reader: FolderReader, signal: AbortSignal): FolderIndex {
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
      const asks =
        kind === 'created' &&
        (changes.length <= MANY_NAMES || !uri.path.includes('.', uri.path.lastIndexOf('/') + 1));
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
function leftOutOf(folder: vscode.WorkspaceFolder): IsExcluded {
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

/** The annotated files of a workspace folder as they stand on disk: read once, then kept by a watcher. */
export interface ClosedFiles extends Disposable {
  readonly files: () => Iterable<ClosedFile>;
  /** Whether the file of an open document was deleted. */
  readonly isGone: (uri: string) => boolean;
  /** Settles when the folder has been read, or could not be. */
  readonly ready: Promise<void>;
  readonly isReady: () => boolean;
}

/** @param changed told whenever the files have become others */
export function indexFolder(
  folder: vscode.WorkspaceFolder,
  reader: FolderReader,
  log: Log,
  changed: () => void,
): ClosedFiles {
  const controller = new AbortController();
  const { signal } = controller;
  const held = disposables();
  const index = createIndex(folder, reader, signal);
  let isReady = false;
  // One after the other, so that what is read last is what stands there last.
  let work = Promise.resolve();
  const enqueue = (job: () => Promise<boolean>): Promise<void> => {
    work = work
      .then(job)
      .then(isOther => {
        if (isOther && !signal.aborted) changed();
      })
      .catch((error: unknown) => {
        if (!signal.aborted)
          log.fail(vscode.l10n.t('Could not read the annotations in {0}.', folder.name), error);
      });
    return work;
  };
  const ready = enqueue(index.readAll).then(() => {
    isReady = true;
    if (!signal.aborted) changed();
  });
  held.add(watchFolder(folder, events => void enqueue(() => index.update(events))));
  // An open file that is deleted counts as long as it is shown.
  held.add(
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      const uris = closed.flatMap(({ input }) =>
        input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook
          ? [input.uri.toString()]
          : [],
      );
      if (uris.some(index.isGone)) changed();
    }),
  );
  held.add({
    dispose() {
      controller.abort();
    },
  });
  const { files, isGone } = index;
  return { files, isGone, ready, isReady: () => isReady, dispose: held.dispose };
}
