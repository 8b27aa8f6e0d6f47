import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { scan, scanSync } from '../../../src/workspace/annotation-scan';
import { asOrdinaryUser, createFolder, dataset, removeFolders, type Files, type Folder } from './support';

/** The annotated files found below a folder, with `/` between the names. */
function filesIn({ root }: Folder, start = '.'): string[] {
  return scanSync([path.join(root, start)]).files.map(file =>
    path.relative(root, file.path).split(path.sep).join('/'),
  );
}

function annotated(...names: string[]): Files {
  return Object.fromEntries(names.map(name => [name, dataset('d')]));
}

describe('the walk through folders', () => {
  afterEach(removeFolders);

  it('finds annotations in nested folders, in the order of their paths', () => {
    const folder = createFolder(annotated('b.py', 'a/z.py', 'a/b/c/d.py', 'a/b.r', 'a.yaml'));
    assert.deepEqual(filesIn(folder), ['a.yaml', 'a/b.r', 'a/b/c/d.py', 'a/z.py', 'b.py']);
  });

  it('neither enters nor reads what its caller leaves out', async () => {
    const folder = createFolder(annotated('a.py', 'out/b.py', 'in/c.py', 'in/out.py'));
    const asked: string[] = [];
    const { files, opened } = await scan([folder.root], {
      isLeftOut(file, isFolder) {
        asked.push(path.relative(folder.root, file));
        return path.basename(file) === (isFolder ? 'out' : 'out.py');
      },
    });
    assert.deepEqual(
      files.map(file => path.relative(folder.root, file.path)),
      ['a.py', path.join('in', 'c.py')],
    );
    assert.equal(opened, 3);
    assert.ok(!asked.includes(path.join('out', 'b.py')));
  });

  it('reads source, not data', () => {
    const sources = ['Dockerfile', 'Makefile', 'a.py', 'b.PY'];
    const data = ['a.csv', 'a.json', 'a.jsonl', 'a.log', 'a.txt', 'a.parquet', 'a.bin', 'noending'];
    const folder = createFolder(annotated(...sources, ...data));
    assert.deepEqual(filesIn(folder), sources);
  });

  it('reads a file without an ending where its first line names an interpreter', () => {
    const folder = createFolder({
      train: `#!/usr/bin/env python3\n${dataset('a')}`,
      notes: `# a list\n${dataset('b')}`,
    });
    assert.deepEqual(filesIn(folder), ['train']);
  });

  it('passes by hidden folders, packages, environments and caches', () => {
    const folder = createFolder({
      ...annotated('.git/a.py', '.venv/a.py', 'node_modules/x/a.js', 'a/__pycache__/a.py', 'my-env/lib/a.py'),
      ...annotated('lib/site-packages/a.py', 'cache/sub/a.py', 'conda/a.py', 'build/a.py', 'dist/a.py'),
      'my-env/pyvenv.cfg': '',
      'cache/CACHEDIR.TAG': '',
      'conda/conda-meta/history': '',
    });
    assert.deepEqual(filesIn(folder), ['build/a.py', 'dist/a.py']);
  });

  it('reads such a folder when it is named', () => {
    const folder = createFolder({ ...annotated('.venv/a.py'), '.venv/pyvenv.cfg': '' });
    assert.deepEqual(filesIn(folder, '.venv'), ['.venv/a.py']);
  });

  it('follows no symbolic links inside, but those it is given', () => {
    const folder = createFolder(annotated('real/a.py'));
    symlinkSync(folder.root, folder.at('real/loop'));
    symlinkSync(folder.at('real'), folder.at('again'));
    symlinkSync(folder.at('real/a.py'), folder.at('b.py'));
    assert.deepEqual(filesIn(folder), ['real/a.py']);
    assert.deepEqual(filesIn(folder, 'again'), ['again/a.py']);
    assert.deepEqual(filesIn(folder, 'b.py'), ['b.py']);
  });

  it('reports what it may not read and goes on', () => {
    const folder = createFolder(annotated('a.py', 'secret/b.py', 'c.py'));
    chmodSync(folder.at('secret'), 0);
    chmodSync(folder.at('c.py'), 0);
    const { files, issues } = asOrdinaryUser(() => scanSync([folder.root]));
    chmodSync(folder.at('secret'), 0o755);
    assert.deepEqual(
      files.map(file => path.basename(file.path)),
      ['a.py'],
    );
    assert.deepEqual(
      issues.map(({ path: file, ...problem }) => ({ ...problem, name: path.basename(file) })),
      [
        { name: 'c.py', code: 'unreadable-file', severity: 'warning', reason: 'EACCES' },
        { name: 'secret', code: 'unreadable-folder', severity: 'warning', reason: 'EACCES' },
      ],
    );
  });

  it('reads folders too large to list at once', () => {
    const folder = createFolder(annotated('wide/last.py'));
    const wide = folder.at('wide');
    // Names of 200 letters make the folder itself grow past the limit with few files.
    const long = 'x'.repeat(200);
    for (let i = 0; i < 2000; i++) mkdirSync(path.join(wide, `${long}${i}`));
    assert.deepEqual(filesIn(folder), ['wide/last.py']);
    renameSync(path.join(wide, 'last.py'), path.join(wide, `${long}0`, 'deeper.py'));
    assert.deepEqual(filesIn(folder), [`wide/${long}0/deeper.py`]);
  });

  it('has no trouble with odd names', () => {
    const odd = ['with space/a b.py', '한국어/데이터.py', "quote's/[x].py", '#hash/%41.py', 'dots..py'];
    const folder = createFolder(annotated(...odd));
    assert.deepEqual(new Set(filesIn(folder)), new Set(odd));
  });
});
