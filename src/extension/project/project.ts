import * as vscode from 'vscode';
import type { PilotResult } from '../../advisor/advice';
import type { ProjectFile } from '../../workspace/project-settings';
import type { Resolution } from './project-resolution';

/** What makes up one problem: a workspace folder, or a document outside of any. */
export interface Project {
  /** The URI of the folder or document. */
  readonly key: string;
  readonly resource: vscode.Uri;
  readonly name: string;
  /** False while the folder is still being read; open documents are known all the same. */
  readonly isReady: () => boolean;
  readonly whenReady: () => Promise<void>;
  /** As of now, the last keystroke included. */
  readonly resolution: () => Resolution;
  /** The project file that counts for a document, by the document's URI. */
  readonly projectFileOf: (uri: string) => ProjectFile | undefined;
  /** Puts what finished pilots have measured in the place of the rules. */
  readonly setPilots: (found: readonly PilotResult[]) => void;
}

/** What a document belongs to. */
export interface ProjectRoot {
  readonly key: string;
  readonly resource: vscode.Uri;
  readonly folder: vscode.WorkspaceFolder | undefined;
}

const CELL = 'vscode-notebook-cell';
const SCHEMES = new Set(['file', 'untitled', CELL]);

/**
 * Whether annotations in a document count: not in one side of a comparison, an output, a setting. A notebook
 * that is open as the text of its file counts as it stands on disk.
 */
export function isSource({ uri }: vscode.TextDocument): boolean {
  if (uri.path.endsWith('.ipynb') && uri.scheme !== CELL) return false;
  return (
    SCHEMES.has(uri.scheme) ||
    vscode.workspace.workspaceFolders?.some(folder => folder.uri.scheme === uri.scheme) === true
  );
}

export function projectRootOf(document: vscode.TextDocument): ProjectRoot {
  const resource = fileOf(document.uri);
  const folder = vscode.workspace.getWorkspaceFolder(resource);
  const owner = folder?.uri ?? resource;
  return { key: owner.toString(), resource: owner, folder };
}

export function projectRootOfFolder(folder: vscode.WorkspaceFolder): ProjectRoot {
  return { key: folder.uri.toString(), resource: folder.uri, folder };
}

export function isCell({ scheme }: vscode.Uri): boolean {
  return scheme === CELL;
}

/** The file that a document is of, or is part of: the notebook of a cell. */
export function fileOf(document: vscode.Uri): vscode.Uri {
  const notebook = notebookOf(document);
  if (notebook) return notebook.uri;
  return isCell(document) ? document.with({ scheme: 'file', fragment: '' }) : document;
}

function notebookOf(uri: vscode.Uri): vscode.NotebookDocument | undefined {
  if (uri.scheme !== CELL) return undefined;
  return vscode.workspace.notebookDocuments.find(notebook => notebook.uri.path === uri.path);
}

/** How messages call a document. */
export function nameOfDocument(document: vscode.TextDocument): string {
  const notebook = notebookOf(document.uri);
  if (!notebook) return nameOfUri(document.uri);
  return vscode.l10n.t('{0} cell {1}', nameOfUri(notebook.uri), cellIndex(notebook, document) + 1);
}

export function nameOfUri(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, false);
}

/** Where a document stands among the files of its problem: by path as the command line has it, then by cell. */
export function orderOfDocument(document: vscode.TextDocument): string {
  const notebook = notebookOf(document.uri);
  if (!notebook) return document.uri.path;
  return `${notebook.uri.path}#${String(cellIndex(notebook, document)).padStart(6, '0')}`;
}

function cellIndex(notebook: vscode.NotebookDocument, document: vscode.TextDocument): number {
  return notebook.getCells().findIndex(cell => cell.document === document);
}

/** The folder on this machine that keeps a scope's runs. */
export function localFolderOf({ resource }: Project): string | undefined {
  if (resource.scheme !== 'file') return undefined;
  const isFolder = vscode.workspace.workspaceFolders?.some(
    ({ uri }) => uri.toString() === resource.toString(),
  );
  return isFolder === true ? resource.fsPath : vscode.Uri.joinPath(resource, '..').fsPath;
}
