import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, rangeOf, scratch, write } from './extension';

const SETTINGS = 'strategyAdvisor';
/** Names differ from test to test: files of the one before may be known for a moment longer. */
function radiology(tag: string): string {
  return [
    `# @dataset big-pictures-${tag} task=big-objects-${tag} input=image:224x224x3 num_examples=1.28M`,
    `# @dataset few-films-${tag} task=few-signs-${tag} input=image:224x224x3 num_examples=5k path=data`,
    `# @task few-signs-${tag} target`,
    '',
  ].join('\n');
}

function endOf(document: vscode.TextDocument, text: string): vscode.Position {
  return rangeOf(document, text).end;
}

async function labelsAt(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function placesFrom(command: string, document: vscode.TextDocument, text: string): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    command,
    document.uri,
    rangeOf(document, text).start.translate(0, 1),
  );
  return found
    .map(({ uri, range }) => `${uri.path.replace(/.*-/, '')}:${range.start.line}:${range.start.character}`)
    .sort();
}

describe('writing annotations', () => {
  afterEach(cleanUp);

  it('is completed: directives, keys, values, and names from other files', async () => {
    await write('names.py', radiology('a'));
    const { document } = await scratch(
      'a.py',
      '# @\n# @dataset a \n# @dataset b task=few-\n# nothing \nx = "@"\n',
    );
    assert.ok((await labelsAt(document, new vscode.Position(0, 3))).includes('@dataset'));
    assert.ok((await labelsAt(document, new vscode.Position(1, 13))).includes('num_examples'));
    await eventually('the names of the other file', async () =>
      (await labelsAt(document, endOf(document, 'task=few-'))).includes('few-signs-a'),
    );
    for (const position of [new vscode.Position(3, 10), new vscode.Position(4, 6)])
      assert.ok(!(await labelsAt(document, position)).some(label => label.startsWith('@')));
  });

  it('shows the keys of a directive, the one being written marked', async () => {
    const { document } = await scratch('a.py', '# @dataset a num_examples=5k\n');
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      'vscode.executeSignatureHelpProvider',
      document.uri,
      endOf(document, '5k'),
    );
    const [signature] = help.signatures;
    const label = signature?.parameters[help.activeParameter]?.label;
    assert.ok(signature && Array.isArray(label));
    assert.equal(signature.label.slice(...label), 'num_examples=…');
  });

  it('shows what values mean', async () => {
    const { document } = await scratch('a.py', radiology('c'));
    const whole = new vscode.Range(0, 0, 4, 0);
    await eventually('the hints', async () => {
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole,
      );
      const labels = hints.map(({ label }) => label);
      return ['= 1,280,000', '= 5,000', 'big-objects-c has 256×'].every(label => labels.includes(label));
    });
  });

  it('is helped by refactorings that say what was assumed', async () => {
    const { document } = await scratch('a.py', radiology('d'));
    let shared: vscode.CodeAction | undefined;
    await eventually('the refactoring', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        rangeOf(document, '@task few-signs-d'),
      );
      const title = 'Say that few-signs-d shares low-level features with big-objects-d';
      shared = actions.find(action => action.title === title);
      return shared !== undefined;
    });
    assert.ok(shared?.edit && (await vscode.workspace.applyEdit(shared.edit)));
    assert.ok(document.getText().includes('# @task few-signs-d target shares_features_with=big-objects-d\n'));
  });
});

describe('reading annotations', () => {
  afterEach(cleanUp);

  it('goes to definitions and finds references across files', async () => {
    await write('0-other.py', '# @dataset more-films task=few-signs-e num_examples=3k\n');
    const { document } = await scratch('a.py', radiology('e'));
    assert.deepEqual(await placesFrom('vscode.executeDefinitionProvider', document, 'few-signs-e'), [
      'a.py:2:8',
    ]);
    await eventually('the reference in the other file', async () => {
      const found = await placesFrom('vscode.executeReferenceProvider', document, 'few-signs-e');
      return found.join(' ') === 'a.py:1:28 a.py:2:8 other.py:0:27';
    });
    const highlights = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      rangeOf(document, 'few-signs-e').start,
    );
    assert.equal(highlights.length, 2);
  });

  it('renames everywhere, and refuses what is no name or taken', async () => {
    const other = await write('0-other.py', '# @dataset more-films task=few-signs-f num_examples=3k\n');
    const { document } = await scratch('a.py', radiology('f'));
    const rename = (newName: string): Thenable<vscode.WorkspaceEdit> =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        rangeOf(document, 'few-signs-f').start,
        newName,
      );
    await assert.rejects(async () => rename('big-objects-f'), /already/);
    await assert.rejects(async () => rename('two words'), /is not a name/);
    await eventually('the edit of both files', async () => (await rename('opacity')).entries().length === 2);
    assert.ok(await vscode.workspace.applyEdit(await rename('opacity')));
    assert.ok(!document.getText().includes('few-signs-f'));
    const changed = await vscode.workspace.openTextDocument(other);
    assert.ok(changed.getText().includes('task=opacity'));
    await changed.save();
    await document.save();
  });

  it('stands in the outline and among the symbols of the workspace', async () => {
    const { document } = await scratch('a.py', radiology('g'));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['big-pictures-g', 'few-films-g', 'few-signs-g'],
    );
    await eventually('the symbol', async () => {
      const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'few-films-g',
      );
      return found.some(({ name }) => name === 'few-films-g');
    });
  });

  it('folds, and leaves folding alone where there is nothing to add', async () => {
    const folds = async (text: string): Promise<string[]> => {
      const { document } = await scratch('a.py', text);
      const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      );
      return (ranges ?? []).map(({ start, end }) => `${start}-${end}`);
    };
    const folded = await folds(`${radiology('h')}def f():\n    return 1\n`);
    assert.ok(folded.includes('0-2') && folded.includes('3-4'), folded.join());
    assert.ok(!(await folds('def f():\n    return 1\n')).includes('0-2'));
  });

  it('links a path to what lies there', async () => {
    const { document } = await scratch('a.py', '# @dataset a task=t num_examples=5 path=data.csv\n');
    await write('data.csv', 'a,b\n1,2\n');
    const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
      10,
    );
    const targets = found.map(({ target }) => target?.path ?? '');
    assert.ok(
      targets.some(path => path.endsWith('/data.csv')),
      targets.join(),
    );
  });

  it('can be switched off', async () => {
    const { document } = await scratch('a.py', radiology('j'));
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
      assert.ok(!(await labelsAt(document, endOf(document, '@dataset '))).includes('labels_present'));
    } finally {
      for (const name of switched)
        await settings.update(`${name}.enabled`, undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
