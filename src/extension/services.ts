import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LoadBundle } from './bundles/bundle-loader';
import { type Disposable, disposables } from './disposables';
import { type CountStore, createCountStore } from './features/counting/count-store';
import { type Log, createLog } from './log';
import { type IndexStore, createIndexStore } from './project/folder-index-store';
import type { FolderReader } from './project/folder-reader';
import { type ProjectRegistry, createProjectRegistry } from './project/project-registry';
import { type SettingsReader, createSettings } from './project/settings-reader';

/** What all features share. */
export interface Services extends Disposable {
  readonly log: Log;
  readonly settings: SettingsReader;
  readonly problems: ProjectRegistry;
  readonly counts: CountStore;
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
  const problems = held.add(createProjectRegistry(readerOf(log, store), settings, log));
  const counts = held.add(createCountStore());
  return { log, settings, problems, counts, load, home, dispose: held.dispose };
}
