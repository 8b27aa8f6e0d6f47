import assert from 'node:assert/strict';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import * as parquet from 'parquet-wasm';
import { Database } from 'node-sqlite3-wasm';
import { countDataset, openDataset } from '../../../src/data';
import { useScratch } from './helpers/files';
import { python } from './helpers/python';

const rows = 3000;
const table = () =>
  tableFromArrays({
    x: Float64Array.from({ length: rows }, (_, i) => i / 2),
    y: Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 'a' : 'b')),
  });

describe('data: formats written by other tools', () => {
  const scratch = useScratch();
  const label = { label: 'y' };

  it('counts Parquet files of parquet-wasm and hyparquet-writer, every compression', async () => {
    const { ZSTD, SNAPPY, GZIP, LZ4_RAW, BROTLI, UNCOMPRESSED } = parquet.Compression;
    for (const compression of [ZSTD, SNAPPY, GZIP, LZ4_RAW, BROTLI, UNCOMPRESSED]) {
      const wasm = parquet.Table.fromIPCStream(tableToIPC(table(), 'stream'));
      const settings = new parquet.WriterPropertiesBuilder()
        .setCompression(compression)
        .setMaxRowGroupSize(1000)
        .build();
      const path = await scratch.write(`c${compression}.parquet`, parquet.writeParquet(wasm, settings));
      const { counted, issues } = await countDataset(path, label);
      assert.deepEqual([counted?.value, counted?.classes, issues], [rows, { a: 1000, b: 2000 }, []]);
      assert.equal(counted?.from, 'Parquet footer');
    }
    const written = parquetWriteBuffer({ columnData: [{ name: 'n', data: [1, 2, 3] }] });
    assert.equal(
      (await countDataset(await scratch.write('h.parquet', new Uint8Array(written)))).counted?.value,
      3,
    );
  });

  it('counts Arrow files and streams', async () => {
    for (const kind of ['file', 'stream'] as const) {
      const path = await scratch.write(`${kind}.arrow`, tableToIPC(table(), kind));
      const { counted, issues } = await countDataset(path, label);
      assert.deepEqual([counted?.value, counted?.classes, issues], [rows, { a: 1000, b: 2000 }, []]);
    }
  });

  it('counts and reads NumPy arrays', async function () {
    python(
      this,
      ['numpy'],
      `
import numpy as np
f = ${JSON.stringify(scratch.folder)}
x = np.arange(60).reshape(20, 3)
for t in ['<f4', '>f8', '<i2', '|u1', '<i8', '<f2']: np.save(f + '/' + t[1:] + '.npy', x.astype(t))
np.save(f + '/fortran.npy', np.asfortranarray(x)); np.save(f + '/object.npy', np.array([{}, []], dtype=object), allow_pickle=True)
kw = dict(x_train=x, y_train=x[:, 0] % 2, x_test=x[:5], y_test=x[:5, 0] % 2)
np.savez(f + '/plain.npz', **kw); np.savez_compressed(f + '/packed.npz', **kw)
np.savez(f + '/words.npz', x=x, y=np.array(['cat', 'dog'] * 10))
`,
    );
    for (const type of ['f4', 'f8', 'i2', 'u1', 'i8', 'f2']) {
      const path = join(scratch.folder, `${type}.npy`);
      assert.equal((await countDataset(path)).counted?.value, 20);
    }
    for (const name of ['fortran', 'object'])
      assert.equal((await countDataset(join(scratch.folder, `${name}.npy`))).issues[0]?.code, 'unsupported');
    for (const name of ['plain', 'packed']) {
      const path = join(scratch.folder, `${name}.npz`);
      const { counted } = await countDataset(path, { label: 'y' });
      assert.deepEqual(counted?.splits, { train: 20, test: 5 });
      assert.deepEqual(counted.classes, { '0': 13, '1': 12 });
      const dataset = await openDataset(path, {
        labels: { t: { column: 'y' } },
        shares: { train: 1, validation: 0, test: 0 },
      });
      const inputs: number[] = [];
      for await (const chunk of dataset.read('train')) inputs.push(...chunk.inputs);
      assert.deepEqual([inputs.length, dataset.shape], [60, [3]]);
      assert.ok(Math.abs((inputs[0] ?? 0) + 1.6475) < 1e-3, String(inputs[0]));
    }
    const words = await countDataset(join(scratch.folder, 'words.npz'), { label: 'y' });
    assert.deepEqual(words.counted?.classes, { cat: 10, dog: 10 });
  });

  it('counts IDX images with their labels', async () => {
    const idx = (type: number, shape: readonly number[], data: readonly number[]): Buffer => {
      const head = Buffer.alloc(4 + 4 * shape.length);
      head.set([0, 0, type, shape.length]);
      shape.forEach((axis, i) => head.writeUInt32BE(axis, 4 + 4 * i));
      return Buffer.concat([head, Buffer.from(data)]);
    };
    for (const [split, count] of [
      ['train', 4],
      ['t10k', 2],
    ] as const) {
      await scratch.write(
        `mnist/${split}-images-idx3-ubyte`,
        idx(8, [count, 2, 2], new Array<number>(4 * count).fill(9)),
      );
      await scratch.write(
        `mnist/${split}-labels-idx1-ubyte`,
        idx(
          8,
          [count],
          Array.from({ length: count }, (_, i) => i % 2),
        ),
      );
    }
    const { counted } = await countDataset(join(scratch.folder, 'mnist'), { label: 'label' });
    assert.deepEqual([counted?.value, counted?.splits], [6, { test: 2, train: 4 }]);
    assert.deepEqual(counted?.classes, { '0': 3, '1': 3 });
  });

  it('counts tables of a SQLite database, and leaves nothing beside it', async function () {
    const path = join(scratch.folder, 'sql/data.db');
    await scratch.write('sql/keep', '');
    python(
      this,
      ['sqlite3'],
      `
import sqlite3
c = sqlite3.connect(${JSON.stringify(path)})
c.execute('create table a(x, y)'); c.executemany('insert into a values(?, ?)', [(i, 'ab'[i % 2] if i % 5 else None) for i in range(60000)])
c.execute('create table "odd ""name"(k text primary key, v) without rowid'); c.execute('insert into "odd ""name" values (1, 2)')
c.execute('create view v as select * from a'); c.commit()`,
    );
    const { counted } = await countDataset(`${path}#a`, label);
    assert.deepEqual(
      [counted?.value, counted?.labels, counted?.classes],
      [60000, { y: 48000 }, { a: 24000, b: 24000 }],
    );
    assert.equal((await countDataset(`${path}#odd "name`)).counted?.value, 1);
    const tables = async (name: string): Promise<unknown> => {
      const [issue] = (await countDataset(name)).issues;
      return [issue?.code, issue?.message];
    };
    assert.deepEqual(await tables(path), [
      'unknown-table',
      `${path} has several tables; choose one as ${path}#table: a, odd "name`,
    ]);
    assert.deepEqual(await tables(`${path}#v`), [
      'unknown-table',
      `${path} has no table "v"; its tables are a, odd "name`,
    ]);
  });

  it('says that a SQLite database has no tables', async () => {
    const path = await scratch.write('empty.db', '');
    const database = new Database(path);
    database.exec('create table t(x); drop table t');
    database.close();
    const [issue] = (await countDataset(path)).issues;
    assert.deepEqual([issue?.code, issue?.message], ['unknown-table', `${path} has no tables`]);
  });

  it('reads what pandas writes', async function () {
    python(
      this,
      ['pandas'],
      `
import pandas as pd
f = ${JSON.stringify(scratch.folder)}
d = pd.DataFrame({'text': ['a, "b"', 'c\\nd', 'é', None], 'n': [1.5, None, -2e-7, 3], 'y': ['x', 'z', None, 'x']})
d.to_csv(f + '/p.csv', index=False); d.to_csv(f + '/p.tsv', sep='\\t', index=False); d.to_csv(f + '/p.csv.gz', index=False)
d.to_csv(f + '/p16.csv', index=False, encoding='utf-16'); d.to_csv(f + '/latin.csv', index=False, encoding='latin-1')
d.to_json(f + '/p.jsonl', orient='records', lines=True)`,
    );
    for (const name of ['p.csv', 'p.tsv', 'p.csv.gz', 'p16.csv', 'latin.csv', 'p.jsonl']) {
      const { counted, issues } = await countDataset(join(scratch.folder, name), label);
      assert.deepEqual(
        [counted?.value, counted?.labels, counted?.classes],
        [4, { y: 3 }, { x: 2, z: 1 }],
        name,
      );
      assert.deepEqual(
        issues.map(({ code }) => code),
        ['missing-labels'],
      );
    }
  });

  it('says where a file is cut off', async () => {
    const cut = async (name: string, from: string, size: number): Promise<string> => {
      const path = await scratch.write(name, await readFile(join(scratch.folder, from)));
      await truncate(path, size);
      return path;
    };
    const cases = [
      await cut('cut.parquet', 'c0.parquet', 4000),
      await cut('cut.arrow', 'file.arrow', 9000),
      await cut('cutstream.arrow', 'stream.arrow', 9000),
    ];
    for (const path of cases) {
      const { issues, counted } = await countDataset(path);
      assert.deepEqual([issues[0]?.code, counted], ['truncated', undefined], path);
    }
  });
});
