import assert from 'node:assert/strict';
import { openDataset } from '../../../src/data';
import { DEFAULT_SHARES, splitGroups, stratifiedSplits } from '../../../src/data/splits';
import { sfc32 } from '../../../src/common/random';
import { useScratch } from './helpers/files';

/** How many of each class each split has. */
function countsOf(strata: Int32Array, splits: Uint8Array): number[][] {
  const counts = [0, 1, 2].map(() => new Array<number>(1 + Math.max(...strata)).fill(0));
  strata.forEach((stratum, i) => {
    const of = counts[splits[i] ?? 0];
    if (of) of[stratum] = (of[stratum] ?? 0) + 1;
  });
  return counts;
}

function divided(sizes: readonly number[], seed: number): number[][] {
  const strata = Int32Array.from(sizes.flatMap((size, stratum) => new Array<number>(size).fill(stratum)));
  const random = sfc32(seed);
  return countsOf(strata, stratifiedSplits(strata, Float64Array.from(strata, random), DEFAULT_SHARES));
}

describe('data: splits', () => {
  const scratch = useScratch();

  it('give each class its share, and rare classes to every split', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [train = [], validation = [], test = []] = divided([388, 12, 3, 2, 1], seed);
      assert.deepEqual(test.slice(0, 3), [39, 2, 1]);
      assert.deepEqual(validation.slice(0, 3), [39, 2, 1]);
      assert.deepEqual(train.slice(0, 3), [310, 8, 1]);
      // Each of the rarest is learned from.
      assert.ok((train[3] ?? 0) >= 1 && train[4] === 1);
    }
  });

  it('do not give most of the data away where all classes are rare', () => {
    const [train = []] = divided(new Array<number>(500).fill(3), 1);
    const learned = train.reduce((sum, each) => sum + each, 0);
    assert.ok(learned >= 0.6 * 1500, String(learned));
    assert.ok(train.every(count => count >= 1));
  });

  it('keep the shares of ten classes to one example', () => {
    const [train = [], validation = [], test = []] = divided(new Array<number>(10).fill(97), 3);
    for (let c = 0; c < 10; c++) {
      assert.ok(Math.abs((test[c] ?? 0) - 9.7) < 1);
      assert.ok(Math.abs((validation[c] ?? 0) - 9.7) < 1);
      assert.ok(Math.abs((train[c] ?? 0) - 77.6) < 2);
    }
  });

  it('choose groups so that a rare class is in every split', () => {
    for (let seed = 0; seed < 10; seed++) {
      const groups = new Map(
        Array.from({ length: 20 }, (_, i) => [
          `g${i}`,
          new Map(i % 4 === 0 ? [[0, 8] as const, [1, 2] as const] : [[0, 10] as const]),
        ]),
      );
      const splits = splitGroups(groups, seed, DEFAULT_SHARES);
      for (const split of ['train', 'validation', 'test'])
        assert.ok(
          [...groups].some(([name, strata]) => strata.has(1) && splits.get(name) === split),
          `${split} with seed ${seed}`,
        );
    }
  });

  it('divide a table by the classes, or the quantiles, of its label', async () => {
    const lines = Array.from(
      { length: 400 },
      (_, i) => `${i},${i < 12 ? 'rare' : 'common'},${(i * 37) % 400}`,
    );
    const file = await scratch.write('rare.csv', `x,y,v\n${lines.join('\n')}\n`);
    for (let seed = 0; seed < 10; seed++) {
      const dataset = await openDataset(file, {
        labels: { t: { column: 'y' } },
        input: { columns: ['x'] },
        seed,
      });
      const counts: number[] = [];
      for (const split of ['validation', 'test'] as const)
        for await (const { labels } of dataset.read(split))
          counts.push(labels['t']?.values.filter(value => value === 1).length ?? 0);
      assert.deepEqual(counts, [2, 2]);
      const numbers = await openDataset(file, {
        labels: { t: { column: 'v', kind: 'real' } },
        input: { columns: ['x'] },
        seed,
      });
      for await (const { labels } of numbers.read('test')) {
        const values = labels['t']?.values ?? new Float32Array();
        // One tenth of each tenth: the mean cannot be far from that of the training split, which is 0.
        assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length) < 0.06);
      }
    }
  });

  it('divide amounts with decimal commas by their quantiles', async () => {
    const cell = (i: number): string => `${1 + (i % 9)}.${100 + ((i * 37) % 900)},${10 + (i % 90)}`;
    for (const unit of [' €', '']) {
      const lines = Array.from({ length: 400 }, (_, i) => `${i},"${cell(i)}${unit}"`);
      const file = await scratch.write(`amounts${unit.trim()}.csv`, `x,price\n${lines.join('\n')}\n`);
      const { examples } = await openDataset(file, {
        labels: { t: { column: 'price', kind: 'real' } },
        input: { columns: ['x'] },
      });
      assert.deepEqual(examples, { train: 320, validation: 40, test: 40 });
    }
  });
});

describe('disjoint test splits', () => {
  it('hold every example once between them, and its share of each class in each of them', () => {
    const random = sfc32(7);
    const strata = Int32Array.from({ length: 400 }, (_, i) => Number(i % 4 === 0));
    const hashes = Float64Array.from(strata, random);
    const held = new Int32Array(400);
    for (let fold = 0; fold < 10; fold++) {
      const splits = stratifiedSplits(strata, hashes, DEFAULT_SHARES, fold);
      assert.equal(splits.filter((split, i) => split === 2 && strata[i] === 1).length, 10);
      assert.equal(splits.filter(split => split === 1).length, 40);
      splits.forEach((split, i) => (held[i] = (held[i] ?? 0) + Number(split === 2)));
    }
    assert.ok(held.every(count => count === 1));
    assert.deepEqual(
      stratifiedSplits(strata, hashes, DEFAULT_SHARES, 0),
      stratifiedSplits(strata, hashes, DEFAULT_SHARES),
    );
  });
});
