import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cleanUp, fileUri, lensesOf, open, replace, scratch, set, waitForLenses, write } from './extension';

const SOURCES = '# @dataset big task=big input=image num_examples=1M\n';
const OWN = '# @dataset own task=t input=image num_examples=500\n';
/** What is advised where no source is annotated. */
const PUBLIC = 'transfer learning from a checkpoint of ImageNet · nothing of that kind is annotated yet';
const TARGET = '# @task t target shares_features_with=big';

describe('code lenses', () => {
  afterEach(cleanUp);

  it('name strategy, sources and confidence above the target, in Python', async () => {
    const { document } = await open('digits.py');
    await waitForLenses(document.uri, ['5 transfer learning from digit · medium confidence']);
  });

  it('stand in TypeScript', async () => {
    const { document } = await open('translate.ts', 'languages');
    await waitForLenses(document.uri, ['3 transfer learning from english-french · high confidence']);
  });

  it('stand in Markdown, in comments only', async () => {
    const { document } = await open('README.md', 'languages');
    await waitForLenses(document.uri, ['4 single-task training · nothing to compare with']);
  });

  it('stand in the cells of a notebook, which make one problem', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(fileUri('cells.ipynb', 'languages'));
    await vscode.window.showNotebookDocument(notebook);
    const [, data, task] = notebook.getCells();
    assert.ok(data && task);
    await waitForLenses(task.document.uri, ['2 single-task training · nothing to compare with']);
    assert.deepEqual(await lensesOf(data.document.uri), []);
  });

  it('stand at the dataset that first names a target nobody declares, and then name it', async () => {
    const { document } = await scratch('a.py', `\n${OWN}`);
    await waitForLenses(document.uri, [`2 t: ${PUBLIC}`]);
  });

  it('stand at a pipeline whose task is not declared, and at the data of its stages', async () => {
    const text = [
      '# @pipeline words: audio -> phonemes -> words',
      '# @dataset timit task=audio->phonemes input=audio num_examples=5k unit=hours',
      '# @dataset lexicon task=phonemes->words input=text num_examples=2M unit=words',
    ].join('\n');
    const { document } = await scratch('a.py', text);
    await waitForLenses(document.uri, [
      /^1 a pipeline of stages/,
      /^2 audio->phonemes: /,
      /^3 phonemes->words: /,
    ]);
  });

  it('stay, and move with their line, while an annotation is half typed', async () => {
    const editor = await scratch('a.py', `${SOURCES}${OWN}${TARGET}\n`);
    const { uri } = editor.document;
    await waitForLenses(uri, [/^3 transfer learning from big/]);
    await editor.edit(builder => {
      builder.insert(new vscode.Position(0, 0), '\n');
    });
    for (const [whole, half] of [
      ['num_examples=500', 'num_examples='],
      ['num_examples=', 'num_exampl'],
      ['@dataset own', '@datase own'],
    ] as const) {
      await replace(editor, whole, half);
      assert.match((await lensesOf(uri)).join(), /^4 transfer learning from big/, `gone after ${half}`);
    }
    await replace(
      editor,
      '@datase own task=t input=image num_exampl',
      '@dataset own task=t input=image num_examples=50M',
    );
    await waitForLenses(uri, [/^4 transfer learning from big · low confidence/]);
  });

  it('follow at rest what has become of a target', async () => {
    const editor = await scratch('a.py', `${SOURCES}${OWN}${TARGET}\n`);
    const { uri } = editor.document;
    await waitForLenses(uri, [/^3 transfer/]);
    await replace(editor, TARGET, 'pass');
    await waitForLenses(uri, [/^1 big: /, /^2 t: /]);
  });

  it('open all advice', async () => {
    const { document } = await open('digits.py');
    await waitForLenses(document.uri, [/^5 /]);
    const [lens] = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.equal(lens?.command?.command, 'strategyAdvisor.showAdvice');
    assert.match(lens.command.tooltip ?? '', /^cheque-digit: transfer learning from digit/);
  });

  it('can be switched off and on', async () => {
    const { document } = await open('digits.py');
    const back = await set('codeLens.enabled', false);
    await waitForLenses(document.uri, []);
    await back();
    await waitForLenses(document.uri, [/^5 transfer/]);
  });

  it('follow files on disk that are not open', async () => {
    const other = await write('data.py', SOURCES);
    const { document } = await scratch('a.py', `${OWN}${TARGET}\n`);
    await waitForLenses(document.uri, [/^2 transfer learning from big/]);
    await write('data.py', SOURCES.replace('1M', '100'));
    await waitForLenses(document.uri, [/^2 (?!transfer learning from big)/]);
    await write('data.py', SOURCES);
    await waitForLenses(document.uri, [/^2 transfer learning from big/]);
    await vscode.workspace.fs.rename(other, fileUri('moved/elsewhere.py', 'scratch'));
    await waitForLenses(document.uri, [/^2 transfer learning from big/]);
    await vscode.workspace.fs.delete(fileUri('moved', 'scratch'), { recursive: true });
    await waitForLenses(document.uri, [`2 ${PUBLIC}`]);
  });

  for (const section of ['files', 'search'])
    it(`leave out what .gitignore and ${section}.exclude name`, async () => {
      const { document } = await scratch('a.py', `${OWN}${TARGET}\n`);
      await waitForLenses(document.uri, [`2 ${PUBLIC}`]);
      await write('.git/HEAD', 'ref: refs/heads/main\n');
      await write('.gitignore', 'generated/\n');
      await write('generated/data.py', SOURCES);
      await write('build/data.py', SOURCES);
      await waitForLenses(document.uri, [/^2 transfer learning from big/]);
      const settings = vscode.workspace.getConfiguration(section);
      await settings.update('exclude', { 'build/**': true }, vscode.ConfigurationTarget.Workspace);
      await waitForLenses(document.uri, [`2 ${PUBLIC}`]);
      await settings.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
      await waitForLenses(document.uri, [/^2 transfer learning from big/]);
    });

  it('keep folders apart: each is a problem of its own', async () => {
    const { document } = await open('digits.py', 'other');
    await waitForLenses(document.uri, ['4 single-task training · nothing to compare with']);
    await waitForLenses((await open('digits.py')).document.uri, [/^5 transfer/]);
  });

  it('keep documents without a folder apart', async () => {
    const text = SOURCES + OWN + TARGET;
    const whole = await vscode.workspace.openTextDocument({ language: 'python', content: text });
    await vscode.window.showTextDocument(whole);
    await waitForLenses(whole.uri, [/^3 transfer/]);
    const part = await vscode.workspace.openTextDocument({ language: 'python', content: OWN + TARGET });
    await vscode.window.showTextDocument(part);
    await waitForLenses(part.uri, [`2 ${PUBLIC}`]);
  });
});
