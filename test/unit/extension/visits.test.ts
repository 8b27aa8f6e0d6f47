import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isIncluded } from '../../../src/extension/project/node-path-filter';
import { scanSync } from '../../../src/workspace/annotation-scan';

const ANNOTATION = '# @dataset a task=t num_examples=5\n';
const FILES: Readonly<Record<string, string>> = {
  '.git/HEAD': '',
  '.gitignore': 'generated/\n*.out.py\n!keep.out.py\n',
  'a.py': ANNOTATION,
  'b.out.py': ANNOTATION,
  'keep.out.py': ANNOTATION,
  'generated/c.py': ANNOTATION,
  'src/d.py': ANNOTATION,
  'src/.gitignore': 'd.py\n/deep/*\n!/deep/e.py\n',
  'src/deep/e.py': ANNOTATION,
  'src/deep/f.py': ANNOTATION,
  'venv/pyvenv.cfg': '',
  'venv/lib/g.py': ANNOTATION,
  'node_modules/h/i.js': '// @dataset a task=t num_examples=5\n',
  '.hidden/j.py': ANNOTATION,
};

describe('whether a search would visit a file', () => {
  let root = '';

  before(() => {
    root = mkdtempSync(path.join(tmpdir(), 'visits-'));
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
  });

  after(() => {
    rmSync(root, { recursive: true });
  });

  it('is answered as the search itself does', () => {
    const found = scanSync([root]).files.map(file => path.relative(root, file.path));
    const annotated = Object.keys(FILES).filter(file => FILES[file]?.includes('@dataset') === true);
    const visited = annotated.filter(file => isIncluded(root, path.join(root, file)));
    assert.deepEqual(visited.sort(), found.sort());
    assert.ok(found.includes('keep.out.py') && !found.includes('b.out.py'));
  });

  it('is answered for what is gone', () => {
    assert.equal(isIncluded(root, path.join(root, 'gone', 'x.py')), true);
    assert.equal(isIncluded(root, path.join(root, 'generated', 'gone.py')), false);
  });
});
