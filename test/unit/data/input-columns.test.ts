import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatasetRequest, type InputColumn, openDataset } from '../../../src/data';
import { columnValues } from '../../../src/data/preprocessing/input-columns';

let folder = '';

async function columnsOf(
  text: string,
  request: Partial<DatasetRequest> = {},
): Promise<{ readonly columns: readonly InputColumn[]; readonly width: number }> {
  const path = join(folder, 'data.csv');
  await writeFile(path, text);
  const { columns, shape } = await openDataset(path, { labels: { t: { column: 'label' } }, ...request });
  return { columns, width: shape[0] ?? 0 };
}

/** 200 rows: a number of the row, a measurement, a colour, a word of its own, nothing, and the label. */
const TABLE = [
  'id,size,color,name,empty,site,label',
  ...Array.from(
    { length: 200 },
    (_, i) =>
      `${5 * i},${((i * 37) % 100) / 10},${['red', 'blue'][i % 2] ?? ''},n${i},,s${i % 7},${i % 3 === 0}`,
  ),
].join('\n');

describe('what becomes of the columns of a table', () => {
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strategy-advisor-columns-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is said of each: how it is used, or why it is not', async () => {
    const { columns } = await columnsOf(TABLE, { group: 'site' });
    const of = Object.fromEntries(columns.map(column => [column.name, column.reason ?? column.use]));
    assert.equal(of['id'], 'identifier');
    assert.equal(of['size'], 'number');
    assert.deepEqual(
      columns.find(({ name }) => name === 'color'),
      { name: 'color', use: 'category', values: 2 },
    );
    assert.equal(of['empty'], 'empty');
    assert.equal(of['site'], 'group');
    assert.equal(of['label'], 'label');
  });

  it('is for the user to choose: an identifier that is named is an input, an ignored column is none', async () => {
    const chosen = await columnsOf(TABLE, { input: { columns: ['id', 'size'] } });
    assert.equal(chosen.width, 2);
    assert.equal(chosen.columns.find(({ name }) => name === 'color')?.reason, 'not-chosen');
    const ignored = await columnsOf(TABLE, { input: { except: ['color', 'name', 'site'] } });
    assert.equal(ignored.width, 1);
    assert.equal(ignored.columns.find(({ name }) => name === 'color')?.reason, 'ignored');
  });

  it('is refused of a column that there is not', async () => {
    await assert.rejects(columnsOf(TABLE, { input: { except: ['colour'] } }), /no column "colour"/);
  });
});

describe('a column that only tells rows apart', () => {
  const isIdentifier = (name: string, values: readonly (string | number)[], isFirst = false): boolean => {
    const column = columnValues(name, isFirst);
    for (const value of values) column.observe(String(value), Number(value));
    return column.isIdentifier();
  };
  const upTo = (count: number, of: (i: number) => number | string): (number | string)[] =>
    Array.from({ length: count }, (_, i) => of(i));

  it('is found by its name where no value repeats', () => {
    for (const name of ['id', 'ID', 'patient_id', 'orderId', 'uuid', 'Unnamed: 0', '', 'index'])
      assert.ok(
        isIdentifier(
          name,
          upTo(50, i => (i * 7919) % 1009),
        ),
        name,
      );
    assert.ok(
      isIdentifier(
        'user_id',
        upTo(50, i => `u${i}`),
      ),
    );
    assert.ok(
      !isIdentifier(
        'patient_id',
        upTo(50, i => i % 20),
      ),
    );
    assert.ok(
      !isIdentifier(
        'acid',
        upTo(50, i => i),
      ),
    );
    assert.ok(
      !isIdentifier(
        'paid',
        upTo(50, i => i),
      ),
    );
  });

  it('is found in the first place where it counts the rows', () => {
    const kept = upTo(100, i => Math.floor(1.25 * i) + 1);
    assert.ok(isIdentifier('a', kept, true));
    assert.ok(!isIdentifier('a', kept));
    assert.ok(
      !isIdentifier(
        'year',
        upTo(100, i => 1900 + i),
        true,
      ),
    );
    assert.ok(
      !isIdentifier(
        'x1',
        upTo(100, i => i / 7),
        true,
      ),
    );
    assert.ok(
      !isIdentifier(
        'count',
        upTo(100, i => i * i),
        true,
      ),
    );
  });
});
