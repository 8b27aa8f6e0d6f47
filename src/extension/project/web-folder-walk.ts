import * as vscode from 'vscode';
import { throwIfAborted } from '../../common/abort';
import { isExcludedFolder, marksExcluded } from '../../workspace/file-selection';
import { type Rules, isIgnored, withRules } from './web-path-filter';

interface Folder {
  readonly uri: vscode.Uri;
  readonly rules: readonly Rules[];
}

/** Which files a walk finds. */
export interface FolderWalkOptions {
  readonly isCandidate: (uri: vscode.Uri) => boolean;
  readonly leftOut: (uri: vscode.Uri, isFolder: boolean) => boolean;
  /** At most so many. */
  readonly limit: number;
}

/** The candidates below a folder, without what `.gitignore` names, folder by folder. */
export async function walkFolder(
  start: Folder,
  { isCandidate, leftOut, limit }: FolderWalkOptions,
  signal: AbortSignal,
): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const pending: Folder[] = [start];
  for (let folder = pending.pop(); folder && found.length < limit; folder = pending.pop()) {
    throwIfAborted(signal);
    const { uri } = folder;
    const entries = await entriesOf(uri);
    if (uri !== start.uri && entries.some(([name]) => marksExcluded(name))) continue;
    const rules = await rulesBelow(folder, entries);
    for (const [name, type] of entries) {
      const child = vscode.Uri.joinPath(uri, name);
      const isFolder = type === vscode.FileType.Directory;
      if (isIgnored(rules, child.path, isFolder)) continue;
      if (isFolder) {
        if (!isExcludedFolder(name) && !leftOut(child, true)) pending.push({ uri: child, rules });
      } else if (type === vscode.FileType.File && isCandidate(child) && !leftOut(child, false))
        found.push(child);
    }
  }
  return found.slice(0, limit);
}

/**
 * The rules around what lies below `root`, read on the way there; `undefined` where going through the root would not
 * come upon it.
 */
export async function rulesTo(
  root: vscode.Uri,
  target: vscode.Uri,
  isFolder: boolean,
): Promise<readonly Rules[] | undefined> {
  const names = relativePath(root, target).split('/');
  let folder: Folder = { uri: root, rules: [] };
  for (const [depth, name] of names.entries()) {
    const entries = await entriesOf(folder.uri);
    if (depth > 0 && entries.some(([entry]) => marksExcluded(entry))) return undefined;
    const rules = await rulesBelow(folder, entries);
    const uri = vscode.Uri.joinPath(folder.uri, name);
    const entersFolder = isFolder || depth < names.length - 1;
    if ((entersFolder && isExcludedFolder(name)) || isIgnored(rules, uri.path, entersFolder))
      return undefined;
    folder = { uri, rules };
  }
  if (isFolder && (await entriesOf(target)).some(([entry]) => marksExcluded(entry))) return undefined;
  return folder.rules;
}

/** A path from the root of a workspace folder, with slashes, as what is left out is named. */
export function relativePath(root: vscode.Uri, { path }: vscode.Uri): string {
  return path.slice(root.path.replace(/\/$/, '').length + 1);
}

async function entriesOf(uri: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  return Promise.resolve(vscode.workspace.fs.readDirectory(uri)).catch(() => []);
}

async function rulesBelow(
  { uri, rules }: Folder,
  entries: readonly [string, vscode.FileType][],
): Promise<readonly Rules[]> {
  if (!entries.some(([name]) => name === '.gitignore')) return rules;
  return withRules(uri.path, await textOf(vscode.Uri.joinPath(uri, '.gitignore')), rules);
}

/** The text of a small file; empty where it cannot be read, as it says nothing then. */
export async function textOf(uri: vscode.Uri): Promise<string> {
  const bytes = await Promise.resolve(vscode.workspace.fs.readFile(uri)).catch(() => new Uint8Array());
  return new TextDecoder().decode(bytes);
}
