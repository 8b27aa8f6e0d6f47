import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mul } from '../../../src/engine/graph/elementwise';
import { placeholder, type Value } from '../../../src/engine/graph/value';
import { inParts, partsOf } from '../../../src/engine/step/in-parts';

describe('updates in parts', () => {
  const scaled = (shape: readonly number[]): Value | undefined => {
    const inputs = [placeholder('x', shape, 'float32')];
    const rate = [placeholder('rate', [], 'float32')];
    return inParts('update', inputs, rate, ([x], [by]) => [mul(x as Value, by as Value)])[0];
  };

  it('divide large sizes evenly, and no small ones', () => {
    assert.equal(partsOf(1000), 1);
    assert.ok(partsOf(320_000) > 1);
    // A large prime has no parts.
    assert.equal(partsOf(1_000_003), 1);
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e7 }), size => size % partsOf(size) === 0));
  });

  it('go through a Scan where the first axis counts parts, and nowhere else', () => {
    const parts = partsOf(320_000);
    const result = scaled([parts, 320_000 / parts]);
    assert.equal(result?.node.op, 'Scan');
    assert.deepEqual(result.shape, [parts, 320_000 / parts]);
    for (const shape of [[1, 100], [5, 5], [320_000], [parts, 320_000 / parts / 2, 2], []]) {
      assert.equal(scaled(shape)?.node.op, 'Mul');
    }
  });
});
