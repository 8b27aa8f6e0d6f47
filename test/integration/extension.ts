import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';

export const EXTENSION = 'strategy-advisor.strategy-advisor';
const SOURCE = 'Strategy Advisor';

/** The extension as VS Code has loaded it. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION);
  assert.ok(found, `${EXTENSION} is not among the extensions`);
  return found;
}

/** The same module that VS Code activates and deactivates. */
export async function extensionModule(): Promise<{ activate: unknown; deactivate: () => void }> {
  const file = path.join(extension().extensionPath, 'dist', 'extension.mjs');
  const loaded: unknown = await import(pathToFileURL(file).href);
  return loaded as { activate: unknown; deactivate: () => void };
}

/** A folder of the workspace by its name: copies of those in test/fixtures. */
export function folder(name: string): vscode.WorkspaceFolder {
  const found = vscode.workspace.workspaceFolders?.find(candidate => candidate.name === name);
  assert.ok(found, `no folder ${name} is open`);
  return found;
}

export function fileUri(file: string, inFolder = 'workspace'): vscode.Uri {
  return vscode.Uri.joinPath(folder(inFolder).uri, file);
}

/** Opens a file of the workspace in an editor. */
export async function open(file: string, inFolder = 'workspace'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(file, inFolder)));
}

/** Writes a file of the folder `scratch`, as another program would. */
export async function write(file: string, text: string): Promise<vscode.Uri> {
  const uri = fileUri(file, 'scratch');
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Writes a file of the folder `scratch` and opens it. Its name is new: VS Code may remember one that is gone. */
export async function scratch(file: string, text: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await write(`${randomUUID()}-${file}`, text));
}

/** Closes all editors, without saving, and empties the folder `scratch`. */
export async function cleanUp(): Promise<void> {
  // Each is reverted, changed or not: that it is changed is heard of a moment after the change.
  const count = (): number => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
  for (let i = count(); i > 0; i--)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const { uri } = folder('scratch');
  for (const [name] of await vscode.workspace.fs.readDirectory(uri))
    if (name !== '.gitkeep')
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(uri, name), { recursive: true });
  await forgotten(uri);
}

/** Waits until no annotation of a folder is known any more: watchers hear of a deleted file a moment later. */
async function forgotten(uri: vscode.Uri): Promise<void> {
  let left: readonly string[] = [];
  for (let i = 0; i < 100; i++) {
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      '',
    );
    // Other extensions have symbols as well; those of annotations are contained in one.
    const isLeft = ({ location, containerName }: vscode.SymbolInformation): boolean =>
      containerName.startsWith('@') && location.uri.path.startsWith(`${uri.path}/`);
    left = symbols.filter(isLeft).map(({ name, location }) => `${name} in ${location.uri.path}`);
    if (left.length === 0) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.fail(`Annotations of deleted files are still known: ${left.join(', ')}.`);
}

/** Replaces the first place in a document that reads `old`. */
export async function replace(editor: vscode.TextEditor, old: string, text: string): Promise<void> {
  const range = rangeOf(editor.document, old);
  assert.ok(
    await editor.edit(builder => {
      builder.replace(range, text);
    }),
  );
}

/** The same in a document, shown or not. */
export async function replaceIn(document: vscode.TextDocument, old: string, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, old), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Where a text first stands in a document. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `${document.fileName} does not say ${text}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** This extension's diagnostics of a file: "3:10-20 warning bad-number", lines and columns from 1. */
export function diagnosticsOf(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === SOURCE)
    .map(({ range: { start, end }, severity, code }) => {
      const name = vscode.DiagnosticSeverity[severity].toLowerCase();
      const place = `${start.line + 1}:${start.character + 1}-${end.character + 1}`;
      return `${place} ${name} ${typeof code === 'string' ? code : 'without a code'}`;
    });
}

export async function waitForDiagnostics(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  await eventually(
    `the diagnostics ${expected.join(', ') || 'to go'}`,
    () => JSON.stringify(diagnosticsOf(uri)) === JSON.stringify(expected),
    8000,
  ).catch((error: unknown) => {
    const messages = vscode.languages.getDiagnostics(uri).map(({ message }) => message);
    assert.deepEqual(diagnosticsOf(uri), expected, `${messages.join('\n')}\n${path.basename(uri.path)}`);
    throw error;
  });
}

/** What a hover says, as Markdown; empty where there is none. */
export async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    rangeOf(document, text).start.translate(0, 1),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map(content => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}

/** The lenses of a document: "3 transfer learning from digit · high confidence", without their icons. */
export async function lensesOf(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
  );
  return lenses
    .filter(({ command }) => command?.command.startsWith('strategyAdvisor.'))
    .map(({ range, command }) => {
      const title = (command?.title ?? '').replace(/\$\([\w-]+\)\s*/gu, '');
      return `${range.start.line + 1} ${title}`;
    });
}

export async function waitForLenses(uri: vscode.Uri, expected: readonly (string | RegExp)[]): Promise<void> {
  let last: string[] = [];
  const matches = (lens: string | undefined, wanted: string | RegExp): boolean =>
    lens !== undefined && (typeof wanted === 'string' ? lens === wanted : wanted.test(lens));
  await eventually(
    `the lenses ${expected.join(', ') || 'to go'}`,
    async () => {
      last = await lensesOf(uri);
      return last.length === expected.length && expected.every((wanted, i) => matches(last[i], wanted));
    },
    8000,
  ).catch((error: unknown) => {
    assert.deepEqual(last, expected);
    throw error;
  });
}

/** Changes a setting of the workspace; the function that is returned takes it back. */
export async function set(name: string, value: unknown): Promise<() => Promise<void>> {
  const change = async (to: unknown): Promise<void> => {
    await vscode.workspace
      .getConfiguration('strategyAdvisor')
      .update(name, to, vscode.ConfigurationTarget.Workspace);
  };
  await change(value);
  return () => change(undefined);
}
