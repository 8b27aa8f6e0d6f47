import * as vscode from 'vscode';
import type { PilotResult } from '../../advisor/advice';
import { errorMessage } from '../../common/errors';
import { annotationsOf, diagnosticsOf } from '../../language/annotated-text';
import type { Disposable } from '../disposables';
import type { Log } from '../log';
import { type ClosedFiles, indexFolder } from './folder-index';
import type { ClosedFile, FolderReader } from './folder-reader';
import type { OpenDocument } from './open-documents';
import {
  type Project,
  type ProjectRoot,
  nameOfDocument,
  nameOfUri,
  orderOfDocument,
  projectRootOf,
} from './project';
import { type CountCheckpoints, type NamedFile, type Resolution, resolve } from './project-resolution';
import { createProjectSettingsStore } from './project-settings-store';

/** A problem that follows its files. */
export interface LiveProject extends Project, Disposable {
  readonly home: ProjectRoot;
  /** Says that something has changed: what follows from it is worked out anew when it is asked for. */
  readonly forget: () => void;
  /** Begins to read the folder, where that has not begun. */
  readonly startIndex: () => void;
}

/** What a scope is made from. */
export interface LiveProjectOptions {
  readonly reader: FolderReader;
  readonly log: Log;
  readonly open: () => ReadonlyMap<string, OpenDocument>;
  /** Loads what is known of checkpoints, where there is room for it. */
  readonly loadCheckpoints?: (() => Promise<CountCheckpoints>) | undefined;
  /** Told when files on disk have changed. */
  readonly changed: (scope: LiveProject) => void;
}

export function createLiveProject(home: ProjectRoot, parts: LiveProjectOptions): LiveProject {
  const { reader, log } = parts;
  let resolution: Resolution | undefined;
  let last: Resolution | undefined;
  let index: ClosedFiles | undefined;
  let pilots: readonly PilotResult[] = [];
  let closed: readonly OrderedFile[] | undefined;
  let countCheckpoints: CountCheckpoints | undefined;
  let isLoading = false;
  const loadCheckpoints = (load: () => Promise<CountCheckpoints>): void => {
    isLoading = true;
    const take = (loaded: CountCheckpoints): void => {
      countCheckpoints = loaded;
      resolution = undefined;
      parts.changed(scope);
    };
    load().then(take, (error: unknown) => {
      log.warn(`What is known of checkpoints could not be loaded: ${errorMessage(error)}`);
    });
  };
  const store = createProjectSettingsStore(home, () => {
    resolution = undefined;
    parts.changed(scope);
  });
  const startIndex = (): void => {
    if (!home.folder || index) return;
    index = indexFolder(home.folder, reader, log, () => {
      closed = undefined;
      resolution = undefined;
      parts.changed(scope);
    });
  };
  const scope: LiveProject = {
    home,
    key: home.key,
    resource: home.resource,
    name: home.folder?.name ?? nameOfUri(home.resource),
    isReady() {
      if (home.folder && index?.isReady() !== true) return false;
      // What the files' projects decide is asked for with the files.
      scope.resolution();
      return store.isReady();
    },
    async whenReady() {
      startIndex();
      await index?.ready;
      scope.resolution();
      await store.whenReady();
    },
    resolution() {
      if (resolution) return resolution;
      closed ??= inOrder(index?.files() ?? []);
      const files = filesOf(home, parts.open(), index, closed);
      // Asking for what a file's project decides reads its project file, which is checked too.
      for (const { uri } of files) store.of(uri);
      const options = { pilots };
      if (parts.loadCheckpoints && !isLoading && files.some(namesCheckpoint))
        loadCheckpoints(parts.loadCheckpoints);
      resolution = resolve(files, options, last, countCheckpoints);
      last = resolution;
      return resolution;
    },
    projectFileOf: store.of,
    setPilots(found) {
      if (JSON.stringify(found) === JSON.stringify(pilots)) return;
      pilots = found;
      resolution = undefined;
      parts.changed(scope);
    },
    forget() {
      resolution = undefined;
    },
    startIndex,
    dispose() {
      index?.dispose();
      store.dispose();
    },
  };
  return scope;
}

function namesCheckpoint({ annotations }: NamedFile): boolean {
  return annotations.some(({ fields }) => 'checkpoint' in fields);
}

interface OrderedFile extends NamedFile {
  readonly order: string;
}

/** Files with their names. A folder has hundreds, and each keystroke asks for all of them. */
function inOrder(files: Iterable<ClosedFile>): readonly OrderedFile[] {
  const named = Array.from(files, ({ uri, annotations, diagnostics }) => {
    return { order: uri.path, name: nameOfUri(uri), uri: uri.toString(), annotations, diagnostics };
  });
  return named.sort(byOrder);
}

function byOrder(one: OrderedFile, other: OrderedFile): number {
  return one.order < other.order ? -1 : 1;
}

/** The files of a problem: open ones as they stand in the editor, the others as they stand on disk. */
function filesOf(
  home: ProjectRoot,
  open: ReadonlyMap<string, OpenDocument>,
  index: ClosedFiles | undefined,
  closed: readonly OrderedFile[],
): NamedFile[] {
  const notebooks = new Set(vscode.workspace.notebookDocuments.map(({ uri }) => uri.toString()));
  const files = closed.filter(({ uri }) => !open.has(uri) && !notebooks.has(uri));
  for (const [uri, { document, text }] of open) {
    if (text.placed.length === 0 || projectRootOf(document).key !== home.key) continue;
    if (index?.isGone(uri) === true && !isShown(uri)) continue;
    files.push({
      order: orderOfDocument(document),
      name: nameOfDocument(document),
      uri,
      annotations: annotationsOf(text),
      diagnostics: diagnosticsOf(text),
    });
  }
  return files.sort(byOrder);
}

/** VS Code keeps a document for minutes after its last editor is closed, its file deleted or not. */
function isShown(uri: string): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri),
  );
}
