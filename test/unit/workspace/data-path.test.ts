import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import { resolveDataPath } from '../../../src/workspace/dataset-path';
import { createFolder, removeFolders } from './support';

describe('the path of a dataset', () => {
  afterEach(removeFolders);

  it('is relative to the annotated file', () => {
    const { at } = createFolder({ 'src/train.py': '', 'data/a.csv': '' });
    const found = { kind: 'local', path: at('data/a.csv'), exists: true };
    assert.deepEqual(resolveDataPath('../data/a.csv', at('src/train.py')), found);
    assert.deepEqual(resolveDataPath('data/a.csv', at('src/train.py')), {
      kind: 'local',
      path: at('src/data/a.csv'),
      exists: false,
    });
  });

  it('is relative to the workspace folder where it says so; the first that has it counts', () => {
    const { at } = createFolder({ 'src/train.py': '', 'two/data/a.csv': '' });
    const folders = [at('one'), at('two')];
    const resolve = (written: string): unknown => resolveDataPath(written, at('src/train.py'), folders);
    assert.deepEqual(resolve('${workspaceFolder}/data/a.csv'), {
      kind: 'local',
      path: at('two/data/a.csv'),
      exists: true,
    });
    assert.deepEqual(resolve('${workspaceFolder}/b'), { kind: 'local', path: at('one/b'), exists: false });
  });

  it('may be absolute, or in the home directory', () => {
    const { at } = createFolder({ 'a.csv': '' });
    assert.deepEqual(resolveDataPath(at('a.csv'), '/elsewhere/train.py'), {
      kind: 'local',
      path: at('a.csv'),
      exists: true,
    });
    const home = resolveDataPath('~/no-such-data', '/elsewhere/train.py');
    assert.equal(home.kind === 'local' && home.path, path.join(homedir(), 'no-such-data'));
  });

  it('names a table behind a hash, unless the hash belongs to the file', () => {
    const { at } = createFolder({ 'a.db': '', 'b#c.csv': '' });
    assert.deepEqual(resolveDataPath('a.db#calls', at('train.py')), {
      kind: 'local',
      path: at('a.db'),
      fragment: 'calls',
      exists: true,
    });
    assert.deepEqual(resolveDataPath('b#c.csv', at('train.py')), {
      kind: 'local',
      path: at('b#c.csv'),
      exists: true,
    });
  });

  it('may be a glob, which is there when the folder is that it starts from', () => {
    const { at } = createFolder({ 'data/a.png': '' });
    const exists = (written: string): boolean => {
      const place = resolveDataPath(written, at('train.py'));
      return place.kind === 'local' && place.exists;
    };
    assert.ok(exists('data/*.png'));
    assert.ok(exists('data/**/[ab].png'));
    assert.ok(!exists('missing/*.png'));
  });

  it('may lie on another machine', () => {
    const url = 'https://example.org/data.csv';
    assert.deepEqual(resolveDataPath(url, '/train.py'), { kind: 'remote', url });
    assert.equal(resolveDataPath('C:/data', '/train.py').kind, 'local');
  });
});
