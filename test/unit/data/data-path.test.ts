import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import { resolveDataPath } from '../../../src/data/paths/node-file-system';
import { createFolder, removeFolders } from '../workspace/support';

describe('the path of a dataset', () => {
  afterEach(removeFolders);

  it('is relative to the annotated file', async () => {
    const { at } = createFolder({ 'src/train.py': '', 'data/a.csv': '' });
    const found = { kind: 'local', path: at('data/a.csv'), exists: true };
    assert.deepEqual(await resolveDataPath('../data/a.csv', at('src/train.py')), found);
    assert.deepEqual(await resolveDataPath('data/a.csv', at('src/train.py')), {
      kind: 'local',
      path: at('src/data/a.csv'),
      exists: false,
    });
  });

  it('is relative to the workspace folder where it says so; the first that has it counts', async () => {
    const { at } = createFolder({ 'src/train.py': '', 'two/data/a.csv': '' });
    const folders = [at('one'), at('two')];
    const resolve = (written: string): Promise<unknown> =>
      resolveDataPath(written, at('src/train.py'), folders);
    assert.deepEqual(await resolve('${workspaceFolder}/data/a.csv'), {
      kind: 'local',
      path: at('two/data/a.csv'),
      exists: true,
    });
    assert.deepEqual(await resolve('${workspaceFolder}/b'), {
      kind: 'local',
      path: at('one/b'),
      exists: false,
    });
  });

  it('may be absolute, or in the home directory', async () => {
    const { at } = createFolder({ 'a.csv': '' });
    assert.deepEqual(await resolveDataPath(at('a.csv'), '/elsewhere/train.py'), {
      kind: 'local',
      path: at('a.csv'),
      exists: true,
    });
    const home = await resolveDataPath('~/no-such-data', '/elsewhere/train.py');
    assert.equal(home.kind === 'local' && home.path, path.join(homedir(), 'no-such-data'));
  });

  it('names a table behind a hash, unless the hash belongs to the file', async () => {
    const { at } = createFolder({ 'a.db': '', 'b#c.csv': '' });
    assert.deepEqual(await resolveDataPath('a.db#calls', at('train.py')), {
      kind: 'local',
      path: at('a.db'),
      fragment: 'calls',
      exists: true,
    });
    assert.deepEqual(await resolveDataPath('b#c.csv', at('train.py')), {
      kind: 'local',
      path: at('b#c.csv'),
      exists: true,
    });
  });

  it('may be a glob, which is there when the folder is that it starts from', async () => {
    const { at } = createFolder({ 'data/a.png': '' });
    const exists = async (written: string): Promise<boolean> => {
      const place = await resolveDataPath(written, at('train.py'));
      return place.kind === 'local' && place.exists;
    };
    assert.ok(await exists('data/*.png'));
    assert.ok(await exists('data/**/[ab].png'));
    assert.ok(!(await exists('missing/*.png')));
  });

  it('may lie on another machine', async () => {
    const url = 'https://example.org/data.csv';
    assert.deepEqual(await resolveDataPath(url, '/train.py'), { kind: 'remote', url });
    assert.equal((await resolveDataPath('C:/data', '/train.py')).kind, 'local');
  });
});
