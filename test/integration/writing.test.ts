import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, rangeOf, scratch, write } from './extension';

const TRANSFER = '@dataset … (transfer)';

async function insertAt(
  file: string,
  text: string,
  line: number,
  column: number,
): Promise<readonly string[]> {
  const editor = await scratch(file, text);
  editor.selection = new vscode.Selection(line, column, line, column);
  await vscode.commands.executeCommand('strategyAdvisor.insertAnnotations', TRANSFER);
  assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), editor.document.uri.toString());
  const lines = editor.document.getText().split('\n');
  // A Markdown document with changes stays open for a while after its editor has closed.
  assert.ok(await editor.document.save());
  return lines;
}

describe('inserting annotations', () => {
  afterEach(cleanUp);

  it('keeps the indentation of the line, and of the code under the cursor', async () => {
    const lines = await insertAt('a.py', 'def f():\n    x = 1\n    return x\n', 1, 7);
    assert.match(lines[1] ?? '', /^ {4}# @dataset source-data task=/);
    assert.match(lines[2] ?? '', /^ {4}# @dataset target-data task=/);
    assert.match(lines[3] ?? '', /^ {4}# @task target-task target /);
    assert.deepEqual(lines.slice(4), ['    x = 1', '    return x', '']);
  });

  it('keeps tabs', async () => {
    const lines = await insertAt('a.ts', 'function f() {\n\t\treturn 1;\n}\n', 1, 2);
    assert.match(lines[2] ?? '', /^\t\t\/\/ @dataset target-data task=/);
    assert.deepEqual(lines.slice(4), ['\t\treturn 1;', '}', '']);
  });

  it('writes comments of Markdown into Markdown', async () => {
    const lines = await insertAt('a.md', '# Title\n\nWords.\n', 2, 0);
    assert.deepEqual([lines[2], lines[6], lines[7]], ['<!--', '-->', 'Words.']);
    assert.match(lines[3] ?? '', /^@dataset source-data task=/);
  });
});

describe('annotating the data that code reads', () => {
  afterEach(cleanUp);

  /** The actions at a text whose titles begin so, with their edits. */
  async function actionsAt(document: vscode.TextDocument, text: string): Promise<vscode.CodeAction[]> {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      rangeOf(document, text),
      vscode.CodeActionKind.RefactorExtract.value,
      10,
    );
    return actions.filter(({ title }) => title.startsWith('Annotate dataset'));
  }

  async function annotated(document: vscode.TextDocument, text: string): Promise<readonly string[]> {
    const [action, ...more] = await actionsAt(document, text);
    assert.equal(more.length, 0);
    assert.ok(
      action?.edit && (await vscode.workspace.applyEdit(action.edit)),
      `nothing is offered at ${text}`,
    );
    return document.getText().split('\n');
  }

  it('states the size that is counted, and is not offered again', async () => {
    await write('data/films.csv', `a,b\n${'1,2\n'.repeat(37)}`);
    const { document } = await scratch(
      'a.py',
      'def f():\n    films = pd.read_csv(\n        "data/films.csv",\n    )\n',
    );
    const lines = await annotated(document, 'data/films.csv');
    assert.deepEqual(lines.slice(0, 3), [
      'def f():',
      '    # @dataset films task=task input=tabular num_examples=37 path=data/films.csv',
      '    films = pd.read_csv(',
    ]);
    await eventually(
      'the dataset to be known',
      // VS Code drops what it is asked while the text still changes.
      async () => (await actionsAt(document, 'read_csv').catch(() => undefined))?.length === 0,
    );
  });

  it('leaves the size to be filled in where there is nothing to count', async () => {
    const { document } = await scratch('a.py', 'films = pd.read_csv("data/none.csv")\n');
    const [line] = await annotated(document, 'read_csv');
    assert.equal(line, '# @dataset films task=task input=tabular num_examples=1k path=data/none.csv');
  });

  it('names what lies under the folder of the workspace as such', async () => {
    await write('images/cat/1.png', 'a');
    await write('images/dog/1.png', 'a');
    const uri = await write(`code/${Date.now()}.py`, 'ROOT = "images"\nOTHER = "pictures"\n');
    const { document } = await vscode.window.showTextDocument(uri);
    assert.deepEqual(await actionsAt(document, 'pictures'), []);
    const [line = ''] = await annotated(document, 'images');
    assert.match(
      line,
      /^# @dataset images task=task .* num_examples=\d+k? path=\$\{workspaceFolder\}\/images$/,
    );
  });
});
