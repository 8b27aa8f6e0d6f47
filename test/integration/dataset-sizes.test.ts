import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import {
  cleanUp,
  diagnosticsOf,
  rangeOf,
  replace,
  scratch,
  set,
  waitForDiagnostics,
  write,
} from './extension';

/** A table of that many rows; `y` is missing in every second. */
function table(rows: number): string {
  return `x,y\n${Array.from({ length: rows }, (_, i) => `${i},${i % 2 ? 'yes' : ''}\n`).join('')}`;
}

/** A SQLite database with a table `frames` of twelve rows, packed. */
const DATABASE = [
  'H4sIAAAAAAACAwsO9MksSVVIyy/KTSxRMGZgYmBkZHBQUGBgADIhGAYYgZgFjU8IMDHoJTPyghQznmMAolFAU2DAyC',
  'YuKcloW5KYlJOaVpSYm1oMIZmcg1wdQ1wVQhydfFwVIGIaFTqVmqC44WHcwMD4m/Eb43vGF4wPGW8xXmY8w3iUcR/j',
  'dqDEKBhUgJWHmZGRm5uVG0hxcbFyASlOTlZOIMXBwcoBpNjZWdmBFBsbKxuQYgUCIMXCwsoCpJiZWZmBFBMTMxMzJ1',
  'APMwcHAAyIhJgABAAA',
].join('');

async function fixesAt(document: vscode.TextDocument, text: string): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    rangeOf(document, text),
  );
  return actions.filter(({ title }) => title.startsWith('Update '));
}

describe('sizes of datasets', () => {
  afterEach(cleanUp);

  it('that are stale are seen at their number, and updated with one click', async () => {
    await write('data/rows.csv', table(5216));
    const { document } = await scratch('a.py', '# @dataset a task=t num_examples=4k path=data/rows.csv\n');
    await waitForDiagnostics(document.uri, ['1:34-36 warning stale-size']);
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
    assert.equal(diagnostic?.message, 'num_examples is 4,000, but the data has 5,216 (table rows).');
    const [fix, ...others] = await fixesAt(document, '4k');
    assert.equal(others.length, 0);
    assert.equal(fix?.title, 'Update num_examples to 5,216');
    assert.equal(fix.isPreferred, true);
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    assert.equal(document.getText(), '# @dataset a task=t num_examples=5216 path=data/rows.csv\n');
    await waitForDiagnostics(document.uri, []);
  });

  it('are counted in a database, an array and folders of images too', async () => {
    const bytes = Buffer.from('93 4e 55 4d 50 59 01 00'.replaceAll(' ', ''), 'hex');
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (30, 2), }".padEnd(117);
    const array = Buffer.concat([bytes, Buffer.from([118, 0]), Buffer.from(`${header}\n`), Buffer.alloc(60)]);
    await vscode.workspace.fs.writeFile(await write('data/a.npy', ''), array);
    const database = gunzipSync(Buffer.from(DATABASE, 'base64'));
    await vscode.workspace.fs.writeFile(await write('data/road.db', ''), database);
    for (const name of ['train/cat/1.png', 'train/dog/2.png', 'test/cat/3.png'])
      await write(`data/pets/${name}`, '');
    const { document } = await scratch(
      'a.py',
      [
        '# @dataset a task=t num_examples=3 path=data/a.npy',
        '# @dataset b task=t splits=train:2,test:9 path=data/pets',
        '# @dataset c task=t num_examples=5 path=data/road.db#frames',
        '',
      ].join('\n'),
    );
    await waitForDiagnostics(document.uri, [
      '1:34-35 warning stale-size',
      '2:41-42 warning stale-size',
      // The files are empty: no images, and all alike.
      '2:48-57 warning split-overlap',
      '2:48-57 warning unreadable-file',
      '3:34-35 warning stale-size',
    ]);
    const [fix] = await fixesAt(document, '9');
    assert.equal(fix?.title, 'Update test to 1');
  });

  it('follow edits, data that changes, and the settings', async () => {
    await write('data/rows.csv', table(100));
    const editor = await scratch('a.py', '# @dataset a task=t num_examples=102 path=data/rows.csv\n');
    const { document } = editor;
    const strict = await set('datasets.tolerance', 0.01);
    try {
      await waitForDiagnostics(document.uri, ['1:34-37 warning stale-size']);
      await replace(editor, '102', '100');
      await waitForDiagnostics(document.uri, []);
      await write('data/rows.csv', table(50));
      await replace(editor, 'task=t', 'task=tt');
      await waitForDiagnostics(document.uri, ['1:35-38 warning stale-size']);
      const off = await set('datasets.enabled', false);
      await waitForDiagnostics(document.uri, []);
      await off();
      await waitForDiagnostics(document.uri, ['1:35-38 warning stale-size']);
    } finally {
      await strict();
    }
  });

  it('are not counted outside of the workspace, and what is wrong with data is said at its path', async () => {
    await write('data/binary.csv', '\0\0\0');
    const { document } = await scratch(
      'a.py',
      [
        '# @dataset a task=t num_examples=5 path=../../../../../../../etc/passwd',
        '# @dataset b task=t num_examples=5 path=data/binary.csv',
        '# @dataset c task=t num_examples=5 path=data/nowhere',
        '# @dataset d task=t num_examples=5 path=https://example.org/d.csv',
        '',
      ].join('\n'),
    );
    await waitForDiagnostics(document.uri, [
      '1:41-72 warning outside-root',
      '2:41-56 warning not-text',
      '3:41-53 information not-found',
    ]);
  });

  it('of files that nobody looks at are not counted', async () => {
    await write('data/rows.csv', table(10));
    await write('closed.py', '# @dataset z task=t num_examples=5k path=data/rows.csv\n');
    const { document } = await scratch('a.py', '# @dataset a task=t num_examples=5k path=data/rows.csv\n');
    await waitForDiagnostics(document.uri, ['1:34-36 warning stale-size']);
    const closed = vscode.Uri.joinPath(document.uri, '../closed.py');
    assert.deepEqual(diagnosticsOf(closed), []);
  });
});
