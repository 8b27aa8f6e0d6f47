import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFile, chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkDataset, countDataset, openDataset, type CountResult } from '../../../src/data';
import { useScratch } from './helpers/files';
import { seedFiles, zip } from './helpers/readers';

const MEGABYTE = 1024 * 1024;
const rows = (count: number): string => '12345,67890\n'.repeat(count);

function codes({ issues }: CountResult): string[] {
  return issues.map(({ code }) => code);
}

/** A NumPy array of bytes. */
function npy(shape: string, values: Buffer): Buffer {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00v\x00', 'latin1'), Buffer.from(header), values]);
}

describe('data: bad data', () => {
  const scratch = useScratch();

  it('is refused where it is cut off, with the file and the place', async () => {
    const seeds = await seedFiles(join(scratch.folder, 'seeds'));
    for (const name of ['a.parquet', 'a.arrow', 'b.arrow', 'a.npy', 'a.npz', 'a.idx', 'a.csv.gz', 'a.db']) {
      const seed = seeds[name];
      assert.ok(seed);
      const path = await scratch.write(`cut/${name}`, seed.subarray(0, Math.floor(seed.length * 0.6)));
      const result = await countDataset(path, { label: 'y' });
      const [issue] = result.issues.filter(({ severity }) => severity === 'error');
      assert.ok(
        issue?.code === 'truncated' || issue?.code === 'corrupt',
        `${name}: ${JSON.stringify(result)}`,
      );
      assert.ok(issue.where?.[0]?.includes(path), name);
      assert.ok(issue.message.includes(path), name);
    }
  });

  it('among good files is listed, left out and counted', async () => {
    const seeds = await seedFiles(join(scratch.folder, 'seeds'));
    for (const [kind, name] of [
      ['pictures', 'a.jpg'],
      ['recordings', 'a.wav'],
    ] as const) {
      const seed = seeds[name] ?? Buffer.alloc(0);
      for (let i = 0; i < 12; i++)
        await scratch.write(`${kind}/${i % 2 ? 'u' : 'v'}/${i}${name.slice(1)}`, seed);
      const cut = await scratch.write(`${kind}/u/cut${name.slice(1)}`, seed.subarray(0, seed.length / 3));
      const request = { labels: { t: { column: 'class' } } };
      const issues = await checkDataset(join(scratch.folder, kind), request);
      const broken = issues.find(({ code }) => code === 'unreadable-file');
      assert.equal(broken?.count, 1, kind);
      assert.ok(broken.where?.[0]?.includes(cut), kind);
      const whole = { train: 1, validation: 0, test: 0 };
      const dataset = await openDataset(join(scratch.folder, kind), { ...request, shares: whole });
      let read = 0;
      for await (const chunk of dataset.read('train')) read += chunk.count;
      assert.equal(read, 12, kind);
    }
  });

  it('does not unpack without end: a zip bomb gives what its arrays state, in little memory', async () => {
    const before = process.memoryUsage().rss;
    // An array that states few rows and goes on behind them, and one of as many rows as it unpacks to.
    const labels = npy('(10,)', Buffer.from([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]));
    const packed = zip({ 'x.npy': npy('(10, 2)', Buffer.alloc(64 * MEGABYTE)), 'y.npy': labels });
    const few = await scratch.write('bomb.npz', packed);
    assert.equal((await countDataset(few)).counted?.value, 10);
    const shares = { train: 1, validation: 0, test: 0 };
    const dataset = await openDataset(few, { labels: { t: { column: 'y' } }, shares });
    let read = 0;
    for await (const chunk of dataset.read('train')) read += chunk.count;
    assert.equal(read, 10);
    const all = await scratch.write(
      'many.npz',
      zip({ 'x.npy': npy('(67108864,)', Buffer.alloc(64 * MEGABYTE)) }),
    );
    assert.equal((await countDataset(all)).counted?.value, 64 * MEGABYTE);
    assert.ok(process.memoryUsage().rss - before < 500 * MEGABYTE);
  });

  it('may grow while it is read: what was there at first is counted, and the change is said', async () => {
    const path = await scratch.write('growing.csv', 'a,b\n' + rows(1_500_000));
    const counting = countDataset(path);
    for (let i = 0; i < 20; i++) await appendFile(path, rows(1));
    const { counted, issues } = await counting;
    assert.ok(counted && counted.value >= 1_500_000 && counted.value <= 1_500_020);
    if (counted.value < 1_500_020)
      assert.deepEqual(
        issues.map(({ code }) => code),
        ['changed-while-read'],
      );
  });

  it('may shrink while it is read', async () => {
    const path = await scratch.write('shrinking.csv', 'a,b\n' + rows(1_500_000));
    const counting = countDataset(path);
    await writeFile(path, 'a,b\n1,2\n');
    const { counted, issues } = await counting;
    assert.ok((counted?.value ?? 0) <= 1_500_000);
    assert.ok((counted?.value ?? 0) <= 1 || issues.length > 0);
  });

  it('may be a loop of links, with the data or alone', async () => {
    const folder = join(scratch.folder, 'loop');
    await mkdir(join(folder, 'a'), { recursive: true });
    await symlink('../b', join(folder, 'a/b'));
    await symlink('a', join(folder, 'b'));
    await symlink('self', join(folder, 'self'));
    await scratch.write('loop/a/1.png', '');
    const result = await countDataset(folder);
    assert.equal(result.counted?.value, 1);
    assert.ok(codes(result).includes('link-loop'));
    assert.deepEqual(codes(await countDataset(join(folder, 'self'))), ['link-loop']);
  });

  it('may name files that lie elsewhere: they are not read', async () => {
    await scratch.write('secret.png', '');
    const folder = join(scratch.folder, 'named');
    await scratch.write('named/1.png', '');
    for (const escape of ['../secret.png', join(scratch.folder, 'secret.png'), 'x/../../secret.png']) {
      await scratch.write('named/labels.csv', `file_name,y\n1.png,cat\n${escape},dog\n`);
      const result = await countDataset(folder, { label: 'y' });
      assert.equal(result.counted?.value, 1, escape);
      assert.deepEqual(result.counted.classes, { cat: 1 }, escape);
      assert.ok(codes(result).includes('outside-root'), `${escape}: ${codes(result).join()}`);
    }
  });

  it('may be forbidden: the folder is named', async function () {
    const folder = join(scratch.folder, 'locked');
    await scratch.write('locked/open/1.png', '');
    await scratch.write('locked/shut/2.png', '');
    await chmod(join(folder, 'shut'), 0);
    // Root may read everything, so another user is asked.
    const program = `
      const { countDataset } = require('./src/data');
      void countDataset(${JSON.stringify(folder)}).then(result => console.log(JSON.stringify(result)));`;
    const asOther = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    await chmod(scratch.folder, 0o755);
    const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', '-e', program], {
      encoding: 'utf8',
      env: { ...process.env, HOME: '/tmp', TSX_DISABLE_CACHE: '1' },
      ...asOther,
    });
    await chmod(join(folder, 'shut'), 0o755);
    if (status !== 0) {
      if (this.test) this.test.title += ' (skipped: no other user can run Node here)';
      this.skip();
    }
    const result = JSON.parse(stdout) as CountResult;
    assert.equal(result.counted?.value, 1);
    assert.deepEqual(codes(result), ['no-permission']);
    assert.ok(result.issues[0]?.where?.[0]?.endsWith('shut'));
  });

  it('may state what no recorder has: billions of samples to a second', async () => {
    const seeds = await seedFiles(join(scratch.folder, 'seeds'));
    const sound = Buffer.from(seeds['a.wav'] ?? []);
    sound.writeUInt32LE(0xffffffff, 24);
    const path = await scratch.write('rate/y/a.wav', sound);
    const result = await countDataset(join(scratch.folder, 'rate'), { unit: 'seconds' });
    assert.deepEqual(
      result.issues.flatMap(({ where }) => where ?? []),
      [`${path} declares 4294967295 Hz, 1 channel, which is out of range`],
    );
  });

  it('executes nothing: an array of Python objects is refused', async () => {
    const header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".padEnd(117) + '\n';
    const pickle = "cos\nsystem\n(S'touch owned'\ntR.";
    const path = await scratch.write(
      'pickle.npy',
      Buffer.concat([Buffer.from('\x93NUMPY\x01\x00v\x00', 'latin1'), Buffer.from(header + pickle)]),
    );
    assert.deepEqual(codes(await countDataset(path)), ['unsupported']);
    await assert.rejects(readFile('owned'), { code: 'ENOENT' });
  });
});
