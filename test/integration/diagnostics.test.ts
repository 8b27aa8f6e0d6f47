import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  cleanUp,
  diagnosticsOf,
  fileUri,
  rangeOf,
  replace,
  replaceIn,
  scratch,
  set,
  waitForDiagnostics,
  write,
} from './extension';
import { KINDS, written } from './kinds';

describe('diagnostics', () => {
  afterEach(cleanUp);

  for (const kind of KINDS)
    it(`stand at the characters that are wrong, and go with the edit that mends them, in ${kind.name}`, async () => {
      const document = await kind.open(
        `\n${written(kind, ['@dataset a task=t num_examples=many inputs=text'])}`,
      );
      const { uri } = document;
      const at = (text: string, code: string): string => {
        const { start, end } = rangeOf(document, text);
        return `${start.line + 1}:${start.character + 1}-${end.character + 1} warning ${code}`;
      };
      await waitForDiagnostics(uri, [at('many', 'bad-number'), at('inputs', 'unknown-key')]);
      await replaceIn(document, 'many', '5k');
      assert.equal(diagnosticsOf(uri).length, 1);
      await waitForDiagnostics(uri, [at('inputs', 'unknown-key')]);
      await replaceIn(document, 'inputs', 'input');
      await waitForDiagnostics(uri, []);
    });

  it('come and go with the keystroke, before anything has come to rest', async () => {
    const editor = await scratch('a.py', '# @dataset sync task=t num_examples=5k\n');
    const { uri } = editor.document;
    await waitForDiagnostics(uri, []);
    await replace(editor, '5k', '5kk');
    assert.deepEqual(diagnosticsOf(uri), ['1:37-40 warning bad-number']);
    await replace(editor, '5kk', '5k');
    assert.deepEqual(diagnosticsOf(uri), []);
  });

  it('stay while something else is typed', async () => {
    const editor = await scratch('a.py', '# @dataset a task=t num_examples=many\n\n');
    const { uri } = editor.document;
    const expected = ['1:34-38 warning bad-number'];
    await waitForDiagnostics(uri, expected);
    for (const letter of '# @dataset b task=u num_examples=7') {
      const end = editor.document.lineAt(1).range.end;
      await editor.edit(builder => {
        builder.insert(end, letter);
      });
      assert.ok(diagnosticsOf(uri).includes('1:34-38 warning bad-number'), `gone after "${letter}"`);
    }
    await waitForDiagnostics(uri, expected);
  });

  it('see names that are declared twice in different files, one of them closed', async () => {
    const editor = await scratch('a.py', '# @dataset same task=t num_examples=5\n');
    await waitForDiagnostics(editor.document.uri, []);
    const other = await write('zz.py', '# @dataset same task=t num_examples=6\n');
    await waitForDiagnostics(other, ['1:12-16 warning duplicate-name']);
    const [found] = vscode.languages.getDiagnostics(other);
    assert.match(found?.message ?? '', /already declared at [\w-]+-a\.py:1;/);
    await vscode.workspace.fs.delete(other);
    await waitForDiagnostics(other, []);
  });

  it('count columns alike where lines end in CR LF', async () => {
    const editor = await scratch('a.py', 'x = 1\r\n# @dataset a task=t num_examples=many\r\n\r\n');
    const { uri } = editor.document;
    await waitForDiagnostics(uri, ['2:34-38 warning bad-number']);
    await editor.edit(builder => {
      builder.insert(new vscode.Position(0, 0), 'y = 2\nz = 3\n');
    });
    await waitForDiagnostics(uri, ['4:34-38 warning bad-number']);
    await replace(editor, 'many', '5');
    await waitForDiagnostics(uri, []);
  });

  it('work below a line of ten million characters', async () => {
    const line = `x = "${'@task '.repeat(1_700_000)}"`;
    const editor = await scratch('a.py', `${line}\n# @dataset a task=t num_examples=many\n`);
    const { uri } = editor.document;
    await waitForDiagnostics(uri, ['2:34-38 warning bad-number']);
    await replace(editor, 'many', '5k');
    await waitForDiagnostics(uri, []);
  });

  it('work in a document that has no file yet', async () => {
    const content = '# @dataset a task=t num_examples=many\n';
    const document = await vscode.workspace.openTextDocument({ language: 'python', content });
    const editor = await vscode.window.showTextDocument(document);
    await waitForDiagnostics(document.uri, ['1:34-38 warning bad-number']);
    await replace(editor, 'many', '5');
    await waitForDiagnostics(document.uri, []);
  });

  it('leave alone what only looks like an annotation', async () => {
    const text =
      's = "# @dataset a num_examples=many"\n# @task force: write this\n@task(target=1)\ndef f(): pass\n';
    const editor = await scratch('a.py', `${text}# @dataset b task=t num_examples=none\n`);
    await waitForDiagnostics(editor.document.uri, ['5:34-38 warning bad-number']);
  });

  it('never speak of what is sound', async () => {
    const files = await vscode.workspace.findFiles('{workspace,other,languages}/**');
    assert.deepEqual(files.flatMap(diagnosticsOf), []);
    assert.deepEqual(diagnosticsOf(fileUri('digits.py')), []);
  });

  it('can be switched off and on', async () => {
    const editor = await scratch('a.py', '# @dataset a task=t num_examples=many\n');
    const { uri } = editor.document;
    await waitForDiagnostics(uri, ['1:34-38 warning bad-number']);
    const back = await set('diagnostics.enabled', false);
    await waitForDiagnostics(uri, []);
    await replace(editor, 'many', 'more');
    assert.deepEqual(diagnosticsOf(uri), []);
    await back();
    await waitForDiagnostics(uri, ['1:34-38 warning bad-number']);
  });
});
