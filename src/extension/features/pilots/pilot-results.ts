import * as vscode from 'vscode';
import { pilotFindings } from '../../../experiments';
import { disposables, type Disposable } from '../../disposables';
import type { Services } from '../../services';
import { type Project, localFolderOf } from '../../project/project';
import { dataPathsOf } from '../runs/run-data-paths';

export interface PilotResultsWatcher extends Disposable {
  /** Looks at the runs of a scope, now that its annotations or its runs have changed. */
  readonly refresh: (scope: Project) => void;
}

/** Puts what pilots have measured into the advice of each folder, and follows its runs. */
export function watchPilotResults({ problems, log }: Services): PilotResultsWatcher {
  const held = disposables();
  const watched = new Map<string, Disposable>();
  const waiting = new Set<string>();
  const look = async (scope: Project): Promise<void> => {
    const workspace = localFolderOf(scope);
    if (workspace === undefined) return;
    const found = await pilotFindings(workspace, scope.resolution().problem, () => dataPathsOf(scope));
    problems.withKey(scope.key)?.setPilots(found);
  };
  const refresh = (scope: Project): void => {
    watch(scope);
    if (waiting.has(scope.key)) return;
    waiting.add(scope.key);
    // Many files of a run change at once.
    setTimeout(() => {
      waiting.delete(scope.key);
      look(scope).catch((error: unknown) => {
        log.warn(`${vscode.l10n.t('Could not read the runs.')} ${String(error)}`);
      });
    }, 200);
  };
  const watch = (scope: Project): void => {
    if (watched.has(scope.key) || scope.resource.scheme !== 'file') return;
    const pattern = new vscode.RelativePattern(scope.resource, '.strategy-advisor/runs/*/report.json');
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const again = (): void => {
      const now = problems.withKey(scope.key);
      if (now) refresh(now);
    };
    watcher.onDidCreate(again);
    watcher.onDidChange(again);
    watcher.onDidDelete(again);
    watched.set(scope.key, watcher);
  };
  held.add(
    problems.onDidEnd(({ key }) => {
      watched.get(key)?.dispose();
      watched.delete(key);
    }),
  );
  held.add({
    dispose() {
      for (const watcher of watched.values()) watcher.dispose();
    },
  });
  return { refresh, dispose: held.dispose };
}
