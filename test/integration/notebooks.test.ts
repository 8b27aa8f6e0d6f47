import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, folder, rangeOf, scratch, write } from './extension';
import { notebookText } from './kinds';

/** A name for a test's notebook: VS Code may remember one that is gone. */
let count = 0;
const fresh = (): string => `closed-${process.pid}-${count++}.ipynb`;

const cellOf = ({ uri }: { readonly uri: vscode.Uri }): string =>
  vscode.workspace.notebookDocuments
    .flatMap(notebook => notebook.getCells())
    .find(({ document }) => document.uri.toString() === uri.toString())
    ?.document.getText() ?? `no cell: ${uri.toString()}`;

describe('notebooks that are closed', function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it('are opened for references, definitions and symbols, which stand in their cells', async () => {
    await write(
      fresh(),
      notebookText(['x = 1\n', 'y = 2\n# @dataset nb-films task=nb-signs num_examples=5k\n']),
    );
    const { document } = await scratch(
      'a.py',
      '# @task nb-signs target\n# @dataset z task=t source_datasets=nb-films\n',
    );
    const ask = (command: string, text: string): Thenable<vscode.Location[]> =>
      vscode.commands.executeCommand<vscode.Location[]>(command, document.uri, rangeOf(document, text).start);
    const other = await eventually('the reference', async () => {
      const references = await ask('vscode.executeReferenceProvider', 'nb-signs');
      return references.find(({ uri }) => uri.toString() !== document.uri.toString());
    });
    assert.match(cellOf(other), /^y = 2/);
    assert.deepEqual(other.range, new vscode.Range(1, 25, 1, 33));
    const [definition] = await ask('vscode.executeDefinitionProvider', 'nb-films');
    assert.ok(definition);
    assert.match(cellOf(definition), /^y = 2/);
  });

  it('are renamed in, in their cells', async () => {
    const file = await write(fresh(), notebookText(['# @dataset more task=nb-old num_examples=5k\n']));
    const { document } = await scratch('a.py', '# @task nb-old target\n');
    const edit = await eventually('the edit of both files', async () => {
      const found = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        rangeOf(document, 'nb-old').start,
        'nb-new',
      );
      return found.entries().length === 2 && found;
    });
    assert.ok(await vscode.workspace.applyEdit(edit));
    const notebook = await vscode.workspace.openNotebookDocument(file);
    await eventually('the name in the cell', () =>
      notebook.cellAt(0).document.getText().includes('task=nb-new'),
    );
    assert.ok(await notebook.save());
    const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    assert.ok(saved.includes('task=nb-new') && !saved.includes('nb-old'), saved);
  });

  it('are shown at their cell, from a line of the overview', async () => {
    const file = await write(
      fresh(),
      notebookText(['x = 1\n', '# @dataset nb-shown task=t num_examples=5k\n']),
    );
    await scratch('a.py', '# @task t target\n');
    const range = await eventually('the symbol', async () => {
      const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'nb-shown',
      );
      return symbols.find(({ name }) => name === 'nb-shown')?.location.range;
    });
    const at = ({ line, character }: vscode.Position): object => ({ line, column: character });
    await vscode.commands.executeCommand('strategyAdvisor.overview.showInNotebook', {
      scope: folder('scratch').uri.toString(),
      reference: {
        file: vscode.workspace.asRelativePath(file, false),
        range: { start: at(range.start), end: at(range.end) },
      },
    });
    await eventually('the cell', () => {
      const editor = vscode.window.activeNotebookEditor;
      return editor?.notebook.uri.toString() === file.toString() && editor.selection.start === 1;
    });
  });

  it('are updated in their cell where a size is stale', async () => {
    await write('nb-rows.csv', `a,b\n${'1,2\n'.repeat(40)}`);
    const file = await write(
      fresh(),
      notebookText(['# @dataset nb-rows task=t num_examples=70 path=nb-rows.csv\n']),
    );
    await scratch('a.py', '# @task t target\n');
    await vscode.commands.executeCommand('strategyAdvisor.overview.focus');
    const given = { item: { dataset: 'nb-rows' }, scope: folder('scratch').uri.toString() };
    const notebook = await eventually('the size to be counted and updated', async () => {
      await vscode.commands.executeCommand('strategyAdvisor.updateSize', given);
      const found = vscode.workspace.notebookDocuments.find(({ uri }) => uri.toString() === file.toString());
      return found?.cellAt(0).document.getText().includes('num_examples=40 ') === true && found;
    });
    assert.ok(notebook.isDirty);
  });
});
