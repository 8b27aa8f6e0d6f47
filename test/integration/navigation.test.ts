import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, rangeOf, scratch, write } from './extension';
import { KINDS, written } from './kinds';
import { placesFrom, placesOf, radiology } from './radiology';

for (const [index, kind] of KINDS.entries())
  describe(`reading annotations in ${kind.name}`, () => {
    afterEach(cleanUp);

    it('goes to definitions and finds references across files', async () => {
      const name = `few-signs-e${index}`;
      const text = `# @dataset more-films task=${name} num_examples=3k\n`;
      await write(`${index}-other.py`, text);
      const document = await kind.open(written(kind, radiology(`e${index}`)));
      const [used, declared] = placesOf(document, name);
      assert.deepEqual(await placesFrom('vscode.executeDefinitionProvider', document, name), [declared]);
      const expected = [used, declared, `other.py:0:${text.indexOf(name)}`];
      await eventually('the reference in the other file', async () => {
        const found = await placesFrom('vscode.executeReferenceProvider', document, name);
        return found.join(' ') === expected.join(' ');
      });
    });

    it('highlights a name where it stands', async () => {
      const name = `few-signs-i${index}`;
      const document = await kind.open(written(kind, radiology(`i${index}`)));
      const highlights = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
        'vscode.executeDocumentHighlights',
        document.uri,
        rangeOf(document, name).start,
      );
      // VS Code itself highlights words, which end at hyphens.
      assert.deepEqual(
        highlights.map(({ range }) => document.getText(range)),
        [name, name],
      );
    });

    it('renames everywhere, and refuses what is no name or taken', async () => {
      const name = `few-signs-f${index}`;
      const other = await write(`${index}-other.py`, `# @dataset more-films task=${name} num_examples=3k\n`);
      const document = await kind.open(written(kind, radiology(`f${index}`)));
      const rename = (newName: string): Thenable<vscode.WorkspaceEdit> =>
        vscode.commands.executeCommand<vscode.WorkspaceEdit>(
          'vscode.executeDocumentRenameProvider',
          document.uri,
          rangeOf(document, name).start,
          newName,
        );
      await assert.rejects(async () => rename(`big-objects-f${index}`), /already/);
      await assert.rejects(async () => rename('two words'), /Invalid name/);
      const edit = await eventually('the edit of both files', async () => {
        const found = await rename('opacity');
        return found.entries().length === 2 && found;
      });
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.ok(!document.getText().includes(name));
      const changed = await vscode.workspace.openTextDocument(other);
      assert.ok(changed.getText().includes('task=opacity'));
      // VS Code opens a tab for what is changed and not shown, and keeps it when its file is deleted.
      assert.ok(await changed.save());
      await vscode.workspace.saveAll();
      await eventually('both to be saved', () => !changed.isDirty && !document.isDirty);
    });

    it('stands in the outline and among the symbols of the workspace', async () => {
      const tag = `g${index}`;
      const document = await kind.open(written(kind, radiology(tag)));
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      assert.deepEqual(
        symbols.map(({ name }) => name),
        [`big-pictures-${tag}`, `few-films-${tag}`, `few-signs-${tag}`],
      );
      const [found] = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        `few-films-${tag}`,
      );
      assert.equal(found?.location.uri.toString(), document.uri.toString());
    });

    it('folds blocks of annotations', async () => {
      const document = await kind.open(`${written(kind, radiology(`h${index}`))}\nx\n`);
      assert.ok((await foldsOf(document)).includes('0-2'));
    });

    it('links a path to what lies there', async () => {
      const document = await kind.open(written(kind, ['@dataset a task=t num_examples=5 path=data.csv']));
      const data = await write('data.csv', 'a,b\n1,2\n');
      const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
        10,
      );
      assert.deepEqual(
        found.map(({ target }) => target?.toString()),
        [data.toString()],
      );
    });
  });

async function foldsOf({ uri }: vscode.TextDocument): Promise<string[]> {
  const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
    'vscode.executeFoldingRangeProvider',
    uri,
  );
  return (ranges ?? []).map(({ start, end }) => `${start}-${end}`);
}

describe('folding beside annotations', () => {
  afterEach(cleanUp);

  it('stays by regions as well', async () => {
    const lines = ['# @dataset h3 task=t', '# @dataset h4 task=t', '# region A', 'a = 1', '# endregion', ''];
    const { document } = await scratch('a.py', lines.join('\n'));
    assert.deepEqual(await foldsOf(document), ['0-1', '2-4']);
  });

  it('stays by indentation, and is left alone where there is nothing to add', async () => {
    const code = 'def f():\n    return 1\n';
    const { document } = await scratch('a.py', `# @dataset h1 task=t\n# @dataset h2 task=t\n${code}`);
    const folded = await foldsOf(document);
    assert.ok(folded.includes('0-1') && folded.includes('2-3'), folded.join());
    assert.deepEqual(await foldsOf((await scratch('b.py', code)).document), ['0-1']);
  });
});
