import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Project } from '../../project/project';
import type { Services } from '../../services';
import { localFolderOf } from '../runs/run-data-paths';
import { type Overview, startOverview } from './overview';
import { type OverviewItem, runItems } from './overview-items';

/** What the bundle offers the extension. */
export interface OverviewBundle {
  readonly start: (services: Services) => Overview;
}

export const start: OverviewBundle['start'] = services => {
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: JSON.stringify(vscode.l10n.bundle ?? {}) });
  const overview = startOverview(services, runsIn);
  const watcher = vscode.workspace.createFileSystemWatcher('**/.strategy-advisor/runs/*/{state,report}.json');
  watcher.onDidCreate(overview.tree.refresh);
  watcher.onDidChange(overview.tree.refresh);
  watcher.onDidDelete(overview.tree.refresh);
  return {
    ...overview,
    dispose() {
      watcher.dispose();
      overview.dispose();
    },
  };
};

/** The runs that a folder keeps; what reads them is loaded where there are any. */
async function runsIn(scope: Project): Promise<readonly OverviewItem[]> {
  const workspace = localFolderOf(scope);
  if (workspace === undefined) return [];
  const home = vscode.Uri.joinPath(vscode.Uri.file(workspace), '.strategy-advisor', 'runs');
  const found = await Promise.resolve(vscode.workspace.fs.stat(home)).catch(() => undefined);
  if (!found) return [];
  const { listRuns } = await import('../../../experiments');
  return runItems(scope.key, (await listRuns(workspace)).runs);
}
