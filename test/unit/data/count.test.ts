import assert from 'node:assert/strict';
import { chmod, mkdir, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { missingData, REAL_DATA } from '../../../bench/real/real-data';
import { countDataset } from '../../../src/data';
import { useScratch } from './helpers/files';
import { wav } from './helpers/wav';

const codes = (result: { issues: readonly { code: string }[] }): string[] =>
  result.issues.map(({ code }) => code);

describe('data: counting tables', () => {
  const scratch = useScratch();

  it('counts rows, classes and missing labels of a CSV', async () => {
    const path = await scratch.write('a.csv', 'x,y,label\n1,2,cat\n3,4,dog\n\n5,6,\n"7",8,"cat"\n');
    const { counted, issues } = await countDataset(path, { label: 'label' });
    assert.equal(counted?.value, 4);
    assert.deepEqual(counted.classes, { cat: 2, dog: 1 });
    assert.deepEqual(counted.labels, { label: 3 });
    assert.equal(issues[0]?.code, 'missing-labels');
    assert.equal(issues[0].count, 1);
  });

  it('calls numbers that are predicted as such no classes', async () => {
    const rows = Array.from(
      { length: 150 },
      (_, i) => `${i / 2 + 0.25},${i * 3},${i % 7},${i % 2 ? 'a' : '1.5'}\n`,
    );
    const path = await scratch.write('real.csv', `price,year,grade,name\n${rows.join('')}`);
    for (const [label, classes] of [
      ['price', undefined],
      ['year', undefined],
      ['grade', 7],
      ['name', 2],
    ] as const) {
      const { counted } = await countDataset(path, { label });
      assert.equal(counted?.labels?.[label], 150);
      assert.equal(counted.classes && Object.keys(counted.classes).length, classes, label);
    }
  });

  it('counts several labels, and one class against all others', async () => {
    const path = await scratch.write('two.csv', 'x,digit,who\n1,7,a\n2,8,b\n3,7,a\n');
    const both = await countDataset(path, { label: { d: 'digit', w: 'who' } });
    assert.deepEqual(both.counted?.classes, { 'd:7': 2, 'd:8': 1, 'w:a': 2, 'w:b': 1 });
    const one = await countDataset(path, { label: 'digit', positive: '7' });
    assert.deepEqual(one.counted?.classes, { '7': 2, 'not 7': 1 });
    const none = await countDataset(path, { label: 'digit', positive: '9' });
    assert.deepEqual(codes(none), ['unknown-class']);
  });

  const dialects: readonly (readonly [string, string | Buffer])[] = [
    ['crlf.csv', 'a,b\r\n1,2\r\n\r\n3,4\r\n'],
    ['nolast.csv', 'a,b\n1,2\n3,4'],
    ['cr.csv', 'a,b\r1,2\r3,4\r'],
    ['semi.csv', 'a;b\n1,5;2\n3,5;4\n'],
    ['t.tsv', 'a\tb\n"open quote\t2\n3\t4\n'],
    ['pipe.csv', 'a|b\n1|2\n3|4\n'],
    ['bom.csv', '\ufeffa,b\n1,2\n3,4\n'],
    ['wide.csv', Buffer.from('\ufeffa,b\n1,2\n3,"x\ny"\n', 'utf16le')],
    ['quoted.csv', 'a,b\n"1\n2","x ""y"", z"\n3,5" pipe\n'],
    ['bare.csv', '1,2\n3,4\n'],
    ['packed.csv.gz', gzipSync('a,b\n1,2\n3,4\n')],
    ['lines.jsonl', '{"a":1}\n\n{"a":2}\n'],
    ['lines.jsonl.gz', gzipSync('{"a":1}\n{"a":2}')],
    ['words.txt', 'one\r\n\r\ntwo\r\n'],
  ];
  for (const [name, contents] of dialects) {
    it(`counts two rows of ${name}`, async () => {
      const { counted, issues } = await countDataset(await scratch.write(name, contents));
      assert.equal(counted?.value, 2);
      assert.deepEqual(issues, []);
    });
  }

  it('leaves out uneven rows and says which', async () => {
    const { counted, issues } = await countDataset(
      await scratch.write('uneven.csv', 'a,b\n1,2\n3\n4,5,6\n7,8\n'),
    );
    assert.equal(counted?.value, 2);
    assert.equal(issues[0]?.code, 'uneven-rows');
    assert.equal(issues[0].count, 2);
    assert.match(issues[0].where?.[0] ?? '', /record 3: 1 cell$/);
  });

  it('tells where a quote is never closed', async () => {
    const result = await countDataset(await scratch.write('open.csv', 'a,b\n1,2\n3,"4\n5,6\n'));
    assert.equal(result.counted, undefined);
    assert.deepEqual(codes(result), ['unclosed-quote']);
    assert.match(result.issues[0]?.where?.[0] ?? '', /byte 10$/);
  });

  it('names the columns there are when the label is none of them', async () => {
    const path = await scratch.write('cols.csv', 'a,b\n1,2\n');
    const result = await countDataset(path, { label: 'c' });
    assert.equal(result.counted?.value, 1);
    assert.match(result.issues[0]?.message ?? '', /no column "c"; its columns are a, b/);
  });

  it('counts splits by file name and by column', async () => {
    await scratch.write('split/train.csv', 'a,b\n1,2\n3,4\n');
    await scratch.write('split/dev.csv', 'a,b\n1,2\n');
    const folder = await countDataset(join(scratch.folder, 'split'));
    assert.deepEqual(folder.counted?.splits, { train: 2, validation: 1 });
    const path = await scratch.write('column.csv', 'a,fold\n1,train\n2,val\n3,train\n');
    const column = await countDataset(path, { splitColumn: 'fold' });
    assert.deepEqual(column.counted?.splits, { train: 2, validation: 1 });
  });

  it('reads globs and lists', async () => {
    const glob = await countDataset('split/*.csv', { base: scratch.folder });
    assert.equal(glob.counted?.value, 3);
    const list = await countDataset('split/train.csv, split/dev.csv', { base: scratch.folder });
    assert.equal(list.counted?.value, 3);
    assert.deepEqual(codes(await countDataset('split/*.parquet', { base: scratch.folder })), ['not-found']);
  });
});

describe('data: counting files', () => {
  const scratch = useScratch();
  before(async () => {
    for (const [name, size] of Object.entries({ 'train/cat': 3, 'train/dog': 2, 'test/cat': 1 }))
      for (let i = 0; i < size; i++) await scratch.write(`animals/${name}/${i}.jpg`, '');
  });

  it('counts class folders in split folders', async () => {
    const { counted, issues } = await countDataset(join(scratch.folder, 'animals'));
    assert.deepEqual(counted, {
      value: 6,
      unit: 'examples',
      from: 'directory entries',
      splits: { train: 5, test: 1 },
      labels: { class: 6 },
      classes: { cat: 4, dog: 2 },
    });
    assert.deepEqual(issues, []);
  });

  it('reads a label file, and follows none of its names out of the dataset', async () => {
    for (const name of ['1.png', '2.png', '3.png']) await scratch.write(`flat/${name}`, '');
    await scratch.write('flat/labels.csv', 'file_name,digit\n1.png,4\n2,5\n../../../etc/passwd,6\n9.png,7\n');
    const result = await countDataset(join(scratch.folder, 'flat'), { label: 'digit' });
    assert.equal(result.counted?.value, 3);
    assert.deepEqual(result.counted.classes, { '4': 1, '5': 1 });
    assert.deepEqual(codes(result), ['outside-root', 'missing-file', 'missing-labels']);
  });

  it('measures recordings in time', async () => {
    await scratch.write('voice/a/1.wav', wav(new Array<number>(8000).fill(0)));
    await scratch.write('voice/b/1.wav', wav(new Array<number>(4000).fill(0)));
    const { counted } = await countDataset(join(scratch.folder, 'voice'), { unit: 'seconds' });
    assert.equal(counted?.value, 1.5);
    assert.equal(counted.unit, 'seconds');
    const words = await countDataset(join(scratch.folder, 'voice'), { unit: 'words' });
    assert.equal(words.counted?.unit, 'examples');
    assert.deepEqual(codes(words), ['unit-not-countable']);
  });

  it('stops at a loop of links', async () => {
    await symlink(join(scratch.folder, 'animals'), join(scratch.folder, 'animals/train/again'));
    await symlink('itself', join(scratch.folder, 'animals/itself'));
    const result = await countDataset(join(scratch.folder, 'animals'));
    assert.equal(result.counted?.value, 6);
    assert.deepEqual(codes(result), ['link-loop', 'link-loop']);
  });

  it('stays inside the root, links included', async () => {
    await scratch.write('outside/secret.csv', 'a,b\n1,2\n');
    await mkdir(join(scratch.folder, 'inside'), { recursive: true });
    await symlink(join(scratch.folder, 'outside'), join(scratch.folder, 'inside/link'));
    const root = join(scratch.folder, 'inside');
    for (const path of ['../outside/secret.csv', 'link/secret.csv', '../outside'])
      assert.deepEqual(codes(await countDataset(path, { base: root, readable: [root] })), ['outside-root']);
    assert.equal((await countDataset('../outside/secret.csv', { base: root })).counted?.value, 1);
  });

  it('says which folder may not be read', async function () {
    if (process.getuid?.() === 0) {
      if (this.test) this.test.title += ' (skipped: root may read everything)';
      this.skip();
    }
    await scratch.write('locked/a/1.jpg', '');
    await chmod(join(scratch.folder, 'locked/a'), 0);
    assert.deepEqual(codes(await countDataset(join(scratch.folder, 'locked'))), [
      'no-permission',
      'unknown-format',
    ]);
  });

  it('says what is not there, not data, or empty', async () => {
    await mkdir(join(scratch.folder, 'void'));
    const expectations: readonly (readonly [string, string])[] = [
      ['nowhere', 'not-found'],
      ['void', 'empty'],
      [await scratch.write('program.py', 'x = 1'), 'unknown-format'],
      [await scratch.write('fake.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])), 'not-text'],
    ];
    for (const [path, code] of expectations) {
      const result = await countDataset(path, { base: scratch.folder });
      assert.deepEqual(codes(result), [code]);
      assert.equal(result.counted, undefined);
    }
  });

  it('stops when told to', async () => {
    const path = await scratch.write('long.csv', 'a,b\n' + '1,2\n'.repeat(1000));
    await assert.rejects(countDataset(path, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('ends at a truncated or endless gz', async () => {
    const packed = gzipSync('a,b\n' + Array.from({ length: 20000 }, (_, i) => `${i},${i * 7}\n`).join(''));
    const path = await scratch.write('cut.csv.gz', packed);
    await truncate(path, packed.length - 2000);
    assert.deepEqual(codes(await countDataset(path)), ['truncated']);
    const zeros = gzipSync(Buffer.alloc(300 * 1024 * 1024, 'a,b\n'));
    assert.deepEqual(codes(await countDataset(await scratch.write('bomb.csv.gz', zeros))), [
      'compression-bomb',
    ]);
  });
});

describe('data: counting real data', () => {
  const expectations: readonly (readonly [string, object, number, Record<string, number>])[] = [
    ['digits.csv', { label: 'digit', positive: '7' }, 1797, { '7': 179, 'not 7': 1618 }],
    ['spoken-digits', { label: 'folder1' }, 2000, { george: 500, jackson: 500, lucas: 500, nicolas: 500 }],
  ];
  for (const [name, options, value, classes] of expectations) {
    it(`counts ${name}`, async function () {
      const missing = missingData(name);
      if (missing !== undefined) {
        if (this.test) this.test.title += ` (skipped: ${missing})`;
        this.skip();
      }
      const { counted } = await countDataset(join(REAL_DATA, name), options);
      assert.equal(counted?.value, value);
      assert.deepEqual(counted.classes, classes);
    });
  }
});
