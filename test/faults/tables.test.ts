import assert from 'node:assert/strict';
import { type CountedDataset, countedIn, removeCases, runCase } from './cases';

async function only(name: string): Promise<CountedDataset> {
  const [dataset, ...more] = await countedIn(name);
  assert.ok(dataset && more.length === 0);
  return dataset;
}

const errors = ({ issues }: CountedDataset): readonly string[] =>
  issues.filter(({ severity }) => severity === 'error').map(({ message }) => message);

describe('tables as they are published', () => {
  after(removeCases);

  for (const [name, examples] of [
    ['07-decimal-comma', 60],
    ['08-single-quotes', 200],
    ['09-rows-end-in-delimiter', 60],
    ['10-lines-above-header', 60],
    ['11-all-rows-left-out', 60],
    ['12-years-in-header', 60],
  ] as const)
    it(`${name}: ${examples} rows, and the label is found`, async () => {
      const dataset = await only(name);
      assert.equal(dataset.counted?.value, examples);
      assert.deepEqual(errors(dataset), []);
      const { status, shown } = await runCase(name, ['datasets', 'train.py']);
      assert.doesNotMatch(shown, /the data has/);
      assert.equal(status, 0);
    });

  it('13-space-after-comma: blanks belong to no cell', async () => {
    const [first, second] = await countedIn('13-space-after-comma');
    assert.deepEqual([first?.counted?.value, second?.counted?.value], [80, 80]);
    assert.deepEqual(first && errors(first), []);
    assert.ok(second?.issues.some(({ message }) => message.endsWith('read as missing: "?" (27)')));
  });

  for (const name of ['14-json-array', '15-other-endings'])
    it(`${name}: 40 examples in each, and their labels`, async () => {
      const datasets = await countedIn(name);
      assert.equal(datasets.length, 3);
      for (const dataset of datasets) {
        assert.equal(dataset.counted?.value, 40, dataset.name);
        assert.deepEqual(errors(dataset), [], dataset.name);
        assert.equal(Object.keys(dataset.counted.labels ?? {}).length, 1, dataset.name);
      }
    });

  it('23-npz-train-images: names that begin with a split', async () => {
    const { counted } = await only('23-npz-train-images');
    assert.deepEqual(counted?.splits, { train: 40, validation: 10, test: 20 });
  });

  it('36-one-shard-of-ten: says what is missing', async () => {
    const { shown } = await runCase('36-one-shard-of-ten', ['datasets', 'train.py']);
    assert.match(shown, /9 of 10 shards are missing/);
  });

  it('37-unlike-tables-added-up: says that the tables differ', async () => {
    const { shown } = await runCase('37-unlike-tables-added-up', ['datasets', 'train.py']);
    assert.match(shown, /customers\.csv \(customer, name, town\); orders\.csv \(order, customer, amount\)/);
  });
});
