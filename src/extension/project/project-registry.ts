import * as vscode from 'vscode';
import type { AnnotatedText } from '../../language/annotated-text';
import { type Disposable, disposables } from '../disposables';
import type { Log } from '../log';
import type { FolderReader } from './folder-reader';
import { type LiveProject, type LiveProjectOptions, createLiveProject } from './live-project';
import {
  type DocumentEdit,
  type DocumentListener,
  type OpenDocument,
  trackDocuments,
} from './open-documents';
import { type Project, type ProjectRoot, isSource, projectRootOf, projectRootOfFolder } from './project';
import { type Scheduler, createScheduler } from './scheduler';
import type { SettingsReader } from './settings-reader';

/** The problems that exist: made when something of theirs is opened or asked for. */
interface ProjectSet extends Disposable {
  readonly at: (home: ProjectRoot) => LiveProject;
  readonly get: (key: string) => LiveProject | undefined;
  /** Those of all workspace folders, and of documents outside of them. */
  readonly all: () => readonly LiveProject[];
  readonly each: (visit: (scope: LiveProject) => void) => void;
  readonly end: (scope: LiveProject) => void;
  /** Ends those that nothing open belongs to any more, and makes those that something now does. */
  readonly regroup: () => void;
}

function createProjectSet(parts: LiveProjectOptions, ended: (scope: LiveProject) => void): ProjectSet {
  const scopes = new Map<string, LiveProject>();
  const at = (home: ProjectRoot): LiveProject => {
    const known = scopes.get(home.key);
    if (known) return known;
    const made = createLiveProject(home, parts);
    scopes.set(home.key, made);
    return made;
  };
  const end = (scope: LiveProject): void => {
    scopes.delete(scope.key);
    scope.dispose();
    ended(scope);
  };
  return {
    at,
    get: key => scopes.get(key),
    all() {
      for (const folder of vscode.workspace.workspaceFolders ?? [])
        at(projectRootOfFolder(folder)).startIndex();
      return [...scopes.values()];
    },
    each(visit) {
      for (const scope of [...scopes.values()]) visit(scope);
    },
    end,
    regroup() {
      const homes = new Set([...parts.open().values()].map(({ document }) => projectRootOf(document).key));
      for (const scope of [...scopes.values()]) if (!stays(scope, homes)) end(scope);
      for (const opened of parts.open().values()) updateProject(at(projectRootOf(opened.document)), opened);
    },
    dispose() {
      for (const scope of scopes.values()) scope.dispose();
      scopes.clear();
    },
  };
}

/** A folder is read once something in it is annotated: whoever has no annotation pays for nothing. */
function updateProject(scope: LiveProject, { text }: OpenDocument): void {
  if (text.placed.length > 0) scope.startIndex();
  scope.forget();
}

function stays({ home }: LiveProject, homes: ReadonlySet<string>): boolean {
  if (!home.folder) return homes.has(home.key);
  const { folder } = home;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.some(({ uri }) => uri.toString() === folder.uri.toString());
}

/** How long after an edit everything but the edited document's own diagnostics follows, in milliseconds. */
const SOON = 150;
/** How long the last good advice stays while an annotation is half typed, in milliseconds. */
const HALF_TYPED = 1000;

/** A keystroke and the problem it changed. */
export interface ProjectEdit {
  readonly scope: Project;
  readonly edit: DocumentEdit;
}

/** Every problem of the window: the one index and the one scheduler that all surfaces share. */
export interface ProjectRegistry extends Disposable {
  /** The problem that an open document is part of; `undefined` for what holds no source. */
  readonly of: (document: vscode.TextDocument) => Project | undefined;
  /** An open document as it was read, the last keystroke included. */
  readonly textOf: (document: vscode.TextDocument) => AnnotatedText | undefined;
  readonly withKey: (key: string) => Project | undefined;
  /** Those of all workspace folders, and of open documents outside of them. */
  readonly all: () => readonly Project[];
  /** Told at once, with every keystroke that changes or moves an annotation. */
  readonly onDidEdit: vscode.Event<ProjectEdit>;
  /** Told when a problem has changed and come to rest. */
  readonly onDidSettle: vscode.Event<Project>;
  /** Told when a problem is no more: its folder or document was closed. */
  readonly onDidEnd: vscode.Event<Project>;
}

export function createProjectRegistry(
  reader: FolderReader,
  settings: SettingsReader,
  log: Log,
  loadCheckpoints?: LiveProjectOptions['loadCheckpoints'],
): ProjectRegistry {
  const held = disposables();
  const edits = held.add(new vscode.EventEmitter<ProjectEdit>());
  const settled = held.add(new vscode.EventEmitter<Project>());
  const ended = held.add(new vscode.EventEmitter<Project>());
  let open: ReadonlyMap<string, OpenDocument> = new Map();
  const settle = (key: string): void => {
    const scope = scopes.get(key);
    if (scope?.isReady() === true) settled.fire(scope);
  };
  const scheduler = held.add(createScheduler(settle));
  const changed = ({ key }: LiveProject): void => {
    scheduler.ensure(key, 0);
  };
  const scopes = held.add(
    createProjectSet({ reader, log, open: () => open, changed, loadCheckpoints }, scope => {
      scheduler.cancel(scope.key);
      ended.fire(scope);
    }),
  );
  const documents = held.add(trackDocuments(isSource, listener(scopes, scheduler, edits)));
  open = documents.open;
  const begin = callOnce(documents.readAll);
  // What is open is read when the window has started, or as soon as somebody asks.
  held.add(later(begin));
  held.add(followWindow(scopes, scheduler, settings));
  return {
    of(document) {
      begin();
      return open.has(document.uri.toString()) ? scopes.at(projectRootOf(document)) : undefined;
    },
    textOf(document) {
      begin();
      return open.get(document.uri.toString())?.text;
    },
    withKey: scopes.get,
    all() {
      begin();
      return scopes.all();
    },
    onDidEdit: edits.event,
    onDidSettle: settled.event,
    onDidEnd: ended.event,
    dispose: held.dispose,
  };
}

function callOnce(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}

function later(run: () => void): Disposable {
  const timer = setTimeout(run, 0);
  return {
    dispose() {
      clearTimeout(timer);
    },
  };
}

/** What opening, editing, saving and closing a document does to its problem. */
function listener(
  scopes: ProjectSet,
  scheduler: Scheduler,
  edits: vscode.EventEmitter<ProjectEdit>,
): DocumentListener {
  return {
    opened(opened) {
      const scope = scopes.at(projectRootOf(opened.document));
      updateProject(scope, opened);
      scheduler.ensure(scope.key, 0);
    },
    edited(edit) {
      // Most keystrokes are in code: they change nothing here.
      if (isSame(edit.before.placed, edit.open.text.placed)) return;
      const scope = scopes.at(projectRootOf(edit.open.document));
      updateProject(scope, edit.open);
      edits.fire({ scope, edit });
      scheduler.restart(scope.key, edit.halfTyped ? HALF_TYPED : SOON);
    },
    saved(document) {
      const scope = scopes.get(projectRootOf(document).key);
      if (scope) scheduler.flush(scope.key);
    },
    closed(document) {
      const scope = scopes.get(projectRootOf(document).key);
      if (!scope) return;
      scope.forget();
      if (scope.home.folder) scheduler.ensure(scope.key, 0);
      else scopes.end(scope);
    },
  };
}

/** Whether an edit left all annotations what and where they are. */
function isSame(before: readonly object[], after: readonly object[]): boolean {
  return before.length === after.length && before.every((placed, i) => placed === after[i]);
}

/** What changes from outside a document: folders, notebooks, settings. */
function followWindow(scopes: ProjectSet, scheduler: Scheduler, settings: SettingsReader): Disposable {
  const held = disposables();
  const refresh = (): void => {
    scopes.regroup();
    scopes.each(scope => {
      scope.forget();
      scheduler.ensure(scope.key, 0);
    });
  };
  const startAgain = (): void => {
    scopes.each(scopes.end);
    refresh();
  };
  held.add(vscode.workspace.onDidOpenNotebookDocument(refresh));
  held.add(vscode.workspace.onDidCloseNotebookDocument(refresh));
  held.add(
    vscode.workspace.onDidChangeNotebookDocument(({ contentChanges }) => {
      if (contentChanges.length > 0) refresh();
    }),
  );
  held.add(settings.onDidChange(refresh));
  // Folders may lie in one another, so which files belong to which may have changed for any of them.
  held.add(vscode.workspace.onDidChangeWorkspaceFolders(startAgain));
  held.add(
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('files.exclude') || event.affectsConfiguration('search.exclude'))
        startAgain();
    }),
  );
  return held;
}
