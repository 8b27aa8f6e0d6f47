import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkDataset, compareInputs, openDataset, type DataIssue } from '../../../src/data';
import { useScratch } from './helpers/files';
import { python } from './helpers/python';
import { wav } from './helpers/wav';

const find = (issues: readonly DataIssue[], code: string): DataIssue | undefined =>
  issues.find(issue => issue.code === code);

/** A generator of numbers that looks random and is always the same. */
function sequence(): () => number {
  let state = 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

describe('data: checks of tables', () => {
  const scratch = useScratch();
  const random = sequence();
  const rows = Array.from({ length: 600 }, (_, i) => ({
    a: random().toFixed(6),
    b: random().toFixed(6),
    y: random() < 0.5 ? 'no' : 'yes',
    fold: i < 400 ? 'train' : 'test',
  }));
  const write = (name: string, lines: readonly Record<string, string>[]): Promise<string> => {
    const names = Object.keys(lines[0] ?? {});
    return scratch.write(
      name,
      [names, ...lines.map(line => names.map(key => line[key] ?? ''))]
        .map(cells => cells.join(','))
        .join('\n'),
    );
  };
  const request = { labels: { t: { column: 'y' } }, splitColumn: 'fold' };

  it('finds nothing in data that is in order', async () => {
    assert.deepEqual(await checkDataset(await write('good.csv', rows), request), []);
  });

  it('finds infinite values among numbers to predict, which are left out', async () => {
    const numbers = rows.map((row, i) => ({ ...row, y: i % 50 === 7 ? '-inf' : `${i / 7}` }));
    for (const kind of ['real', undefined] as const) {
      const asked = { ...request, labels: { t: { column: 'y', ...(kind && { kind }) } } };
      const path = await write('infinite.csv', numbers);
      const found = find(await checkDataset(path, asked), 'infinite-labels');
      assert.equal(found?.count, 12);
      assert.equal(found.where?.[0], 'infinite.csv row 8');
      const dataset = await openDataset(path, asked);
      const label = dataset.pipeline.labels['t'];
      const wanted = numbers.flatMap(({ y, fold }) => (fold === 'train' && y !== '-inf' ? [Number(y)] : []));
      assert.ok(label?.kind === 'real');
      const mean = wanted.reduce((sum, each) => sum + each, 0) / wanted.length;
      assert.ok(Math.abs(label.mean - mean) < 1e-9);
      let present = 0;
      for await (const { labels } of dataset.read('train'))
        present += labels['t']?.present.reduce((sum, each) => sum + each, 0) ?? 0;
      assert.equal(present, wanted.length);
    }
    const classes = rows.map((row, i) => ({ ...row, y: i % 2 ? 'inf' : 'ctl' }));
    const named = await checkDataset(await write('classes.csv', classes), request);
    assert.equal(find(named, 'infinite-labels'), undefined);
  });

  it('says which columns of numbers have dashes for missing values', async () => {
    const dashed = rows.map((row, i) => ({
      ...row,
      depth: i % 5 ? String(i * 7) : '-',
      sign: i % 3 ? '+' : '-',
    }));
    const found = find(await checkDataset(await write('dashes.csv', dashed), request), 'missing-values');
    assert.deepEqual([found?.count, found?.where, found?.severity], [120, ['depth'], 'information']);
    assert.match(found?.message ?? '', /has "-" in columns of numbers; it is taken for a missing value$/);
  });

  it('finds examples in two splits, constant, equal and telling columns', async () => {
    const bad = rows.map((row, i) => ({
      ...row,
      ...(i >= 590 && { a: rows[i - 590]?.a ?? '', b: rows[i - 590]?.b ?? '' }),
    }));
    const overlap = find(await checkDataset(await write('overlap.csv', bad), request), 'split-overlap');
    assert.equal(overlap?.count, 10);
    assert.match(overlap.where?.[0] ?? '', /row 1 = .* row 591$/);
    const wide = rows.map(row => ({ ...row, same: '7', twin: row.a, code: row.y === 'yes' ? '1' : '0' }));
    const issues = await checkDataset(await write('wide.csv', wide), request);
    assert.deepEqual(
      issues.map(({ code, where }) => [code, where]),
      [
        ['constant-column', ['same']],
        ['duplicate-column', ['a = twin']],
        ['leaking-column', ['code']],
      ],
    );
    const path = join(scratch.folder, 'wide.csv');
    assert.equal(
      find(issues, 'leaking-column')?.message,
      `Possible target leakage in ${path}: one column alone determines the label "y" (leave it out with ignore= if it is not known at prediction time)`,
    );
    assert.equal(
      overlap.message,
      `Data leakage in ${join(scratch.folder, 'overlap.csv')}: the test and train splits contain identical inputs`,
    );
  });

  it('tells a leak from what may be learned, and does not look at what is no input', async () => {
    const leaksOf = async (
      name: string,
      row: (i: number) => Record<string, string>,
      more = {},
    ): Promise<unknown> => {
      const path = await write(
        name,
        rows.map((each, i) => ({ ...each, ...row(i) })),
      );
      return find(await checkDataset(path, { ...request, ...more }), 'leaking-column')?.where;
    };
    const isYes = (i: number): boolean => rows[i]?.y === 'yes';
    // Two of 600 cells are wrong: mistakes of entry.
    const code = (i: number): Record<string, string> => ({ code: isYes(i) === i > 1 ? 'A' : 'B' });
    assert.deepEqual(await leaksOf('mistakes.csv', code), ['code']);
    assert.equal(await leaksOf('ignored.csv', code, { input: { except: ['code'] } }), undefined);
    assert.equal(await leaksOf('chosen.csv', code, { input: { columns: ['a', 'b'] } }), undefined);
    // A hundred places, each of one class: that is what is to be learned.
    assert.equal(await leaksOf('places.csv', i => ({ place: `${rows[i]?.y ?? ''}${i % 50}` })), undefined);
    assert.deepEqual(
      await leaksOf('copy.csv', i => ({
        y: String(i * 1.5 + (i % 7)),
        cents: String(100 * (i * 1.5 + (i % 7)) + 3),
      })),
      ['cents'],
    );
  });

  it('stops after its time, and looks once at the same data', async () => {
    const path = await write(
      'twice.csv',
      rows.map((row, i) => ({ ...row, code: row.y, id: String(i) })),
    );
    const late = await checkDataset(path, request, { seconds: 0 });
    assert.equal(late.at(-1)?.code, 'partly-checked');
    const cache = join(scratch.folder, 'cache');
    const first = await checkDataset(path, request, { cache });
    assert.ok(find(first, 'leaking-column'));
    const [kept] = (await readdir(cache)).filter(name => name.endsWith('.checks.json'));
    await writeFile(join(cache, kept ?? ''), JSON.stringify({ version: 2, issues: [] }));
    assert.deepEqual(await checkDataset(path, request, { cache }), []);
    await writeFile(join(cache, kept ?? ''), '{"version": 1');
    assert.deepEqual(await checkDataset(path, request, { cache }), first);
  });

  it('takes numbers to predict, written with units or few of them, for no classes', async () => {
    const coarse = rows.map((row, i) => ({ ...row, y: i === 599 ? '7.5' : String(i % 5) }));
    const file = await write('coarse.csv', coarse);
    const real = { ...request, labels: { t: { column: 'y', kind: 'real' } } } as const;
    assert.ok(find(await checkDataset(file, request), 'unknown-class'));
    assert.deepEqual(await checkDataset(file, real), []);
    const money = rows.map((row, i) => ({ ...row, y: `${(i % 400) + Math.floor(i / 400)}.5 €` }));
    assert.deepEqual(await checkDataset(await write('money.csv', money), request), []);
  });

  it('finds shifts, missing labels, rare and unknown classes, groups on both sides', async () => {
    const shifted = rows.map((row, i) => ({
      ...row,
      ...(i >= 400 && { a: String(Number(row.a) + 0.5), y: random() < 0.9 ? 'yes' : 'no' }),
      ...(i < 3 && { y: 'rare' }),
      ...(i === 599 && { y: 'new' }),
      ...(i === 10 && { y: '' }),
      who: `p${i % 40}`,
    }));
    const issues = await checkDataset(await write('shift.csv', shifted), { ...request, group: 'who' });
    assert.equal(find(issues, 'missing-labels')?.where?.[0], 'shift.csv row 11');
    assert.match(find(issues, 'few-examples')?.where?.[0] ?? '', /"rare": 3 examples/);
    assert.match(find(issues, 'unknown-class')?.where?.[0] ?? '', /"new": 1 example, first in /);
    assert.equal(find(issues, 'group-in-two-splits')?.count, 40);
    const path = join(scratch.folder, 'shift.csv');
    assert.deepEqual(
      issues.filter(({ code }) => code === 'split-shift').map(({ message }) => message),
      [
        `Label drift in ${path}: the class frequencies of "t" differ between the training and test splits`,
        `Distribution drift in ${path}: columns differ between the training and test splits`,
      ],
    );
  });
});

describe('data: checks of files', () => {
  const scratch = useScratch();

  it('finds the same image, and nearly the same one, in two splits, and broken ones', async function () {
    python(
      this,
      ['PIL', 'numpy'],
      `
import os, numpy as np
from PIL import Image, ImageEnhance
f = ${JSON.stringify(join(scratch.folder, 'images'))}
rng = np.random.default_rng(0)
def picture(): return Image.fromarray(rng.integers(0, 256, (6, 6, 3), dtype=np.uint8)).resize((48, 48), Image.BICUBIC)
for split, n in (('train', 40), ('test', 20)):
  for c in 'ab':
    os.makedirs(f'{f}/{split}/{c}')
    for i in range(n): picture().save(f'{f}/{split}/{c}/{i}.png')
Image.open(f + '/train/a/0.png').save(f + '/test/a/copy.png')
Image.open(f + '/train/b/1.png').save(f + '/test/b/near.jpg', quality=85)
open(f + '/train/a/broken.png', 'wb').write(open(f + '/train/a/1.png', 'rb').read()[:300])`,
    );
    const path = join(scratch.folder, 'images');
    const issues = await checkDataset(path, {
      labels: { t: { column: 'class' } },
      shares: { train: 1, validation: 0, test: 0 },
    });
    assert.equal(find(issues, 'split-overlap')?.count, 1);
    assert.equal(find(issues, 'near-duplicates')?.count, 2);
    assert.match(find(issues, 'near-duplicates')?.where?.join(' ') ?? '', /near\.jpg/);
    assert.equal(find(issues, 'unreadable-file')?.count, 1);
    assert.equal(find(issues, 'split-shift'), undefined);
    assert.ok((await readFile(join(path, 'test/a/copy.png'))).length > 0);
  });

  it('compares the inputs of two datasets', async () => {
    const silence = new Array<number>(800).fill(0);
    await scratch.write('slow/a/1.wav', wav(silence, 8000));
    await scratch.write('fast/a/1.wav', wav(silence, 16000));
    await scratch.write('same/b/1.wav', wav(silence, 8000));
    const [slow, fast, same] = ['slow', 'fast', 'same'].map(name => join(scratch.folder, name));
    const differ = await compareInputs(slow ?? '', fast ?? '');
    assert.match(differ[0]?.where?.[0] ?? '', /8000 Hz, 1 channel vs\. 16000 Hz, 1 channel/);
    assert.deepEqual(await compareInputs(slow ?? '', same ?? ''), []);
    const one = await scratch.write('one.csv', 'a,b,y\n1,2,x\n');
    const two = await scratch.write('two.csv', 'a,c,z\n1,2,x\n');
    const columns = await compareInputs(one, two, { labels: ['y', 'z'] });
    assert.match(columns[0]?.where?.[0] ?? '', /columns: a, b vs\. a, c/);
  });
});
