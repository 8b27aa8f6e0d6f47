import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';
import { isExcludedFolder, marksExcluded } from '../../workspace/exclusions';

interface Rules {
  /** The path of the folder that they stand in, with a slash at its end. */
  readonly base: string;
  readonly own: Ignore;
}

interface Folder {
  readonly uri: vscode.Uri;
  readonly rules: readonly Rules[];
}

/** The candidates below a folder, without what `.gitignore` names, folder by folder; at most `limit`. */
export async function walkFolder(
  root: vscode.Uri,
  isCandidate: (uri: vscode.Uri) => boolean,
  limit: number,
  signal: AbortSignal,
): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const pending: Folder[] = [{ uri: root, rules: [] }];
  for (let folder = pending.pop(); folder && found.length < limit; folder = pending.pop()) {
    signal.throwIfAborted();
    const { uri } = folder;
    const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(uri)).catch(() => []);
    if (uri !== root && entries.some(([name]) => marksExcluded(name))) continue;
    const rules = await rulesBelow(folder, entries);
    for (const [name, type] of entries) {
      const child = vscode.Uri.joinPath(uri, name);
      const isFolder = type === vscode.FileType.Directory;
      if (isIgnored(rules, child, isFolder)) continue;
      if (isFolder && !isExcludedFolder(name)) pending.push({ uri: child, rules });
      else if (type === vscode.FileType.File && isCandidate(child)) found.push(child);
    }
  }
  return found.slice(0, limit);
}

async function rulesBelow(
  { uri, rules }: Folder,
  entries: readonly [string, vscode.FileType][],
): Promise<readonly Rules[]> {
  if (!entries.some(([name]) => name === '.gitignore')) return rules;
  const bytes = await Promise.resolve(
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(uri, '.gitignore')),
  ).catch(() => new Uint8Array());
  const own = ignore().add(new TextDecoder().decode(bytes));
  // The nearest rules decide.
  return [{ base: `${uri.path.replace(/\/$/, '')}/`, own }, ...rules];
}

function isIgnored(rules: readonly Rules[], { path }: vscode.Uri, isFolder: boolean): boolean {
  for (const { base, own } of rules) {
    const { ignored, unignored } = own.test(path.slice(base.length) + (isFolder ? '/' : ''));
    if (ignored || unignored) return ignored;
  }
  return false;
}
