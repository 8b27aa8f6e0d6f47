import * as vscode from 'vscode';
import { syntaxOf } from '../../annotations/languages/lookup';
import { directiveItems } from '../../language/items/directives';
import { exampleFiles } from './example';

const EXAMPLE_FOLDER = 'strategy-advisor-example';

/** Inserts annotations to fill in, above the line of the cursor; in a new file where no source file is open. */
export async function insertAnnotations(given: unknown): Promise<void> {
  const active = vscode.window.activeTextEditor;
  const open = active && leaderOf(active.document) !== undefined ? active : undefined;
  const leader = (open && leaderOf(open.document)) ?? '#';
  const cases = directiveItems(`${leader} `).filter(({ kind }) => kind === 'snippet');
  const items = cases.map(({ label, detail, documentation, insert }) => ({
    label,
    ...(detail === undefined ? {} : { description: detail }),
    ...(documentation === undefined ? {} : { detail: documentation }),
    insert,
  }));
  const picked =
    items.find(({ label }) => label === given) ??
    (await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t('Which question do you have of your data?'),
      matchOnDescription: true,
    }));
  if (!picked) return;
  const editor = open ?? (await vscode.window.showTextDocument(await newDocument()));
  const { line } = editor.selection.active;
  const indent = /^\s*/.exec(editor.document.lineAt(line).text)?.[0] ?? '';
  const text = `${leader} ${picked.insert}\n`.replaceAll('\n', `\n${indent}`);
  await editor.insertSnippet(new vscode.SnippetString(text), new vscode.Position(line, indent.length));
}

const newDocument = (): Thenable<vscode.TextDocument> =>
  vscode.workspace.openTextDocument({ language: 'python' });

function leaderOf({ languageId, uri }: vscode.TextDocument): string | undefined {
  return uri.scheme === 'output' ? undefined : syntaxOf(languageId).line?.[0];
}

/**
 * Writes a small annotated program and its data into the folder that is open, and opens it: a problem to try
 * everything on, a pilot included. What is there already stays as it is.
 */
export async function createExample(): Promise<vscode.Uri | undefined> {
  const [open] = vscode.workspace.workspaceFolders ?? [];
  const parent = open?.uri ?? (await chooseFolder());
  if (!parent) return undefined;
  const folder = vscode.Uri.joinPath(parent, EXAMPLE_FOLDER);
  const files = exampleFiles();
  for (const [name, text] of Object.entries(files)) {
    const file = vscode.Uri.joinPath(folder, name);
    if (!(await exists(file))) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  }
  const program = vscode.Uri.joinPath(folder, 'numbers.py');
  await vscode.window.showTextDocument(program);
  return program;
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Create Example Here'),
  });
  return chosen?.[0];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
