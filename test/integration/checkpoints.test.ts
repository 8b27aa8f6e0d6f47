import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, hoverAt, rangeOf, scratch, waitForLenses } from './extension';

const SOURCE = [
  'import timm',
  'def build():',
  '    return timm.create_model("resnet18", pretrained=True)',
  '',
].join('\n');

describe('checkpoints that code loads', () => {
  afterEach(cleanUp);

  const fixesAt = async (
    document: vscode.TextDocument,
    text: string,
  ): Promise<readonly vscode.CodeAction[]> => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      rangeOf(document, text),
    );
    return actions.filter(({ title }) => title === 'Annotate checkpoint resnet18 as a source');
  };

  it('are annotated by one quick fix, once', async () => {
    const { document } = await scratch('a.py', SOURCE);
    await eventually('the quick fix', async () => (await fixesAt(document, 'create_model')).length === 1);
    const [fix] = await fixesAt(document, 'create_model');
    assert.ok(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)));
    assert.equal(
      document.getText(),
      SOURCE.replace('    return', '    # @task imagenet-1k checkpoint=timm/resnet18.a1_in1k\n    return'),
    );
    await eventually('no quick fix', async () => (await fixesAt(document, 'create_model')).length === 0);
    assert.match(await hoverAt(document, 'timm/resnet18.a1_in1k'), /ImageNet/);
  });

  it('say in a hover what they were trained on', async () => {
    const { document } = await scratch('a.py', SOURCE);
    await eventually('the hover', async () =>
      /1,281,167 examples/.test(await hoverAt(document, 'create_model')),
    );
    assert.match(await hoverAt(document, 'create_model'), /timm\/resnet18\.a1/);
  });

  it('count as sources in the advice', async () => {
    const { document } = await scratch(
      'a.py',
      '# @dataset own task=t input=image num_examples=500\n# @task big checkpoint=resnet50\n# @task t target shares_features_with=big\n',
    );
    await waitForLenses(document.uri, ['3 transfer learning from big · high confidence']);
  });

  it('are offered by name', async () => {
    const { document } = await scratch('a.py', '# @task a checkpoint=\n');
    await eventually('the names', async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(0, '# @task a checkpoint='.length),
      );
      return items.some(({ label }) => label === 'google/vit-base-patch16-224');
    });
  });
});
