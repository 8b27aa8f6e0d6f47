import assert from 'node:assert/strict';
import { markedBy, includedIn, withRules } from '../../../src/extension/project/web-path-filter';

const FOUND = {
  gitignores: new Map([
    ['/r', 'generated/\n*.out.py\n!keep.out.py\n'],
    ['/r/src', 'd.py\n/deep/*\n!/deep/e.py\n'],
  ]),
  marked: new Set(['/r/venv']),
};

describe('what a search has found in a browser', () => {
  const kept = ['/r/a.py', '/r/keep.out.py', '/r/src/deep/e.py', '/r/lib/d.py'];
  const left = [
    ...['/r/b.out.py', '/r/generated/c.py', '/r/generated/x/c.py', '/r/src/d.py', '/r/src/deep/f.py'],
    ...['/r/venv/lib/g.py', '/r/node_modules/h/i.js', '/r/.hidden/j.py', '/r/lib/__pycache__/k.py'],
  ];

  it('is left out where going through the folders would pass it by', () => {
    assert.deepEqual([...kept, ...left].filter(includedIn('/r', [], FOUND)), kept);
    assert.deepEqual([...kept, ...left].filter(includedIn('/r/', [], FOUND)), kept);
  });

  it('follows the rules around the folder that was searched', () => {
    const outer = withRules('/r', '/lib/new/x.py\nskipped/\n', []);
    const found = { gitignores: new Map<string, string>(), marked: new Set<string>() };
    const files = ['/r/lib/new/x.py', '/r/lib/new/y.py', '/r/lib/new/skipped/z.py'];
    assert.deepEqual(files.filter(includedIn('/r/lib/new', outer, found)), ['/r/lib/new/y.py']);
  });

  it('may start at the root of a file system', () => {
    const found = { gitignores: new Map([['/', 'a.py\n']]), marked: new Set<string>() };
    assert.deepEqual(['/a.py', '/b.py', '/c/a.py', '/c/b.py'].filter(includedIn('/', [], found)), [
      '/b.py',
      '/c/b.py',
    ]);
  });

  it('is marked by the files of environments and caches', () => {
    assert.equal(markedBy('/r/venv/pyvenv.cfg'), '/r/venv');
    assert.equal(markedBy('/r/conda/conda-meta/history'), '/r/conda');
    assert.equal(markedBy('/r/.gitignore'), undefined);
  });
});
