import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { GuardedFileSystem } from '../data/paths/node-file-system';
import type { RunSummary } from '../experiments';
import { type Disposable, disposables } from './disposables';
import type { CountDataset } from './features/agents/dataset-count-tool';
import { type CountStore, createCountStore } from './features/counting/count-store';
import type { Counter } from './features/counting/counter';
import { type Log, createLog } from './log';
import { type IndexStore, createIndexStore } from './project/folder-index-store';
import type { FolderReader } from './project/folder-reader';
import type { OutsidePermissions } from './project/readable-folders';
import type { CountCheckpoints } from './project/project-resolution';
import { type ProjectRegistry, createProjectRegistry } from './project/project-registry';
import { type SettingsReader, createSettings } from './project/settings-reader';

/** What only a computer has: a browser lends no threads, no processes and no files of its own. */
export interface LocalMachine {
  /** The user's home directory, on the machine whose files these are. */
  readonly home: vscode.Uri;
  /** The files that may be looked at for the annotations of a file (or of one that was never saved). */
  readonly readableFiles: (
    file: string | undefined,
    workspaceFolders: readonly string[],
  ) => Promise<GuardedFileSystem>;
  /** What the user has allowed to be read outside; loaded with the first call. */
  readonly outsidePermissions: () => Promise<OutsidePermissions>;
  /** Starts a thread that counts data; who waits for one count does not wait for those of another thread. */
  readonly createCounter: () => Counter;
  /** What counts for agents, in such a thread; it is loaded with the first call. */
  readonly countTool: (counter: Counter, settings: SettingsReader) => Promise<CountDataset>;
  /** Starts what finds and knows pre-trained checkpoints; it is loaded with the call. */
  readonly startCheckpoints: (services: Services) => Promise<Disposable>;
  /** What is known of well-known checkpoints; it is loaded with the call. */
  readonly loadCheckpoints: () => Promise<CountCheckpoints>;
  /** The runs that a folder keeps; what reads them is loaded with the first call. */
  readonly listRuns: (folder: string) => Promise<readonly RunSummary[]>;
}

/** What all features share. */
export interface Services extends Disposable {
  readonly log: Log;
  readonly settings: SettingsReader;
  readonly problems: ProjectRegistry;
  readonly counts: CountStore;
  /** None in a browser. */
  readonly localMachine: LocalMachine | undefined;
  /** The user's home directory; none in a browser. */
  readonly home: vscode.Uri | undefined;
}

/** Starts what all features share. */
export function startServices(
  readerOf: (log: Log, store: IndexStore) => FolderReader,
  { storageUri, extension }: vscode.ExtensionContext,
  localMachine?: LocalMachine,
): Services {
  const held = disposables();
  // One store of translations for all that this process loads.
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const log = held.add(createLog());
  const settings = held.add(createSettings());
  const { version } = extension.packageJSON as { readonly version: string };
  const store = createIndexStore(storageUri, version, log);
  const problems = held.add(
    createProjectRegistry(readerOf(log, store), settings, log, localMachine?.loadCheckpoints),
  );
  const counts = held.add(createCountStore());
  return {
    ...{ log, settings, problems, counts, localMachine },
    home: localMachine?.home,
    dispose: held.dispose,
  };
}
