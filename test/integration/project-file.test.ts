import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import {
  cleanUp,
  diagnosticsOf,
  extension,
  fileUri,
  folder,
  scratch,
  waitForLenses,
  write,
} from './extension';

const CONFIG = 'strategy-advisor.config.json';
/** Its key is unknown, which is said of a project file that counts and of no other. */
const READ = '{ "colour": "red" }';

function problem(tag: string): string {
  return [
    `# @dataset pictures-${tag} task=objects-${tag} input=image:224x224x3 num_examples=1.28M`,
    `# @dataset films-${tag} task=signs-${tag} input=image:224x224x3 num_examples=5k`,
    `# @task signs-${tag} target output=class:2 shares_features_with=objects-${tag} num_params=25M`,
    '',
  ].join('\n');
}

/** What the command line recommends for a file of the folder `scratch`. */
async function inTerminal({ uri }: vscode.TextDocument): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(extension().extensionPath, 'dist', 'cli.mjs'), 'advise', uri.fsPath],
    { cwd: folder('scratch').uri.fsPath, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
  );
  return stdout;
}

describe('a project file, in the editor', () => {
  afterEach(cleanUp);

  it('is read as the terminal reads it, and is followed as it changes', async () => {
    const { document } = await scratch('a.py', problem('one'));
    await waitForLenses(document.uri, [/^3 transfer learning/]);
    const said = (): readonly string[] => diagnosticsOf(fileUri(CONFIG, 'scratch'));
    await write(CONFIG, READ);
    await eventually('the diagnostic', () => said().length > 0);
    assert.match(await inTerminal(document), /signs-one +transfer learning/);
    await write(CONFIG, '{}');
    await eventually('no diagnostic', () => said().length === 0);
  });

  it('is reported where it is malformed, and counts for nothing then', async () => {
    await write(CONFIG, '{\n  "costs": { "transfer": "40" }\n}');
    const { document } = await scratch('a.py', problem('two'));
    await waitForLenses(document.uri, [/^3 transfer learning/]);
    await eventually('the diagnostic', () => diagnosticsOf(fileUri(CONFIG, 'scratch')).length > 0);
    assert.deepEqual(diagnosticsOf(fileUri(CONFIG, 'scratch')), ['2:26-30 warning bad-project-file']);
  });

  it('is not read above the workspace folder', async () => {
    const above = vscode.Uri.joinPath(folder('scratch').uri, '..', CONFIG);
    await vscode.workspace.fs.writeFile(above, new TextEncoder().encode(READ));
    try {
      const { document } = await scratch('a.py', problem('three'));
      await waitForLenses(document.uri, [/^3 transfer learning/]);
      assert.match(await inTerminal(document), /signs-three +transfer learning/);
    } finally {
      await vscode.workspace.fs.delete(above);
    }
  });
});
