import assert from 'node:assert/strict';
import type { Examples } from '../../../src/training/datasets/examples';
import type { LoadedDatasets } from '../../../src/training/datasets/load-datasets';
import { applyToAll } from '../../../src/training/pipeline/engineered-stage';
import { withoutParts } from '../../../src/training/pipeline/held-out-parts';

const examples = (...rows: readonly (readonly number[])[]): Examples => ({
  count: rows.length,
  shape: [rows[0]?.length ?? 2],
  inputs: Float32Array.from(rows.flat()),
  labels: {},
});

const loaded = (train: Examples, validation: Examples): LoadedDatasets => ({
  input: { kind: 'vector', column: 'x', shape: [2], mean: [0], deviation: [1] },
  labels: {},
  splits: { train, validation, test: examples() },
  warnings: [],
});

describe('the data of a stage', () => {
  const parts = examples([1, 2], [3, 4], [9, 9]);

  it('is without what the test inputs of the pipeline are made of', () => {
    const own = loaded(examples([1, 2], [1, 3], [3, 4], [5, 6]), examples([3, 4], [7, 8]));
    const { loaded: left, leftOut } = withoutParts(own, parts);
    assert.equal(leftOut, 3);
    assert.deepEqual([...left.splits.train.inputs], [1, 3, 5, 6]);
    assert.deepEqual([...left.splits.validation.inputs], [7, 8]);
  });

  it('is left alone where inputs are equal by chance', () => {
    const own = loaded(examples([1, 2], [1, 2], [3, 4], [1, 2]), examples([3, 4]));
    assert.deepEqual(withoutParts(own, parts), { loaded: own, leftOut: 0 });
  });
});

describe('an engineered stage', () => {
  it('is not told by the order of its calls which example it is given', async () => {
    const given: unknown[] = [];
    const values = Array.from({ length: 40 }, (_, i) => i);
    const twice = await applyToAll(
      'a->b',
      value => {
        given.push(value);
        return 2 * Number(value);
      },
      values,
      new AbortController().signal,
    );
    assert.deepEqual(
      twice,
      values.map(value => 2 * value),
    );
    assert.notDeepEqual(given, values);
    assert.deepEqual(
      given.map(Number).sort((a, b) => a - b),
      values,
    );
  });
});
