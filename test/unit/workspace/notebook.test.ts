import assert from 'node:assert/strict';
import { fileIssueMessage } from '../../../src/messages/file-issues';
import { scanSync } from '../../../src/workspace/annotation-scan';
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

  it('are read as far as they go where they are broken: a warning, and an error where they were named', () => {
    const whole = notebook([dataset('d')]);
    const { root, at } = createFolder({ 'a.ipynb': whole.slice(0, whole.indexOf('"metadata":{"lang')) });
    for (const [named, severity] of [
      [root, 'warning'],
      [at('a.ipynb'), 'error'],
    ] as const) {
      const { files, issues } = scanSync([named]);
      assert.equal(files.length, 1);
      assert.deepEqual(
        issues.map(issue => [issue.code, issue.severity]),
        [['bad-notebook', severity]],
      );
      assert.match(issues.map(fileIssueMessage).join(''), /^Invalid notebook: ./);
    }
  });

  it('need cells', () => {
    const { at } = createFolder({ 'a.ipynb': '{"worksheets": ["# @dataset d task=t"]}' });
    assert.match(
      scanSync([at('a.ipynb')])
        .issues.map(fileIssueMessage)
        .join(''),
      /nbformat 4/,
    );
  });
});
