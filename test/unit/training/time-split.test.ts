import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { normal, sfc32 } from '../../../src/common/random';
import { openDataset } from '../../../src/data';
import { chronologicalSplits } from '../../../src/data/splits';
import { type Bench, createBench } from './strategies/jobs';

const SHARES = { train: 0.8, validation: 0.1, test: 0.1 };

describe('splits by time', () => {
  it('test on the latest and validate on those before, whatever the times', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(NaN)), { maxLength: 100 }),
        times => {
          const splits = chronologicalSplits(Float64Array.from(times), SHARES);
          const known = times.flatMap((time, i) =>
            Number.isNaN(time) ? [] : [{ time, split: splits[i] ?? 0 }],
          );
          for (const one of known)
            for (const other of known) if (one.time < other.time) assert.ok(one.split <= other.split);
          times.forEach((time, i) => {
            if (Number.isNaN(time)) assert.equal(splits[i], 0);
          });
          const tested = known.filter(({ split }) => split === 2).length;
          assert.ok(tested >= Math.round(known.length * 0.1));
        },
      ),
    );
  });

  /** What a row is worth drifts with its date: neighbours in time tell it, the past does not tell the future. */
  const random = sfc32(9);
  const rows = Array.from({ length: 600 }, (_, i) => {
    const day = new Date(Date.UTC(2023, 0, 1 + Math.floor(i / 2))).toISOString().slice(0, 10);
    const level = 3 * Math.sin(i / 60) + i / 100;
    return [day, normal(random).toFixed(3), (level + 0.2 * normal(random)).toFixed(3)].join(',');
  });
  let bench: Bench;
  before(() => {
    bench = createBench({ 'sales.csv': ['sold_on,noise,price', ...rows].join('\n') });
    writeFileSync(
      path.join(bench.root, 'plain.csv'),
      ['noise,price', ...rows.map(row => row.slice(11))].join('\n'),
    );
  });
  after(() => {
    bench.remove();
  });
  const plan = async (file: string, keys = ''): Promise<string> =>
    (
      await bench.plan(
        [
          `@dataset d task=price num_examples=600 label=price path=${file}${keys}`,
          '@task price target output=real:1',
        ],
        'price',
      )
    ).doubts
      ?.map(({ message }) => message)
      .join('\n') ?? '';

  it('are offered where a table has dates, with what random ones flatter by', async () => {
    const warning = await plan('sales.csv');
    const [, latest, random_] =
      /R² (\S+) on the latest examples and (\S+) on random ones.*time=sold_on/.exec(warning) ?? [];
    assert.ok(Number(latest?.replace('−', '-')) + 0.5 < Number(random_), warning);
    for (const answered of [await plan('sales.csv', ' time=sold_on'), await plan('sales.csv', ' time=none')])
      assert.doesNotMatch(answered, /has dates/);
    assert.doesNotMatch(await plan('plain.csv'), /has dates/);
  });

  it('are made by the column that is named', async () => {
    const file = path.join(bench.root, 'sales.csv');
    const request = {
      labels: { price: { column: 'price' } },
      time: 'sold_on',
      input: { columns: ['sold_on'] },
    };
    const dataset = await openDataset(file, request);
    const days = async (split: 'train' | 'validation' | 'test'): Promise<number[]> => {
      const found: number[] = [];
      for await (const { inputs, count } of dataset.read(split))
        for (let row = 0; row < count; row++) found.push(inputs[(row * inputs.length) / count] ?? NaN);
      return found;
    };
    const [train, validation, test] = [await days('train'), await days('validation'), await days('test')];
    assert.ok(Math.max(...train) < Math.min(...validation));
    assert.ok(Math.max(...validation) < Math.min(...test));
    assert.equal(test.length, 60);
  });
});
