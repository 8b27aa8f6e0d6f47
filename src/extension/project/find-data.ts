import * as vscode from 'vscode';
import { type PathContext, candidateUris, findPath } from '../../data/paths/annotated-path';
import type { FileSystem } from '../../data/paths/file-system';
import { isInsideUri, parentUri } from '../../data/paths/file-uri';
import type { GuardedFileSystem } from '../../data/paths/node-file-system';
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

/** What finding data needs of the services. */
export interface DataFinder {
  readonly home: vscode.Uri | undefined;
  readonly localMachine:
    | {
        readonly readableFiles: (
          file: string | undefined,
          workspaceFolders: readonly string[],
        ) => Promise<GuardedFileSystem>;
      }
    | undefined;
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
 * first of a list. `undefined` where there is nothing, or where it may not be looked at.
 */
export async function findData(
  written: string,
  document: vscode.Uri,
  services: DataFinder,
): Promise<DataEntry | undefined> {
  return (await lookForData(written, document, services)).entry;
}

/** The same, saying where the first place lies that would have had to be looked at and may not. */
export async function lookForData(
  written: string,
  document: vscode.Uri,
  services: DataFinder,
): Promise<{ readonly entry?: DataEntry; readonly outside?: string }> {
  const files = await filesFor(document, services);
  const found = await findPath(written, pathContextOf(document, services.home), files);
  if (found.kind === 'local' && found.entry)
    return { entry: { uri: toUri(found.entry.uri), isFolder: found.entry.isFolder } };
  const outside = files.refused?.();
  return outside === undefined ? {} : { outside };
}

/** Finds what has a path for its name, commas, wildcards and all. */
export async function findExactly(
  written: string,
  document: vscode.Uri,
  services: DataFinder,
): Promise<DataEntry | undefined> {
  const files = await filesFor(document, services);
  for (const uri of dataUris(written, document, services.home)) {
    const status = await files.stat(uri);
    if (status) return { uri, isFolder: status.kind === 'folder' };
  }
  return undefined;
}

/**
 * The files that may be looked at for what a document names: those in the folders of the window, or beside a document
 * that is in none; on this machine also what the user has allowed, and links are followed to see where they lead.
 */
async function filesFor(
  document: vscode.Uri,
  { localMachine }: DataFinder,
): Promise<FileSystem & Partial<Pick<GuardedFileSystem, 'refused'>>> {
  const file = fileOf(document);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (localMachine && (file.scheme === 'file' || file.scheme === 'untitled'))
    return localMachine.readableFiles(
      file.scheme === 'file' ? file.fsPath : undefined,
      folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
    );
  const own = folders.some(({ uri }) => isInsideUri(uri, file)) ? [] : [parentUri(file)];
  const inside = [...folders.map(({ uri }) => uri), ...own];
  return {
    ...vscodeFileSystem,
    stat: uri =>
      inside.some(folder => isInsideUri(folder, uri))
        ? vscodeFileSystem.stat(uri)
        : Promise.resolve(undefined),
  };
}
