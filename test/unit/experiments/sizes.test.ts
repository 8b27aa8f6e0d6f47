import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SIZES, defaultSizes } from '../../../src/experiments/plan/plan-jobs';

describe('sizes of a pilot', () => {
  it('grow geometrically up to all of the data', () => {
    assert.deepEqual(defaultSizes(1437, 10), [20, 58, 170, 490, 1437]);
    assert.deepEqual(defaultSizes(3200, 10), [20, 71, 250, 900, 3200]);
  });

  it('start higher where there is much, so that no step is wider than four', () => {
    const sizes = defaultSizes(1_000_000, 2);
    assert.equal(sizes.length, SIZES);
    assert.ok(sizes.slice(1).every((size, i) => size / (sizes[i] ?? 1) <= 4.2));
  });

  it('are few where there is little', () => {
    assert.deepEqual(defaultSizes(12, 2), [12]);
    assert.deepEqual(defaultSizes(30, 3), [10, 13, 17, 23, 30]);
    assert.deepEqual(defaultSizes(8, 10), [8]);
  });

  it('always ascend, end with all, and are whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10_000_000 }), fc.nat(1000), (available, classes) => {
        const sizes = defaultSizes(available, classes);
        assert.equal(sizes.at(-1), available);
        assert.ok(sizes.length <= SIZES);
        assert.ok(sizes.every((size, i) => Number.isInteger(size) && size > (sizes[i - 1] ?? 0)));
      }),
    );
  });
});
