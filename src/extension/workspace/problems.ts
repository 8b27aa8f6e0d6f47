import * as vscode from 'vscode';
import type { AnnotatedText } from '../../annotations/document';
import { disposables, type Disposable } from '../disposables';
import type { Log } from '../log';
import type { SettingsReader } from '../settings';
import { trackDocuments, type DocumentEdit, type DocumentListener, type OpenDocument } from './documents';
import type { LiveScope } from './live-scope';
import type { FolderReader } from './reader';
import { createScheduler, type Scheduler } from './scheduler';
import { homeOf, isSource, type Scope } from './scope';
import { createScopes, enter, type Scopes } from './scopes';

/** How long after an edit everything but the edited document's own diagnostics follows, in milliseconds. */
const SOON = 150;
/** How long the last good advice stays while an annotation is half typed, in milliseconds. */
const HALF_TYPED = 1000;

/** A keystroke and the problem it changed. */
export interface ScopeEdit {
  readonly scope: Scope;
  readonly edit: DocumentEdit;
}

/** Every problem of the window: the one index and the one scheduler that all surfaces share. */
export interface Problems extends Disposable {
  /** The problem that an open document is part of; `undefined` for what holds no source. */
  readonly of: (document: vscode.TextDocument) => Scope | undefined;
  /** An open document as it was read, the last keystroke included. */
  readonly textOf: (document: vscode.TextDocument) => AnnotatedText | undefined;
  readonly withKey: (key: string) => Scope | undefined;
  /** Those of all workspace folders, and of open documents outside of them. */
  readonly all: () => readonly Scope[];
  /** Told at once, with every keystroke that changes or moves an annotation. */
  readonly onDidEdit: vscode.Event<ScopeEdit>;
  /** Told when a problem has changed and come to rest. */
  readonly onDidSettle: vscode.Event<Scope>;
  /** Told when a problem is no more: its folder or document was closed. */
  readonly onDidEnd: vscode.Event<Scope>;
}

export function createProblems(reader: FolderReader, settings: SettingsReader, log: Log): Problems {
  const held = disposables();
  const edits = held.add(new vscode.EventEmitter<ScopeEdit>());
  const settled = held.add(new vscode.EventEmitter<Scope>());
  const ended = held.add(new vscode.EventEmitter<Scope>());
  let open: ReadonlyMap<string, OpenDocument> = new Map();
  const settle = (key: string): void => {
    const scope = scopes.get(key);
    if (scope?.isReady() === true) settled.fire(scope);
  };
  const scheduler = held.add(createScheduler(settle));
  const changed = ({ key }: LiveScope): void => {
    scheduler.ensure(key, 0);
  };
  const scopes = held.add(
    createScopes({ reader, settings, log, open: () => open, changed }, scope => {
      scheduler.cancel(scope.key);
      ended.fire(scope);
    }),
  );
  const documents = held.add(trackDocuments(isSource, listener(scopes, scheduler, edits)));
  open = documents.open;
  const begin = once(documents.readAll);
  // What is open is read when the window has started, or as soon as somebody asks.
  held.add(later(begin));
  held.add(followWindow(scopes, scheduler, settings));
  return {
    of(document) {
      begin();
      return open.has(document.uri.toString()) ? scopes.at(homeOf(document)) : undefined;
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

function once(run: () => void): () => void {
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
  scopes: Scopes,
  scheduler: Scheduler,
  edits: vscode.EventEmitter<ScopeEdit>,
): DocumentListener {
  return {
    opened(opened) {
      const scope = scopes.at(homeOf(opened.document));
      enter(scope, opened);
      scheduler.ensure(scope.key, 0);
    },
    edited(edit) {
      // Most keystrokes are in code: they change nothing here.
      if (isSame(edit.before.placed, edit.open.text.placed)) return;
      const scope = scopes.at(homeOf(edit.open.document));
      enter(scope, edit.open);
      edits.fire({ scope, edit });
      scheduler.restart(scope.key, edit.halfTyped ? HALF_TYPED : SOON);
    },
    saved(document) {
      const scope = scopes.get(homeOf(document).key);
      if (scope) scheduler.flush(scope.key);
    },
    closed(document) {
      const scope = scopes.get(homeOf(document).key);
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
function followWindow(scopes: Scopes, scheduler: Scheduler, settings: SettingsReader): Disposable {
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
