import assert from 'node:assert/strict';
import { namedInWorkspace } from '../../../src/extension/features/counting/names-in-workspace';

describe('files in messages of the editor', () => {
  const project = { path: '/home/me/project', name: 'project' };

  it('are named from the workspace folder on', () => {
    const text = '/home/me/project/data/a.csv: 3 rows are skipped; /home/me/projects/b.csv';
    assert.equal(
      namedInWorkspace(text, [project]),
      'data/a.csv: 3 rows are skipped; /home/me/projects/b.csv',
    );
    assert.equal(namedInWorkspace('C:\\work\\x\\d.csv', [{ path: 'C:\\work', name: 'work' }]), 'x\\d.csv');
    assert.equal(namedInWorkspace(text), text);
  });

  it('are named with their folder where there are several, the innermost', () => {
    const inner = { path: '/home/me/project/inner', name: 'inner' };
    assert.equal(
      namedInWorkspace('/home/me/project/inner/a.csv, /home/me/project/b.csv', [project, inner]),
      'inner/a.csv, project/b.csv',
    );
  });
});
