import assert from 'node:assert/strict';
import type { Log } from '../../src/extension/log';
import { webReader } from '../../src/extension/project/web-folder-reader';
import { cleanUp, fileUri, folder, write } from './extension';

const ANNOTATION = '# @dataset a task=t num_examples=5\n';
const log: Log = {
  show: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  fail(message, error) {
    throw new Error(message, { cause: error });
  },
  dispose: () => undefined,
};

/** How a browser reads, tried where the file system can be searched. */
describe('reading through the editor alone', () => {
  const reader = webReader(log, { open: () => Promise.resolve(undefined) });
  const { signal } = new AbortController();
  const leftOut = (relative: string): boolean => relative === 'left' || relative.startsWith('left/');
  const readIn = async (name: string): Promise<string[]> => {
    const root = folder('scratch').uri;
    const at = name === '' ? root : fileUri(name, 'scratch');
    const files = await reader.readFolder(root, at, leftOut, signal);
    return files.map(({ uri }) => uri.path.slice(root.path.length + 1)).sort();
  };

  beforeEach(async () => {
    await write('.gitignore', 'generated/\n*.out.py\n');
    for (const file of [
      'a.py',
      'in/b.py',
      'b.out.py',
      'generated/c.py',
      '.hid/d.py',
      'left/e.py',
      'venv/lib/f.py',
    ])
      await write(file, ANNOTATION);
    await write('venv/pyvenv.cfg', '');
    await write('in/.gitignore', 'deep/\n');
    await write('in/deep/g.py', ANNOTATION);
  });
  afterEach(cleanUp);

  it('leaves out what is ignored, hidden, an environment or excluded, of what a search finds', async () => {
    assert.deepEqual(await readIn(''), ['a.py', 'in/b.py']);
    assert.deepEqual(await readIn('in'), ['in/b.py']);
    for (const name of ['generated', '.hid', 'left', 'venv', 'venv/lib', 'in/deep'])
      assert.deepEqual(await readIn(name), [], name);
  });

  it('leaves it out when it changes, too', async () => {
    const root = folder('scratch').uri;
    const read = async (name: string): Promise<boolean> =>
      (await reader.readFile(root, fileUri(name, 'scratch'))) !== undefined;
    for (const name of ['a.py', 'in/b.py']) assert.ok(await read(name), name);
    for (const name of ['b.out.py', 'generated/c.py', '.hid/d.py', 'venv/lib/f.py', 'in/deep/g.py'])
      assert.ok(!(await read(name)), name);
  });
});
