import * as vscode from 'vscode';
import type { ProjectSettings } from '../../protocol/project-file';
import { DEFAULT_TOLERANCE, PACKAGE_FILE, PROJECT_FILE } from '../../protocol/settings';
import type { ProjectFile, ProjectFiles } from '../../workspace/project-settings';
import { type Disposable, disposables } from '../disposables';
import { type Project, type ProjectRoot, fileOf } from './project';
import type { SettingsReader } from './settings-reader';
import { vscodeFileSystem } from './vscode-file-system';

/** The project files of one problem's documents, followed as they change. */
export interface ProjectSettingsStore extends Disposable {
  /** What counts for a document; looked for where that is not known yet. `undefined` where no file decides. */
  readonly of: (uri: string) => ProjectFile | undefined;
  /** Whether all that was asked for is known. */
  readonly isReady: () => boolean;
  readonly whenReady: () => Promise<void>;
}

/** @param changed told when something that was asked for has become known, or another */
export function createProjectSettingsStore(home: ProjectRoot, changed: () => void): ProjectSettingsStore {
  const held = disposables();
  const folders = new Map<string, string>();
  /** By folder: as last known, until it is known anew. */
  const known = new Map<string, ProjectFile | undefined>();
  let running = new Map<string, Promise<void>>();
  let files = projectFiles();
  let isWatching = false;
  const look = (folder: string, file: vscode.Uri): void => {
    const mine = running;
    if (mine.has(folder)) return;
    const top = topOf(home);
    const around = files.then(each => each.around(file, top));
    const found = around.then(project => {
      // Begun before something changed: another is under way.
      if (running !== mine) return;
      known.set(folder, project);
      changed();
    });
    mine.set(folder, found);
  };
  const watch = (): void => {
    if (isWatching) return;
    isWatching = true;
    const names = `{${PROJECT_FILE},${PACKAGE_FILE}}`;
    const pattern = new vscode.RelativePattern(topOf(home), home.folder ? `**/${names}` : names);
    const watcher = held.add(vscode.workspace.createFileSystemWatcher(pattern));
    const again = ({ path }: vscode.Uri): void => {
      if (path.includes('/node_modules/')) return;
      files = projectFiles();
      running = new Map();
      changed();
    };
    held.add(watcher.onDidCreate(again));
    held.add(watcher.onDidChange(again));
    held.add(watcher.onDidDelete(again));
  };
  return {
    of(uri) {
      // What was never saved lies in no folder.
      if (uri.startsWith('untitled:')) return undefined;
      const folder = folders.get(uri) ?? folderOf(uri);
      folders.set(uri, folder);
      if (!running.has(folder)) {
        watch();
        look(folder, fileOf(vscode.Uri.parse(uri)));
      }
      return known.get(folder);
    },
    isReady: () => [...running.keys()].every(folder => known.has(folder)),
    async whenReady() {
      await Promise.all(running.values());
    },
    dispose() {
      running = new Map();
      held.dispose();
    },
  };
}

/** What reads them is loaded once an annotated file is open. */
async function projectFiles(): Promise<ProjectFiles> {
  const { createProjectFiles } = await import('../../workspace/project-settings');
  return createProjectFiles(vscodeFileSystem);
}

function folderOf(uri: string): string {
  return vscode.Uri.joinPath(fileOf(vscode.Uri.parse(uri)), '..').toString();
}

/** Above this no project file is looked for: the workspace folder or, outside of any, the file's own. */
function topOf({ folder, resource }: ProjectRoot): vscode.Uri {
  return folder ? resource : vscode.Uri.joinPath(resource, '..');
}

/**
 * The part of a counted size by which one that is stated in a document may be off. Where a project file counts, the
 * user's setting does not: a repository gives one answer.
 */
export function sizeToleranceOf(scope: Project, uri: string, settings: SettingsReader): number {
  const own: ProjectSettings | undefined = scope.projectFileOf(uri)?.settings;
  return own ? (own.sizeTolerance ?? DEFAULT_TOLERANCE) : settings.get('datasets.tolerance', scope.resource);
}
