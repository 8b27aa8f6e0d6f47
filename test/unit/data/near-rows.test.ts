import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sfc32 } from '../../../src/common/random';
import { nearRows } from '../../../src/data/dataset/near-rows';

const table = (count: number, columns: number, seed: number, digits = 5): Float64Array[] => {
  const random = sfc32(seed);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: columns }, () => Number((200 * random() - 100).toFixed(digits))),
  );
};

describe('rows that are copies with other digits', () => {
  const rows = table(300, 6, 1);
  const isNear = nearRows(rows);

  it('are found where they are rounded, whichever row it is, and others are not', () => {
    assert.ok(isNear);
    for (const row of rows) assert.ok(isNear(row.map(Math.round)));
    for (const row of table(2000, 6, 2)) assert.ok(!isNear(row));
  });

  it('need all of their columns', () => {
    fc.assert(
      fc.property(fc.nat(299), fc.nat(5), fc.double({ min: 2, max: 50, noNaN: true }), (row, column, by) => {
        const other = Float64Array.from(rows[row] ?? []);
        other[column] = (other[column] ?? 0) + by;
        assert.equal(isNear?.(other), false);
      }),
    );
  });

  it('miss what the row misses', () => {
    const holes = rows.map((row, i) => row.map((value, at) => (at === i % 3 ? NaN : value)));
    const find = nearRows(holes);
    assert.ok(find);
    assert.equal(find(Float64Array.from(holes[1] ?? [])), true);
    assert.equal(find(Float64Array.from(rows[1] ?? [])), false);
    assert.equal(find(new Float64Array(6).fill(NaN)), false);
  });

  it('are not looked for where columns repeat, or are few', () => {
    assert.equal(nearRows(table(300, 6, 1).map(row => row.map(value => Math.sign(value)))), undefined);
    assert.equal(nearRows(table(300, 3, 1)), undefined);
    assert.equal(nearRows([]), undefined);
  });
});
