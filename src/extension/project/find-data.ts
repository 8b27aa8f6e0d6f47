import * as vscode from 'vscode';
import { globAt, inHome, inWorkspaceFolder, listedPaths } from '../../language/value-syntax';
import { fileOf } from './project';

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

/**
 * Where a path that an annotation in `document` names may be: beside the file (of a cell: its notebook), in the home
 * directory, in the workspace folders, the document's own first. None for what cannot be told.
 */
export function candidateUris(
  written: string,
  document: vscode.Uri,
  home: vscode.Uri | undefined,
): readonly vscode.Uri[] {
  const file = fileOf(document);
  const rest = inWorkspaceFolder(written);
  if (rest !== undefined) return foldersFor(file).map(folder => vscode.Uri.joinPath(folder, rest));
  const own = inHome(written);
  if (own !== undefined) return home ? [vscode.Uri.joinPath(home, own)] : [];
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(written)) {
    const { path } = vscode.Uri.file(written);
    return [file.scheme === 'untitled' ? vscode.Uri.file(path) : file.with({ path })];
  }
  // What has no file yet has nothing beside it.
  return file.scheme === 'untitled' ? [] : [vscode.Uri.joinPath(file, '..', written)];
}

/**
 * Finds the data that a `path` names: the file of a table, the folder that a glob starts from, the first of a list.
 * `undefined` where there is nothing.
 */
export async function findData(
  written: string,
  document: vscode.Uri,
  home: vscode.Uri | undefined,
): Promise<DataEntry | undefined> {
  const whole = await firstThere(candidateUris(written, document, home), look);
  if (whole) return whole;
  const parts = listedPaths(written);
  if (parts.length < 2) return undefined;
  const found = await Promise.all(parts.map(({ path }) => findData(path, document, home)));
  return found.includes(undefined) ? undefined : found[0];
}

/** Finds what has a path for its name, whatever stands in that. */
export async function findExactly(
  written: string,
  document: vscode.Uri,
  home: vscode.Uri | undefined,
): Promise<DataEntry | undefined> {
  return firstThere(candidateUris(written, document, home), stat);
}

async function firstThere(
  places: readonly vscode.Uri[],
  look: (uri: vscode.Uri) => Promise<DataEntry | undefined>,
): Promise<DataEntry | undefined> {
  for (const uri of places) {
    const found = await look(uri);
    if (found) return found;
  }
  return undefined;
}

/** A `#` belongs to the name where such a file exists, else a table stands behind it. */
async function look(uri: vscode.Uri): Promise<DataEntry | undefined> {
  const found = await stat(uri);
  if (found) return found;
  const { path } = uri;
  const file = path.replace(/#[^#/]*$/, '');
  if (file !== path) return look(uri.with({ path: file }));
  const glob = globAt(path);
  return glob < 0 ? undefined : stat(uri.with({ path: path.slice(0, path.lastIndexOf('/', glob)) || '/' }));
}

async function stat(uri: vscode.Uri): Promise<DataEntry | undefined> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return { uri, isFolder: (type & vscode.FileType.Directory) !== 0 };
  } catch {
    return undefined;
  }
}

function foldersFor(file: vscode.Uri): vscode.Uri[] {
  const own = vscode.workspace.getWorkspaceFolder(file)?.uri;
  const all = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  return own ? [own, ...all.filter(uri => uri.toString() !== own.toString())] : all;
}
