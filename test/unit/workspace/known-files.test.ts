import assert from 'node:assert/strict';
import { appendFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isReliable, type CachedFile } from '../../../src/workspace/scan-cache';
import { decodeScanCache, encodeScanCache } from '../../../src/workspace/stored-scan-cache';
import { scan, type Scan } from '../../../src/workspace/annotation-scan';
import { createFolder, dataset, removeFolders } from './support';

/** Scans as a window does that was opened before: what is noted goes through a text to the next scan. */
function createWindows(root: string): { readonly open: () => Promise<Scan>; readonly forget: () => void } {
  let stored = '';
  return {
    async open() {
      const before = decodeScanCache(stored, '1.0.0');
      const now = new Map<string, CachedFile>();
      const result = await scan([root], {
        known: { get: file => before.get(file), note: (file, known) => now.set(file, known) },
      });
      stored = encodeScanCache(now, '1.0.0');
      return result;
    },
    forget() {
      stored = stored.slice(0, -10);
    },
  };
}

const namesIn = ({ files }: Scan): string[] =>
  files.flatMap(({ annotations }) => annotations.map(({ name }) => name?.value ?? ''));

describe('a folder that was read before', function () {
  this.timeout(20_000);
  afterEach(removeFolders);

  // A file that has only just been written may be written again within the same tick of its clock.
  const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 2100));

  it('is not read again: only what has changed, appeared or moved since', async () => {
    const { root, at } = createFolder({
      'a.py': dataset('a'),
      'b.py': dataset('b'),
      'sub/c.py': 'x = 1\n',
      'd.ipynb': '{',
    });
    const windows = createWindows(root);
    await settle();
    assert.equal((await windows.open()).opened, 4);
    const again = await windows.open();
    assert.deepEqual([again.opened, namesIn(again)], [0, ['a', 'b']]);
    appendFileSync(at('sub/c.py'), dataset('c'));
    writeFileSync(at('e.py'), dataset('e'));
    rmSync(at('a.py'));
    // The same length and time of change as before, and other content: the file system knows all the same.
    writeFileSync(at('b.py'), dataset('B'));
    utimesSync(at('b.py'), new Date(1e12), new Date(1e12));
    const third = await windows.open();
    assert.deepEqual([third.opened, namesIn(third).sort()], [3, ['B', 'c', 'e']]);
  });

  it('is read as a whole where what was kept is damaged, or of another release', async () => {
    const { root } = createFolder({ 'a.py': dataset('a') });
    const windows = createWindows(root);
    await settle();
    await windows.open();
    windows.forget();
    assert.deepEqual(namesIn(await windows.open()), ['a']);
    const text = encodeScanCache(new Map([['/x/a.py', { size: 1, changed: 2 }]]), '1.0.0');
    assert.equal(decodeScanCache(text, '1.0.0').size, 1);
    assert.equal(decodeScanCache(text, '1.0.1').size, 0);
    for (const damaged of ['', 'null', '[]', '{"version":1,"release":"1.0.0"}', text.slice(0, 20)])
      assert.equal(decodeScanCache(damaged, '1.0.0').size, 0, damaged);
  });

  it('leaves out what git leaves out by now, though it was read before', async () => {
    const { root, at } = createFolder({ '.git/HEAD': '', 'a.py': dataset('a'), 'b.py': dataset('b') });
    const windows = createWindows(root);
    await settle();
    await windows.open();
    writeFileSync(at('.gitignore'), 'b.py\n');
    assert.deepEqual(namesIn(await windows.open()), ['a']);
    rmSync(at('.gitignore'));
    assert.deepEqual(namesIn(await windows.open()), ['a', 'b']);
  });

  it('keeps every path and annotation in its text', () => {
    const files = new Map<string, CachedFile>([
      [path.join('/w', 'a.py'), { size: 1, changed: 1.5 }],
      [
        path.join('/w', 'ü 😀', 'b.py'),
        { size: 2, changed: 2, annotated: { annotations: [], diagnostics: [] } },
      ],
      ['C:\\w\\c.py', { size: 3, changed: 3 }],
    ]);
    assert.deepEqual(decodeScanCache(encodeScanCache(files, 'x'), 'x'), files);
  });

  it('does not trust the stamp of a file that was written just now', () => {
    assert.equal(isReliable({ size: 1, changed: 9_000 }, 10_000), false);
    assert.equal(isReliable({ size: 1, changed: 7_000 }, 10_000), true);
  });
});
