import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, fileUri, folder, scratch, write } from './extension';
import { openCells } from './kinds';

/** What the links of a document lead to: `data.csv` in its folder, or the whole address. */
async function targetsIn({ uri }: vscode.TextDocument): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    'vscode.executeLinkProvider',
    uri,
    20,
  );
  const base = `${folder('scratch').uri.toString()}/`;
  return found.flatMap(({ target }) => (target ? [target.toString(true).replace(base, '')] : []));
}

describe('links of annotations', () => {
  afterEach(cleanUp);

  it('lead from the cell of a notebook to what lies beside the notebook', async () => {
    await write('cell-data.csv', 'a,b\n1,2\n');
    const { document } = await openCells('a.ipynb', [
      '# @dataset a task=t num_examples=1 path=cell-data.csv',
    ]);
    assert.deepEqual(await targetsIn(document), ['cell-data.csv']);
  });

  it('know lists, globs, tables, the home directory and the folder of the workspace', async () => {
    for (const name of ['x.csv', 'y.csv', 'in/z.csv', 't.db', 'odd,name.csv']) await write(name, 'a\n1\n');
    const { document } = await scratch(
      'a.py',
      [
        'path=x.csv,y.csv',
        'path=in/*.csv',
        'path=t.db#calls',
        'path=odd,name.csv',
        'path=${workspaceFolder}/x.csv',
        'path=~/no-such-data.csv',
        'path=nowhere.csv',
      ]
        .map((path, i) => `# @dataset d${i} task=t num_examples=1 ${path}\n`)
        .join(''),
    );
    const [first, second, glob, ...others] = await targetsIn(document);
    assert.deepEqual([first, second], ['x.csv', 'y.csv']);
    assert.match(glob ?? '', /^command:revealInExplorer\?.*\/in"/);
    const home = vscode.Uri.joinPath(vscode.Uri.file(homedir()), 'no-such-data.csv').toString(true);
    assert.deepEqual(others, ['t.db', 'odd,name.csv', 'odd,name.csv', 'x.csv', home, 'nowhere.csv']);
  });

  it('are all there but those that are no address, and those to what no editor opens', async () => {
    const { document } = await scratch(
      'a.py',
      ['https:////x', 'https://example.org/a.csv', 's3://bucket/a.csv', 'b.csv']
        .map((path, i) => `# @dataset d${i} task=t num_examples=1 path=${path}\n`)
        .join(''),
    );
    assert.deepEqual(await targetsIn(document), ['https://example.org/a.csv', 'b.csv']);
  });
});

describe('the data of a dataset', () => {
  afterEach(cleanUp);

  it('is opened from the overview where the cell of a notebook names it', async () => {
    await write('of-cells.csv', 'a,b\n1,2\n');
    await openCells('a.ipynb', ['# @dataset of-cells task=t num_examples=1 path=of-cells.csv']);
    const given = { item: { dataset: 'of-cells' }, scope: folder('scratch').uri.toString() };
    const opened = (): boolean =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(
          ({ input }) =>
            input instanceof vscode.TabInputText &&
            input.uri.toString() === fileUri('of-cells.csv', 'scratch').toString(),
        ),
      );
    await eventually('the data', async () => {
      await vscode.commands.executeCommand('strategyAdvisor.openData', given);
      return opened();
    });
  });
});
