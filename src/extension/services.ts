import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LoadBundle } from './bundles/bundles';
import { createCountBoard, type CountBoard } from './datasets/count-board';
import { disposables, type Disposable } from './disposables';
import { createLog, type Log } from './log';
import { createSettings, type SettingsReader } from './settings';
import { createIndexStore, type IndexStore } from './workspace/index-store';
import { createProblems, type Problems } from './workspace/problems';
import type { FolderReader } from './workspace/reader';

/** What all features share. */
export interface Services extends Disposable {
  readonly log: Log;
  readonly settings: SettingsReader;
  readonly problems: Problems;
  readonly counts: CountBoard;
  readonly load: LoadBundle;
  /** The user's, on the machine whose files these are; none in a browser. */
  readonly home: vscode.Uri | undefined;
}

/** Starts what all features share. */
export function startServices(
  readerOf: (log: Log, store: IndexStore) => FolderReader,
  load: LoadBundle,
  { storageUri, extension }: vscode.ExtensionContext,
  home?: vscode.Uri,
): Services {
  const held = disposables();
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const log = held.add(createLog());
  const settings = held.add(createSettings());
  const { version } = extension.packageJSON as { readonly version: string };
  const store = createIndexStore(storageUri, version, log);
  const problems = held.add(createProblems(readerOf(log, store), settings, log));
  const counts = held.add(createCountBoard());
  return { log, settings, problems, counts, load, home, dispose: held.dispose };
}
