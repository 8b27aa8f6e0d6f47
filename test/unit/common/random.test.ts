import assert from 'node:assert/strict';
import { hash32, hashPair } from '../../../src/common/hash';
import {
  mulberry32,
  normal,
  seedFrom,
  seededRandom,
  sfc32,
  sfc32Bits,
  shuffle,
  studentT,
} from '../../../src/common/random';
import { uniform } from '../../../src/engine/training-step/random-draws';

const take = (count: number, random: () => number): number[] => Array.from({ length: count }, random);

describe('seeded random numbers', () => {
  it('are those of version 0.1, whose runs may be resumed', () => {
    assert.deepEqual(
      take(3, seededRandom('epoch', 'lung', 7, 0)),
      [0.9783102886285633, 0.27031412022188306, 0.44113200530409813],
    );
    assert.equal(seedFrom('weights', 'dense', 3), 218458822);
    assert.deepEqual(
      shuffle([0, 1, 2, 3, 4, 5, 6, 7], seededRandom('order', 'train', 1)),
      [3, 4, 0, 1, 7, 2, 6, 5],
    );
    assert.deepEqual(take(3, sfc32(42)), [0.5077650756575167, 0.31439789081923664, 0.4481532278005034]);
    assert.deepEqual([...uniform(3, 1, 2, 3)], [0.18349868059158325, 0.7871513962745667, 0.7819201946258545]);
  });

  it('are the same for the same seed, and unrelated for others', () => {
    for (const generator of [mulberry32, sfc32, seededRandom]) {
      assert.deepEqual(take(9, generator(1)), take(9, generator(1)));
      const [a, b] = [take(20_000, generator(1)), take(20_000, generator(2))];
      assert.ok(a.every(x => x >= 0 && x < 1));
      assert.ok(Math.abs(a.reduce((sum, x) => sum + x, 0) / 20_000 - 0.5) < 0.01);
      const covariance = a.reduce((sum, x, i) => sum + (x - 0.5) * ((b[i] ?? 0) - 0.5), 0) / 20_000;
      assert.ok(Math.abs(covariance) < 0.003);
    }
    assert.notDeepEqual(take(3, seededRandom('a', 'b')), take(3, seededRandom('ab')));
  });

  it('differ with each word of a seed', () => {
    const streams = [[1, 2, 3] as const, [2, 2, 3] as const, [1, 3, 3] as const, [1, 2, 4] as const];
    assert.equal(new Set(streams.map(seed => take(5, sfc32Bits(seed, 12)).join())).size, 4);
  });

  it('are drawn from distributions', () => {
    const random = sfc32(3);
    const numbers = take(20_000, () => normal(random));
    const t = take(20_000, () => studentT(random, 4)).sort((a, b) => a - b);
    const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    assert.ok(Math.abs(mean(numbers)) < 0.02);
    assert.ok(Math.abs(mean(numbers.map(x => x * x)) - 1) < 0.03);
    // The quantile of Student's t with four degrees of freedom.
    assert.ok(Math.abs((t[Math.floor(0.975 * 20_000)] ?? 0) - 2.776) < 0.05);
  });
});

describe('hashes', () => {
  it('are those by which version 0.1 split data', () => {
    assert.equal(hash32('scans/1.png', 7), 2921800854);
    assert.equal(hashPair(5, 2 ** 33 + 1, 7), 0.47088085021823645);
  });
});
