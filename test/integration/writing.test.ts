import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cleanUp, scratch } from './extension';

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
