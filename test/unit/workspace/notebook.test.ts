import assert from 'node:assert/strict';
import { issueMessage } from '../../../src/workspace/issues';
import { scanSync } from '../../../src/workspace/scan';
import { createFolder, dataset, removeFolders } from './support';

function notebook(source: readonly string[]): string {
  return JSON.stringify({
    cells: [{ cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null }],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

describe('notebooks in a folder', () => {
  afterEach(removeFolders);

  it('are read cell by cell', () => {
    const { root } = createFolder({ 'a.ipynb': notebook(['x = 1\n', dataset('d')]) });
    const [file] = scanSync([root]).files;
    assert.deepEqual(
      file?.annotations.map(({ name }) => name?.value),
      ['d'],
    );
  });

  it('are warned of where they are broken, and an error where they were asked for', () => {
    const { root, at } = createFolder({ 'a.ipynb': `{"cells": [ "${dataset('d').trim()}"` });
    for (const [named, severity] of [
      [root, 'warning'],
      [at('a.ipynb'), 'error'],
    ] as const) {
      const { issues } = scanSync([named]);
      assert.deepEqual(
        issues.map(issue => [issue.code, issue.severity]),
        [['bad-notebook', severity]],
      );
      assert.match(issues.map(issueMessage).join(''), /^This notebook cannot be read: ./);
    }
  });
});
