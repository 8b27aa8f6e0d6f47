import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, rangeOf, scratch, write } from './extension';
import { KINDS, written } from './kinds';
import { placesFrom, radiology } from './radiology';

const SETTINGS = 'strategyAdvisor';

async function labelsAt(document: vscode.TextDocument, behind: string): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    rangeOf(document, behind).end,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function actionsAt(document: vscode.TextDocument, text: string): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    rangeOf(document, text),
  );
}

for (const [index, kind] of KINDS.entries())
  describe(`writing annotations in ${kind.name}`, () => {
    afterEach(cleanUp);

    it('is completed: directives, keys, values, and names from other files', async () => {
      const lines = radiology(`a${index}`);
      await write('names.py', lines.map(line => `# ${line}\n`).join(''));
      const document = await kind.open(
        written(kind, ['@', '@dataset a ', '@dataset b task=few-', 'nothing ']) + 'x = "@"\n',
      );
      const directives = await eventually('the directives', async () => {
        const labels = await labelsAt(document, '@');
        return labels.includes('@dataset') && labels;
      });
      assert.equal(directives.filter(label => label === '@dataset').length, 1);
      assert.ok((await labelsAt(document, '@dataset a ')).includes('num_examples'));
      await eventually('the names of the other file', async () =>
        (await labelsAt(document, 'task=few-')).includes(`few-signs-a${index}`),
      );
      for (const place of ['nothing ', 'x = "@'])
        assert.ok(!(await labelsAt(document, place)).some(label => label.startsWith('@')));
    });

    it('shows the keys of a directive, the one being written marked', async () => {
      const document = await kind.open(written(kind, ['@dataset a num_examples=5k']));
      const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
        'vscode.executeSignatureHelpProvider',
        document.uri,
        rangeOf(document, '5k').end,
      );
      const [signature] = help.signatures;
      const label = signature?.parameters[help.activeParameter]?.label;
      assert.ok(signature && Array.isArray(label));
      assert.equal(signature.label.slice(...label), 'num_examples=…');
    });

    it('shows what values mean', async () => {
      const document = await kind.open(written(kind, radiology(`c${index}`)));
      const whole = new vscode.Range(0, 0, 4, 0);
      await eventually('the hints', async () => {
        const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          document.uri,
          whole,
        );
        const labels = hints.map(({ label }) => label);
        return ['= 1,280,000', '= 5,000', `big-objects-c${index} has 256×`].every(label =>
          labels.includes(label),
        );
      });
    });

    it('is helped by refactorings that say what was assumed', async () => {
      const tag = `d${index}`;
      const document = await kind.open(written(kind, radiology(tag)));
      const title = `Declare that few-signs-${tag} shares low-level features with big-objects-${tag}`;
      const shared = await eventually('the refactoring', async () =>
        (await actionsAt(document, `@task few-signs-${tag}`)).find(action => action.title === title),
      );
      assert.ok(shared.edit && (await vscode.workspace.applyEdit(shared.edit)));
      const line = kind.comment(`@task few-signs-${tag} target shares_features_with=big-objects-${tag}`);
      assert.ok(document.getText().includes(`${line}\n`), document.getText());
    });
  });

describe('writing and reading annotations', () => {
  afterEach(cleanUp);

  it('can be switched off', async () => {
    const { document } = await scratch(
      'a.py',
      radiology('j')
        .map(line => `# ${line}\n`)
        .join(''),
    );
    const settings = vscode.workspace.getConfiguration(SETTINGS);
    const switched = ['completion', 'navigation', 'outline', 'inlayHints', 'links', 'refactorings'];
    try {
      for (const name of switched)
        await settings.update(`${name}.enabled`, false, vscode.ConfigurationTarget.Workspace);
      await eventually(
        'definitions to go',
        async () =>
          (await placesFrom('vscode.executeDefinitionProvider', document, 'few-signs-j')).length === 0,
      );
      assert.ok(!(await labelsAt(document, '@dataset ')).includes('labels_present'));
    } finally {
      for (const name of switched)
        await settings.update(`${name}.enabled`, undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
