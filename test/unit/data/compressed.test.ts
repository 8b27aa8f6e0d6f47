import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countDataset, openDataset } from '../../../src/data';
import { useScratch } from './helpers/files';
import { TABLES, zip } from './helpers/readers';

const table = 'x,y\n' + Array.from({ length: 200 }, (_, i) => `${i / 4},${'ab'[i % 2] ?? ''}\n`).join('');

describe('data: compressed tables', () => {
  const scratch = useScratch();

  it('are unpacked while they are read: bzip2, xz and Zstandard', async () => {
    for (const name of ['a.csv.bz2', 'a.csv.xz', 'a.csv.zst']) {
      const path = join(TABLES, name);
      const { counted, issues } = await countDataset(path, { label: 'y' });
      assert.deepEqual([counted?.value, counted?.classes, issues], [200, { a: 100, b: 100 }, []], name);
      const shares = { train: 1, validation: 0, test: 0 };
      const dataset = await openDataset(path, { labels: { t: { column: 'y' } }, shares });
      let read = 0;
      for await (const chunk of dataset.read('train')) read += chunk.count;
      assert.equal(read, 200, name);
    }
  });

  it('are refused where they are cut off or damaged', async () => {
    for (const name of ['a.csv.bz2', 'a.csv.xz', 'a.csv.zst']) {
      const whole = await readFile(join(TABLES, name));
      const cut = await scratch.write(`cut/${name}`, whole.subarray(0, whole.length * 0.6));
      const { counted, issues } = await countDataset(cut);
      assert.equal(counted, undefined, name);
      assert.ok(['truncated', 'corrupt'].includes(issues[0]?.code ?? ''), name);
    }
  });

  it('may be the files of an archive, with their splits', async () => {
    const files = {
      'data/train.csv': Buffer.from(table),
      'data/test.csv': Buffer.from('x,y\n1,a\n'),
      'README.txt': Buffer.from('hello'),
      '__MACOSX/data/._train.csv': Buffer.from('x'),
    };
    const path = await scratch.write('a.zip', zip(files));
    const { counted, issues } = await countDataset(path, { label: 'y' });
    assert.deepEqual([counted?.value, counted?.splits, issues], [201, { train: 200, test: 1 }, []]);
    assert.equal((await countDataset(`${path}#data/test.csv`)).counted?.value, 1);
    const single = await scratch.write('one.csv.zip', zip({ 'one.csv': Buffer.from(table) }));
    assert.deepEqual((await countDataset(single, { label: 'y' })).counted?.classes, { a: 100, b: 100 });
    const other = await countDataset(`${path}#none.csv`);
    assert.equal(
      other.issues[0]?.message,
      `${path} has no table "none.csv"; its tables are data/train.csv, data/test.csv`,
    );
  });

  it('are no tables in an archive of something else', async () => {
    const path = await scratch.write('images.zip', zip({ 'a.png': Buffer.from('x') }));
    const { issues } = await countDataset(path);
    assert.equal(
      issues[0]?.message,
      `${path} contains no CSV, JSON or text file; extract it and name its folder in path=`,
    );
  });
});
