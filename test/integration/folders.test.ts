import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, open, rangeOf } from './extension';

/** A folder beside those of the workspace, which nothing has read yet. */
function makeFolder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'added-folder-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

async function changeFolders(change: () => boolean): Promise<void> {
  const changed = new Promise<void>(resolve => {
    const listener = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      listener.dispose();
      resolve();
    });
  });
  assert.ok(change());
  await changed;
}

const folders = (): readonly vscode.WorkspaceFolder[] => vscode.workspace.workspaceFolders ?? [];

async function add(root: string): Promise<void> {
  await changeFolders(() =>
    vscode.workspace.updateWorkspaceFolders(folders().length, 0, { uri: vscode.Uri.file(root) }),
  );
}

async function symbolsNamed(query: string): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
    'vscode.executeWorkspaceSymbolProvider',
    query,
  );
  return found.map(({ name }) => name).filter(name => name === query);
}

describe('a folder that is added while the window is open', function () {
  this.timeout(60_000);
  let root = '';

  before(async () => {
    // The extension starts with the first file of a language that it knows.
    await open('digits.py');
    await eventually('the extension', async () => (await symbolsNamed('cheque-digit')).length > 0);
  });

  afterEach(async () => {
    await cleanUp();
    const index = folders().findIndex(({ uri }) => uri.fsPath === root);
    if (index >= 0) await changeFolders(() => vscode.workspace.updateWorkspaceFolders(index, 1));
    rmSync(root, { recursive: true, force: true });
  });

  it('is read before its symbols are listed, and is forgotten with the folder', async () => {
    root = makeFolder({ 'deep/data.py': '# @dataset added-films task=added-signs num_examples=5k\n' });
    await add(root);
    // At the first time of asking: nobody presses the keys twice.
    assert.deepEqual(await symbolsNamed('added-films'), ['added-films']);
    const index = folders().findIndex(({ uri }) => uri.fsPath === root);
    await changeFolders(() => vscode.workspace.updateWorkspaceFolders(index, 1));
    await eventually('the symbol to go', async () => (await symbolsNamed('added-films')).length === 0);
  });

  it('is read before names in it are completed, in a file without any annotation', async () => {
    root = makeFolder({
      'data.py': '# @dataset other-films task=other-signs num_examples=5k\n',
      'new.py': '# @task \n',
    });
    await add(root);
    const document = await vscode.workspace.openTextDocument(path.join(root, 'new.py'));
    await vscode.window.showTextDocument(document);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      rangeOf(document, '@task ').end,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('other-signs'), labels.join());
  });
});
