import * as vscode from 'vscode';
import type { DataPath } from '../../data/paths/node-file-system';
import { type FoundPath, type PathContext, candidateUris, findPath } from '../../data/paths/annotated-path';
import type { Dataset } from '../../language/learning-problem';
import { type Project, fileOf } from './project';
import { toUri, vscodeFileSystem } from './vscode-file-system';

/** An address of the web; `undefined` for what is none, however it begins. */
export function webAddress(written: string): vscode.Uri | undefined {
  if (!/^https?:/i.test(written)) return undefined;
  try {
    return vscode.Uri.parse(written, true);
  } catch {
    return undefined;
  }
}

/** What stands where a `path` leads. */
export interface DataEntry {
  readonly uri: vscode.Uri;
  readonly isFolder: boolean;
}

/** What the paths in a document are relative to; the document's own workspace folder comes first. */
export function pathContextOf(document: vscode.Uri, home: vscode.Uri | undefined): PathContext {
  const file = fileOf(document);
  const own = vscode.workspace.getWorkspaceFolder(file)?.uri.toString();
  return {
    file,
    workspaceFolders: workspaceFoldersFrom(own).map(({ uri }) => uri),
    home,
    // Only where the folder of a window is on this machine do paths follow its system.
    isWindows: file.scheme === 'file' && isWindowsHost(file, home),
  };
}

/** A drive letter tells, in a browser too. */
function isWindowsHost(file: vscode.Uri, home: vscode.Uri | undefined): boolean {
  return [file, ...(home ? [home] : [])].some(({ path }) => /^\/[A-Za-z]:/.test(path));
}

/** The folders of the window, that with a key before the others. */
function workspaceFoldersFrom(key: string | undefined): readonly vscode.WorkspaceFolder[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...folders].sort((a, b) => Number(b.uri.toString() === key) - Number(a.uri.toString() === key));
}

/** The folders of the window that are on this machine, the project's own first. */
export function localWorkspaceFolders({ key }: Pick<Project, 'key'>): readonly string[] {
  return workspaceFoldersFrom(key)
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}

/** Where a path that an annotation in `document` names may be; none where that cannot be told. */
export function dataUris(
  written: string,
  document: vscode.Uri,
  home: vscode.Uri | undefined,
): readonly vscode.Uri[] {
  return candidateUris(written, pathContextOf(document, home)).map(toUri);
}

/**
 * Finds the data that a `path` names, for showing it: the file of a table, the folder that a glob starts from, the
 * first of a list. `undefined` where there is nothing.
 */
export async function findData(
  written: string,
  document: vscode.Uri,
  home: vscode.Uri | undefined,
): Promise<DataEntry | undefined> {
  const found = await findPath(written, pathContextOf(document, home), vscodeFileSystem);
  if (found.kind === 'remote' || !found.entry) return undefined;
  return { uri: toUri(found.entry.uri), isFolder: found.entry.isFolder };
}

/** Finds what has a path for its name, commas, wildcards and all. */
export async function findExactly(
  written: string,
  document: vscode.Uri,
  home: vscode.Uri | undefined,
): Promise<DataEntry | undefined> {
  for (const uri of dataUris(written, document, home)) {
    const status = await vscodeFileSystem.stat(uri);
    if (status) return { uri, isFolder: status.kind === 'folder' };
  }
  return undefined;
}

/** Where the files of something annotated in a project are on this machine; `undefined` where it names none. */
export async function dataPathIn(
  scope: Project,
  { path: written, reference }: Pick<Dataset, 'path' | 'reference'>,
  home: vscode.Uri | undefined,
): Promise<DataPath | undefined> {
  const uri = scope.resolution().file(reference.file)?.uri;
  if (written === undefined || uri === undefined) return undefined;
  const document = vscode.Uri.parse(uri);
  const folders = workspaceFoldersFrom(scope.key).map(folder => folder.uri);
  const context = { ...pathContextOf(document, home), workspaceFolders: folders };
  return asDataPath(await findPath(written, context, vscodeFileSystem));
}

/** Plain values, for a process that reads the files. */
function asDataPath(found: FoundPath): DataPath {
  if (found.kind === 'remote') return found;
  const { uri, list, fragment, entry } = found;
  return {
    kind: 'local',
    path: toUri(uri).fsPath,
    ...(list ? { list: list.map(each => toUri(each).fsPath) } : {}),
    ...(fragment === undefined ? {} : { fragment }),
    exists: entry !== undefined,
  };
}
