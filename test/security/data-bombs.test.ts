import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Database } from 'node-sqlite3-wasm';
import { checkDataset, countDataset, openDataset } from '../../src/data';
import { recordingEncoder } from '../../src/data/preprocessing/media-preprocessing';
import { defaultLogMel } from '../../src/data/audio/log-mel';
import { readRegular } from '../../src/files/regular-file';
import { readSmallSync } from '../../src/files/small-file';
import { scanSync } from '../../src/workspace/annotation-scan';
import { useScratch } from '../unit/data/helpers/files';
import { zip } from '../unit/data/helpers/readers';
import { wav } from '../unit/data/helpers/wav';
import { assertLinearReading } from '../unit/assert-linear';

const MEGABYTE = 1024 * 1024;

function npy(dtype: string, shape: string, content: Buffer = Buffer.alloc(0)): Buffer {
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(text.length, 8);
  return Buffer.concat([head, Buffer.from(text), content]);
}

describe('data states no more than it has', () => {
  const scratch = useScratch();
  const codes = async (name: string, content: string | Uint8Array): Promise<readonly string[]> => {
    const { counted, issues } = await countDataset(await scratch.write(name, content), { label: 'y' });
    assert.equal(counted, undefined, `${name}: ${counted?.value ?? 0}`);
    return issues.map(({ code }) => code);
  };

  it('in arrays of a million million examples', async () => {
    const many = '(1000000000000,)';
    assert.deepEqual(await codes('a.npy', npy('<f4', many)), ['truncated']);
    for (const dtype of ['<U0', '|S0']) assert.deepEqual(await codes('a.npy', npy(dtype, many)), ['corrupt']);
    assert.deepEqual(await codes('a.npy', npy('<f4', '(1000000000000, 0)')), ['corrupt']);
    assert.deepEqual(await codes('a.npy', npy('<f4', `(${'9'.repeat(40)}, 0)`)), ['corrupt']);
    const none = await scratch.write('a.npy', npy('<f4', `(0, ${'9'.repeat(30)})`, Buffer.alloc(4)));
    assert.equal((await countDataset(none)).counted?.value, 0);
  });

  it('in archives and compressed arrays', async () => {
    const packed = zip({ 'y.npy': npy('|u1', '(4000000000,)') });
    const stated = Buffer.from(packed);
    // The size before compression, in the entry and in the directory.
    stated.writeUInt32LE(0xfffffff0, 22);
    stated.writeUInt32LE(0xfffffff0, stated.indexOf('PK\x01\x02') + 24);
    assert.deepEqual(await codes('a.npz', stated), ['corrupt']);
    const idx = Buffer.from([0, 0, 8, 1, 0xff, 0xff, 0xff, 0xff, 1, 2, 3]);
    assert.deepEqual(await codes('a.idx1-ubyte.gz', gzipSync(idx)), ['truncated']);
  });

  it('in recordings that would be long at the rate of the others', async () => {
    const sound = wav(Array.from({ length: 2000 }, (_, i) => i));
    sound.writeUInt32LE(100, 24);
    const path = await scratch.write('slow.wav', sound);
    await assert.rejects(recordingEncoder(defaultLogMel(10_000_000))(path), { code: 'too-large' });
  });

  it('in rows of JSON that are nested without end: they are reported and skipped', async () => {
    const deep = `{"y":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const path = await scratch.write('deep.jsonl', `{"y":1}\n${deep}\n{"y":[1,{"a":2}]}\n`);
    const { counted, issues } = await countDataset(path, { label: 'y' });
    assert.deepEqual(counted?.labels, { y: 2 });
    assert.deepEqual(
      issues.filter(({ severity }) => severity === 'error'),
      [],
    );
    const dataset = await openDataset(path, {
      labels: { t: { column: 'y' } },
      shares: { train: 1, validation: 0, test: 0 },
    }).catch((error: unknown) => error);
    assert.ok(!(dataset instanceof RangeError));
  });

  it('in databases whose cells are large, or whose schema computes', async () => {
    const path = join(scratch.folder, 'large.db');
    const database = new Database(path);
    database.exec('create table t(x, y); create table w(k primary key, y) without rowid');
    database.exec('begin');
    for (let i = 0; i < 40; i++) database.run('insert into t values(zeroblob(1000000), ?)', [i % 2]);
    for (let i = 0; i < 5000; i++) database.run('insert into w values(?, ?)', [i, i % 2]);
    database.exec('commit');
    database.close();
    const before = process.memoryUsage().arrayBuffers;
    const whole = await countDataset(`${path}#t`, { label: 'y' });
    assert.deepEqual(whole.counted?.classes, { 0: 20, 1: 20 });
    assert.ok(process.memoryUsage().arrayBuffers - before < 200 * MEGABYTE);
    const { counted } = await countDataset(`${path}#w`, { label: 'y' });
    assert.deepEqual(
      { value: counted?.value, classes: counted?.classes },
      { value: 5000, classes: { 0: 2500, 1: 2500 } },
    );
  });

  it('in labels that are long texts', async () => {
    const text = 'x'.repeat(100_000);
    const rows = Array.from({ length: 500 }, (_, i) => `${i},${i}${text}`);
    const path = await scratch.write('long.csv', `x,y\n${rows.join('\n')}\n`);
    const { counted } = await countDataset(path, { label: 'y' });
    assert.deepEqual(
      { labels: counted?.labels, classes: counted?.classes },
      { labels: { y: 500 }, classes: undefined },
    );
    await checkDataset(path, { labels: { t: { column: 'y' } } });
  });

  it('in a cache of decoded data that was changed: it is made again', async () => {
    const path = await scratch.write(
      'cached.csv',
      `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2}`).join('\n')}\n`,
    );
    const cache = join(scratch.folder, 'cache');
    const read = async (): Promise<number> => {
      const dataset = await openDataset(path, { labels: { t: { column: 'y' } } }, { cache });
      let count = 0;
      for (const split of ['train', 'validation', 'test'] as const)
        for await (const chunk of dataset.read(split)) count += chunk.count;
      return count;
    };
    assert.equal(await read(), 40);
    const [name = ''] = execFileSync('ls', [cache], { encoding: 'utf8' }).split('\n');
    const file = join(cache, name, 'dataset.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as { examples: Record<string, number> };
    manifest.examples['train'] = 1e12;
    await writeFile(file, JSON.stringify(manifest));
    assert.equal(await read(), 40);
  });
});

describe('a few compressed bytes', () => {
  const scratch = useScratch();
  /** 100 MiB of the digit 0. */
  const BZIP2 =
    'QlpoOTFBWSZTWei3pg8BX44IAMAAAAggADCATUZCoCWpCoCXMUFZJlNZ6LemDwFfjggAwAAACCAAMIBNRkKgJakKgJcxQVkmU1nC6KgKAGQGDADAABAAAAggADDMBSmmKARbEoBF4u5IpwoSFisvhUA=';

  it('are not made into all that they stand for before anyone looks', async () => {
    // A frame of Zstandard with blocks of one byte each, repeated 128 KiB times.
    const block = Buffer.from([
      (1 << 1) | ((131_072 << 3) & 0xff),
      (131_072 >> 5) & 0xff,
      131_072 >> 13,
      0x30,
    ]);
    const zstandard = Buffer.concat([
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]),
      ...Array.from({ length: 20_000 }, () => block),
    ]);
    for (const [name, bytes] of [
      ['a.csv.bz2', Buffer.from(BZIP2, 'base64')],
      ['a.csv.zst', zstandard],
    ] as const) {
      const { counted, issues } = await countDataset(await scratch.write(name, bytes), {});
      assert.equal(counted, undefined, name);
      assert.deepEqual(
        issues.map(({ code }) => code),
        ['compression-bomb'],
        name,
      );
    }
  }).timeout(60_000);
});

describe('many of something takes time in proportion', () => {
  const scratch = useScratch();

  it('columns', async () => {
    await assertLinearReading('columns', 16_000, async columns => {
      const names = Array.from({ length: columns }, (_, i) => `c${i}`);
      const row = names.map((_, i) => i % 10).join(',');
      const path = await scratch.write('wide.csv', `${names.join(',')}\n${`${row}\n`.repeat(4)}`);
      await openDataset(path, {
        labels: { t: { column: 'c1' } },
        shares: { train: 1, validation: 0, test: 0 },
      });
    });
  });

  it('columns of labels beside images', async () => {
    await scratch.write('images/1.png', '');
    await assertLinearReading('label columns', 16_000, async columns => {
      const names = Array.from({ length: columns }, (_, i) => `c${i}`);
      const cells = names.map(() => '1').join(',');
      await scratch.write(
        'images/labels.csv',
        `file_name,${names.join(',')}\n1.png,${cells}\n2.png,${cells}\n`,
      );
      await countDataset(join(scratch.folder, 'images'), { label: 'c1' });
    });
  });

  it('folders, and damaged files in them', async () => {
    const folder = join(scratch.folder, 'folders');
    let made = 0;
    await assertLinearReading('folders', 4096, async count => {
      for (; made < count; made++) await mkdir(join(folder, `f${made}`), { recursive: true });
      for (let i = 0; i < count; i += 4) await writeFile(join(folder, `f${i}`, 'a.npy'), 'damaged');
      const { issues } = await countDataset(folder);
      assert.ok(issues.length > 0 && issues.length <= 1010);
    });
  }).timeout(60_000);
});

describe('only regular files are read', () => {
  const scratch = useScratch();
  const pipe = async (name: string): Promise<string> => {
    await scratch.write(`${name}.folder`, '');
    const path = join(scratch.folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    execFileSync('mkfifo', [path]);
    return path;
  };

  before(function () {
    if (process.platform === 'win32') {
      this.test?.parent?.tests.forEach(
        each => (each.title += ' (skipped: Windows has no named pipes in folders)'),
      );
      this.skip();
    }
  });

  it('no pipe as a file, nor a device', async () => {
    const path = await pipe('pipe');
    await assert.rejects(readRegular(path, 1000), { code: 'not-regular' });
    assert.equal(readSmallSync(path, 1000), undefined);
    await assert.rejects(readRegular('/dev/zero', 1000), { code: 'not-regular' });
    await assert.rejects(readRegular(scratch.folder, 1e9), { code: 'not-regular' });
    const large = await scratch.write('large', Buffer.alloc(2000));
    await assert.rejects(readRegular(large, 1000), { code: 'too-large' });
    assert.equal((await readRegular(large, 2000)).length, 2000);
    assert.equal(readSmallSync(large, 2000)?.length, 2000);
    assert.equal(readSmallSync(large, 1000), undefined);
  });

  it('no pipe or device as a dataset card, rules, or data', async () => {
    await pipe('data/README.md');
    await scratch.write('data/a.csv', 'x,y\n1,2\n');
    await symlink('/dev/zero', join(scratch.folder, 'data/croissant.json'));
    await pipe('data/b.csv');
    assert.equal((await countDataset(join(scratch.folder, 'data'))).counted?.value, 1);
    await pipe('source/.gitignore');
    await pipe('source/train.py');
    await scratch.write('source/a.py', '# @dataset a task=b\n');
    await symlink('/dev/zero', join(scratch.folder, 'source/zero.py'));
    const { files } = scanSync([join(scratch.folder, 'source')]);
    assert.deepEqual(
      files.map(({ path }) => path),
      [join(scratch.folder, 'source/a.py')],
    );
    assert.equal(scanSync([join(scratch.folder, 'source/train.py')]).issues[0]?.code, 'not-a-file');
  });
});
