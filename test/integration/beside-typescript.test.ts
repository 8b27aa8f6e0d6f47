import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, rangeOf, scratch } from './extension';

const SOURCE = [
  '// @dataset films-ts task=signs-ts num_examples=5k',
  '// @task signs-ts target',
  'export const count = 1;',
  'export const twice = count * 2;',
  '/** @ */',
  'export function read(): void {}',
  '',
].join('\n');

async function labelsAt(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function highlightsOf(document: vscode.TextDocument, text: string): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.DocumentHighlight[] | undefined>(
    'vscode.executeDocumentHighlights',
    document.uri,
    rangeOf(document, text).start.translate(0, 1),
  );
  return (found ?? []).map(({ range: { start } }) => `${start.line}:${start.character}`);
}

// VS Code takes the first answer that is one, from the providers that name the language before those that name all.
describe('beside the TypeScript extension of VS Code', function () {
  this.timeout(60_000);
  let document: vscode.TextDocument;

  before(async function () {
    const typescript = vscode.extensions.getExtension('vscode.typescript-language-features');
    if (!typescript) {
      this.test!.parent!.title += ' (skipped: this VS Code has no TypeScript extension)';
      return this.skip();
    }
    await typescript.activate();
    ({ document } = await scratch('a.ts', SOURCE));
    await eventually(
      'the TypeScript server',
      async () =>
        (
          await vscode.commands.executeCommand<unknown[]>(
            'vscode.executeDefinitionProvider',
            document.uri,
            rangeOf(document, 'count *').start,
          )
        ).length > 0,
      45_000,
    );
  });

  after(cleanUp);

  it('names of datasets and tasks are highlighted, and those of the code as ever', async () => {
    assert.deepEqual(await highlightsOf(document, 'signs-ts'), ['0:26', '1:9']);
    assert.deepEqual(await highlightsOf(document, 'count'), ['2:13', '3:21']);
  });

  it('directives are completed in a documentation comment, once, together with its own tags', async () => {
    const at = rangeOf(document, '/** @').end;
    const labels = await eventually('the tags', async () => {
      const found = await labelsAt(document, at);
      return found.includes('param') && found;
    });
    assert.equal(labels.filter(label => label === '@dataset').length, 1, labels.join());
  });
});
