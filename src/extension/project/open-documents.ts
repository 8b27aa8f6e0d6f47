import * as vscode from 'vscode';
import { type AnnotatedText, type TextEdit, parseText } from '../../language/annotated-text';
import { type Disposable, disposables } from '../disposables';
import { fromRange } from '../vscode-conversions';
import { applyEdits, isHalfTyped } from './document-edits';

/** An open document, read up to its last change. */
export interface OpenDocument {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly text: AnnotatedText;
}

/** A change of an open document, after it was read. */
export interface DocumentEdit {
  readonly before: AnnotatedText;
  readonly open: OpenDocument;
  /** From the end of the text to its beginning. */
  readonly edits: readonly TextEdit[];
  /** An annotation is being typed and cannot be read, or not yet. */
  readonly halfTyped: boolean;
}

export interface DocumentListener {
  readonly opened: (open: OpenDocument) => void;
  readonly edited: (edit: DocumentEdit) => void;
  readonly saved: (document: vscode.TextDocument) => void;
  readonly closed: (document: vscode.TextDocument) => void;
}

export interface Documents extends Disposable {
  /** By URI. */
  readonly open: ReadonlyMap<string, OpenDocument>;
  /** Reads the documents that are open already. */
  readonly readAll: () => void;
}

/** Reads every document that is opened once, and then what changes in it. */
export function trackDocuments(
  isTracked: (document: vscode.TextDocument) => boolean,
  listener: DocumentListener,
): Documents {
  const held = disposables();
  const open = new Map<string, OpenDocument>();
  const read = (document: vscode.TextDocument): void => {
    if (!isTracked(document) || document.isClosed || open.has(document.uri.toString())) return;
    const { version, languageId } = document;
    const opened = { document, version, text: parseText(document.getText(), languageId) };
    open.set(document.uri.toString(), opened);
    listener.opened(opened);
  };
  held.add(vscode.workspace.onDidOpenTextDocument(read));
  held.add(
    vscode.workspace.onDidChangeTextDocument(event => {
      const key = event.document.uri.toString();
      const known = open.get(key);
      if (!known || event.contentChanges.length === 0) return;
      const edit = edited(known, event);
      open.set(key, edit.open);
      listener.edited(edit);
    }),
  );
  held.add(vscode.workspace.onDidSaveTextDocument(listener.saved));
  held.add(
    vscode.workspace.onDidCloseTextDocument(document => {
      if (open.delete(document.uri.toString())) listener.closed(document);
    }),
  );
  return {
    open,
    readAll() {
      vscode.workspace.textDocuments.forEach(read);
    },
    dispose: held.dispose,
  };
}

function edited(
  { text: before, version }: OpenDocument,
  event: vscode.TextDocumentChangeEvent,
): DocumentEdit {
  const { document } = event;
  const edits = [...event.contentChanges]
    .sort((one, other) => other.rangeOffset - one.rangeOffset)
    .map(({ range, text }) => ({ range: fromRange(range), text }));
  const text = applyEdits(before, edits, {
    languageId: document.languageId,
    lineCount: document.lineCount,
    line: index => document.lineAt(index).text,
    whole: () => document.getText(),
    follows: document.version === version + 1,
  });
  const open = { document, version: document.version, text };
  return { before, open, edits, halfTyped: isHalfTyped(text, edits) };
}
