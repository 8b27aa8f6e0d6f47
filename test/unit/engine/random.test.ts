import assert from 'node:assert/strict';
import { uniform } from '../../../src/engine/training-step/random-draws';

describe('seeded random numbers', () => {
  it('are the same for the same seed, step and draw, and differ otherwise', () => {
    const numbers = uniform(50, 1, 2, 3);
    assert.deepEqual(uniform(50, 1, 2, 3), numbers);
    for (const other of [uniform(50, 2, 2, 3), uniform(50, 1, 3, 3), uniform(50, 1, 2, 4)]) {
      assert.notDeepEqual(other, numbers);
    }
  });

  it('are uniform, and independent from step to step', () => {
    const [a, b] = [uniform(20_000, 9, 0, 0), uniform(20_000, 9, 1, 0)];
    const mean = a.reduce((sum, x) => sum + x, 0) / a.length;
    const covariance = a.reduce((sum, x, i) => sum + (x - 0.5) * ((b[i] as number) - 0.5), 0) / a.length;
    assert.ok(a.every(x => x >= 0 && x < 1));
    assert.ok(Math.abs(mean - 0.5) < 0.01);
    assert.ok(Math.abs(covariance) < 0.005);
  });
});
