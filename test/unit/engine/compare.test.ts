import assert from 'node:assert/strict';
import { relativeDifference } from '../../engine/models/compare';

const weights = (...elements: number[]): Map<string, Float32Array> =>
  new Map([['w', Float32Array.from(elements)]]);

describe('the comparison of weights', () => {
  it('is relative to the largest element', () => {
    assert.equal(relativeDifference(weights(1, -4), weights(1, -3)), 0.25);
  });

  it('does not lose what is not a number, wherever it stands', () => {
    for (const other of [weights(NaN, 2, 3), weights(1, NaN, 3), weights(1, 2, NaN)]) {
      assert.ok(Number.isNaN(relativeDifference(weights(1, 2, 3), other)));
      assert.ok(Number.isNaN(relativeDifference(other, weights(1, 2, 3))));
    }
  });

  it('wants the same weights on both sides', () => {
    assert.throws(() => relativeDifference(weights(1), weights(1, 2)), /w is missing or of another size/);
    assert.throws(() => relativeDifference(new Map(), weights(1)), /0 weights beside 1/);
  });
});
