import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, diagnosticsOf, rangeOf, scratch, waitForDiagnostics } from './extension';
import { KINDS, written } from './kinds';

describe('quick fixes', () => {
  afterEach(cleanUp);

  for (const kind of KINDS)
    it(`repair what a diagnostic reports, in ${kind.name}`, async () => {
      const document = await kind.open(written(kind, ['@dataset a task=t num_exmples=5']));
      const from = rangeOf(document, 'num_exmples').start.character + 1;
      await waitForDiagnostics(document.uri, [`1:${from}-${from + 11} warning unknown-key`]);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        rangeOf(document, 'num_exmples'),
      );
      const own = actions.filter(({ title }) => title === 'Change "num_exmples" to "num_examples"');
      assert.equal(own.length, 1);
      assert.equal(own[0]?.isPreferred, true);
      assert.ok(own[0].edit && (await vscode.workspace.applyEdit(own[0].edit)));
      assert.equal(document.getText(), written(kind, ['@dataset a task=t num_examples=5']));
      await waitForDiagnostics(document.uri, []);
    });

  it('are offered only where one is certain', async () => {
    const editor = await scratch('a.py', '# @dataset a task=t num_examples=many\n');
    const { document } = editor;
    await waitForDiagnostics(document.uri, ['1:34-38 warning bad-number']);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      rangeOf(document, 'many'),
    );
    assert.deepEqual(
      actions.filter(({ title }) => title.startsWith('Change')),
      [],
    );
  });

  it('declare a task that is missing', async () => {
    const source =
      'def f():\n    # @dataset a task=t num_examples=5\n    # @task t target shares_features_with=shapes\n';
    const { document } = await scratch('a.py', source);
    await eventually('the diagnostic', () => diagnosticsOf(document.uri).join().includes('unknown-task'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      rangeOf(document, 'shapes'),
    );
    const declare = actions.find(({ title }) => title === 'Declare task shapes');
    assert.ok(declare?.edit && (await vscode.workspace.applyEdit(declare.edit)));
    assert.equal(document.getText(), `${source}    # @task shapes category=image-classification\n`);
    await waitForDiagnostics(document.uri, []);
  });
});
