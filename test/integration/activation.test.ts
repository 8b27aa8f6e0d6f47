import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import { eventually } from '../vscode/eventually';
import { extension, extensionModule, open, waitForLenses } from './extension';

describe('activation', () => {
  it('finds the extension under test, in the version of its manifest', () => {
    const { packageJSON, extensionPath } = extension() as {
      packageJSON: { version: string };
      extensionPath: string;
    };
    assert.equal(packageJSON.version, manifest.version);
    const expected = process.env['TEST_EXTENSION_FOLDER'];
    if (expected !== undefined)
      assert.ok(extensionPath.startsWith(expected), `${extensionPath} is another one`);
  });

  it('starts when a Python file is opened, and not before', async () => {
    assert.equal(extension().isActive, false);
    await open('digits.py');
    await eventually('the extension to start', () => extension().isActive);
  });

  it('gives advice on the file that started it', async () => {
    const { document } = await open('digits.py');
    await waitForLenses(document.uri, ['5 transfer learning from digit · medium confidence']);
  });

  it('runs as the module in dist/', async () => {
    assert.equal(typeof (await extensionModule()).activate, 'function');
  });

  it('registers every command that the manifest promises', async () => {
    const { contributes } = extension().packageJSON as { contributes?: { commands?: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = (contributes?.commands ?? [])
      .map(({ command }) => command)
      .filter(name => !registered.has(name));
    assert.deepEqual(missing, []);
  });
});
