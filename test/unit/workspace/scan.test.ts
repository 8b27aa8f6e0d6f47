import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileIssueMessage } from '../../../src/messages/file-issues';
import { problemOf } from '../../../src/workspace/annotated-files';
import { scan, scanFile, scanSync } from '../../../src/workspace/annotation-scan';
import { createFolder, dataset, removeFolders } from './support';

const MEGABYTE = 1_000_000;

describe('a scan', () => {
  afterEach(removeFolders);

  it('says why a named path gives nothing', () => {
    const { root, at } = createFolder({ 'a.csv': dataset('a'), 'b.py': 'x\n'.repeat(6 * MEGABYTE) });
    symlinkSync(at('loop'), at('loop'));
    const named = ['missing', 'a.csv/below', 'a.csv', 'b.py', 'loop'].map(at);
    assert.deepEqual(
      scanSync([...named, '/dev/null']).issues.map(({ path: file, code, severity }) => [
        path.relative(root, file),
        code,
        severity,
      ]),
      [
        [path.relative(root, '/dev/null'), 'not-a-file', 'error'],
        ['a.csv', 'data-file', 'information'],
        ['a.csv/below', 'no-such-path', 'error'],
        ['b.py', 'file-too-large', 'information'],
        ['loop', 'unreadable-file', 'error'],
        ['missing', 'no-such-path', 'error'],
      ],
    );
  });

  it('says nothing of huge files in a folder, and reads those that are merely large', () => {
    const { root } = createFolder({
      'huge.py': dataset('huge') + 'x\n'.repeat(6 * MEGABYTE),
      'large.py': 'x = 1\n'.repeat(MEGABYTE / 2) + dataset('large'),
    });
    const { files, issues } = scanSync([root]);
    assert.deepEqual(issues, []);
    assert.deepEqual(
      files.flatMap(file => file.annotations.map(({ name, range }) => [name?.value, range.start.line])),
      [['large', 500_000]],
    );
  });

  it('finds an annotation wherever it falls in the pieces a file is read in', () => {
    const { root, write } = createFolder();
    const buffer = 256 * 1024;
    for (const from of [buffer - 20, buffer - 5, buffer - 1, buffer, buffer + 1])
      write({ [`a${from}.py`]: `#${'x'.repeat(from - 2)}\n${dataset('d')}` });
    assert.equal(scanSync([root]).files.length, 5);
  });

  it('reads a file of an unknown kind by its fallback syntax when it is named', () => {
    const { at, root } = createFolder({ 'run.weird': dataset('a'), 'notes.txt': dataset('b', ';') });
    assert.deepEqual(scanSync([root]).files, []);
    assert.equal(scanSync([at('run.weird')]).files.length, 1);
    assert.equal(scanSync([at('notes.txt')]).files.length, 1);
  });

  it('counts a file once, by whichever names it is reached', () => {
    const { root, at } = createFolder({ 'sub/a.py': dataset('a'), 'b.py': dataset('b') });
    symlinkSync(at('sub'), at('link'));
    const { files } = scanSync([root, at('sub'), at('link'), at('sub/a.py'), root]);
    const { problem, diagnostics } = problemOf(files);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(problem.datasets.map(({ name }) => name).sort(), ['a', 'b']);
  });

  it('makes one problem, with everything that is wrong in the order of files and lines', () => {
    const { root } = createFolder({
      'a.py': dataset('a') + '# @dataset b task=t num_examples=many\n',
      'b.py': '\n' + dataset('a') + '# @task t target shares_features_with=nothing\n',
    });
    const { diagnostics } = problemOf(scanSync([root]).files, file => path.basename(file));
    assert.deepEqual(
      diagnostics.map(({ file, code, range }) => [file, range.start.line, code]),
      [
        ['a.py', 1, 'bad-number'],
        ['b.py', 1, 'duplicate-name'],
        ['b.py', 2, 'unknown-task'],
      ],
    );
  });

  it('finds the same with pauses as without', async () => {
    const { root, write } = createFolder({ 'a.csv': '' });
    for (let i = 0; i < 300; i++)
      write({ [`d${i % 7}/f${i}.py`]: i % 3 === 0 ? dataset(`d${i}`) : 'x = 1\n' });
    const paths = [root, path.join(root, 'missing')];
    assert.deepEqual(await scan(paths), scanSync(paths));
  });

  it('lets others have their turn while it runs', async () => {
    const { root, write } = createFolder();
    for (let i = 0; i < 2000; i++) write({ [`f${i}.py`]: dataset(`d${i}`) });
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await scan([root]);
    clearInterval(timer);
    assert.ok(turns > 0);
  });

  it('stops when it is told to', async () => {
    const { root, write } = createFolder({ 'a.py': dataset('a') });
    await assert.rejects(scan([root], { signal: AbortSignal.abort() }), { name: 'AbortError' });
    const controller = new AbortController();
    for (let i = 0; i < 2000; i++) write({ [`f${i}.py`]: dataset(`d${i}`) });
    const running = scan([root], { signal: controller.signal });
    controller.abort(new Error('enough'));
    await assert.rejects(running, { name: 'AbortError' });
  });

  it('reads one file as an editor does when it changes', () => {
    const { at } = createFolder({ 'a.py': dataset('a'), 'b.py': 'x = 1\n' });
    const annotated = scanFile(at('a.py'));
    assert.ok(annotated && 'annotations' in annotated);
    assert.equal(scanFile(at('b.py')), undefined);
    const gone = scanFile(at('c.py'));
    assert.ok(gone && 'code' in gone);
    assert.equal(fileIssueMessage(gone), 'No such file or folder.');
  });
});
