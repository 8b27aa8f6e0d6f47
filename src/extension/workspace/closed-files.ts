import * as vscode from 'vscode';
import { disposables, type Disposable } from '../disposables';
import type { Log } from '../log';
import { createIndex } from './folder-index';
import { watchFolder } from './folder-watcher';
import type { ClosedFile, FolderReader } from './reader';

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
          log.fail(vscode.l10n.t('The annotations in {0} could not be read.', folder.name), error);
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
