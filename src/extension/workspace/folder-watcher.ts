import * as vscode from 'vscode';
import { disposables, type Disposable } from '../disposables';

/** How long events of the file system are gathered, in milliseconds. */
const GATHER = 100;
type Kind = 'deleted' | 'created' | 'changed';

/** What happened last to each file or folder, by URI. */
export type FileEvents = ReadonlyMap<string, Kind>;

/** Tells what changes below a folder, some events at a time. */
export function watchFolder(
  folder: vscode.WorkspaceFolder,
  gathered: (events: FileEvents) => void,
): Disposable {
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
