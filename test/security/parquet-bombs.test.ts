import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { countDataset, openDataset } from '../../src/data';
import { useScratch } from '../unit/data/helpers/files';

const MEGABYTE = 1024 * 1024;

/** A field of Thrift's compact protocol: its number, its type and its bytes. */
type Field = readonly [number: number, type: number, bytes: Buffer];

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}
const struct = (fields: readonly Field[]): Buffer =>
  Buffer.concat([
    ...fields.map(([number, type, bytes], i) =>
      Buffer.concat([Buffer.from([((number - (fields[i - 1]?.[0] ?? 0)) << 4) | type]), bytes]),
    ),
    Buffer.from([0]),
  ]);
const i32 = (number: number, value: number): Field => [number, 5, varint(2 * value)];
const i64 = (number: number, value: number): Field => [number, 6, varint(2 * value)];
const text = (number: number, value: string): Field => [
  number,
  8,
  Buffer.concat([varint(value.length), Buffer.from(value)]),
];
const list = (number: number, type: number, items: readonly Buffer[]): Field => [
  number,
  9,
  Buffer.concat([Buffer.from([(items.length << 4) | type]), ...items]),
];
const nested = (number: number, bytes: Buffer): Field => [number, 12, bytes];

interface Bomb {
  readonly rows: number;
  readonly values: number;
  readonly encoding?: number;
  readonly page: Buffer;
  readonly unpacked?: number;
  readonly codec?: number;
}

/** A file of one required column of whole numbers, with one page. */
function parquet({ rows, values, encoding = 8, page, unpacked = page.length, codec = 0 }: Bomb): Buffer {
  const dictionary = Buffer.concat([
    struct([i32(1, 2), i32(2, 4), i32(3, 4), nested(7, struct([i32(1, 1), i32(2, 0)]))]),
    Buffer.alloc(4),
  ]);
  const header = struct([
    i32(1, 0),
    i32(2, unpacked),
    i32(3, page.length),
    nested(5, struct([i32(1, values), i32(2, encoding), i32(3, 3), i32(4, 3)])),
  ]);
  const chunk = codec === 0 ? Buffer.concat([dictionary, header, page]) : Buffer.concat([header, page]);
  const column = struct([
    i32(1, 1),
    list(2, 5, [varint(2 * encoding)]),
    list(3, 8, [Buffer.concat([varint(1), Buffer.from('y')])]),
    i32(4, codec),
    i64(5, rows),
    i64(6, chunk.length),
    i64(7, chunk.length),
    i64(9, codec === 0 ? 4 + dictionary.length : 4),
    ...(codec === 0 ? [i64(11, 4)] : []),
  ]);
  const group = struct([
    list(1, 12, [struct([i64(2, 4), nested(3, column)])]),
    i64(2, chunk.length),
    i64(3, rows),
  ]);
  const schema = [struct([text(4, 'schema'), i32(5, 1)]), struct([i32(1, 1), i32(3, 0), text(4, 'y')])];
  const footer = struct([i32(1, 1), list(2, 12, schema), i64(3, rows), list(4, 12, [group])]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([Buffer.from('PAR1'), chunk, footer, length, Buffer.from('PAR1')]);
}

/** A bit width of one, then one run of equal numbers. */
const run = (count: number): Buffer => Buffer.concat([Buffer.from([1]), varint(count * 2), Buffer.from([0])]);

describe('a Parquet file of a few bytes takes little time and memory', () => {
  const scratch = useScratch();

  const outcome = async (name: string, bomb: Bomb): Promise<readonly string[]> => {
    const before = process.memoryUsage().rss;
    const path = await scratch.write(name, parquet(bomb));
    const { issues } = await countDataset(path, { label: 'y' });
    const grown = (process.memoryUsage().rss - before) / MEGABYTE;
    assert.ok(grown < 300, `${grown} MB`);
    return issues.map(({ code }) => code);
  };

  it('and is read where it is what it states', async () => {
    const path = await scratch.write('whole.parquet', parquet({ rows: 100, values: 100, page: run(100) }));
    const { counted, issues } = await countDataset(path, { label: 'y' });
    assert.deepEqual(
      { value: counted?.value, classes: counted?.classes, issues },
      { value: 100, classes: { 0: 100 }, issues: [] },
    );
  });

  it('where it states a million million rows', async () => {
    assert.deepEqual(await outcome('rows.parquet', { rows: 1e12, values: 100, page: run(100) }), ['corrupt']);
  });

  it('where its page states more values than its column, or a run is longer than the page', async () => {
    assert.deepEqual(await outcome('values.parquet', { rows: 10, values: 2 ** 31 - 1, page: run(10) }), [
      'corrupt',
    ]);
    assert.deepEqual(await outcome('run.parquet', { rows: 10, values: 10, page: run(2 ** 30) }), ['corrupt']);
  });

  it('where its page unpacks to gigabytes', async () => {
    const page = gzipSync(Buffer.alloc(400));
    for (const codec of [2, 6])
      assert.deepEqual(
        await outcome('page.parquet', {
          rows: 100,
          values: 100,
          encoding: 0,
          page,
          unpacked: 2 ** 31 - 1,
          codec,
        }),
        ['corrupt'],
      );
  });

  it('and a group of many rows is not decoded anew for every few of them', async () => {
    const rows = 300_000;
    const data = Float64Array.from({ length: rows }, (_, i) => i % 7);
    const bytes = parquetWriteBuffer({
      columnData: ['x', 'y'].map(name => ({ name, data })),
      rowGroupSize: rows,
    });
    const path = await scratch.write('group.parquet', new Uint8Array(bytes));
    const { counted } = await countDataset(path, { label: 'y' });
    assert.equal(Object.keys(counted?.classes ?? {}).length, 7);
    assert.equal(counted?.classes?.['6'], Math.floor(rows / 7));
    const whole = { train: 1, validation: 0, test: 0 };
    const dataset = await openDataset(path, {
      labels: { t: { column: 'y' } },
      input: { columns: ['x'] },
      shares: whole,
    });
    let read = 0;
    for await (const chunk of dataset.read('train')) read += chunk.count;
    assert.ok(read > 150_000);
  });
});
