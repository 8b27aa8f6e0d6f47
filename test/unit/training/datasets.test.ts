import assert from 'node:assert/strict';
import type { InputPreprocessing } from '../../../src/data';
import type { Examples } from '../../../src/training/datasets/examples';
import type { LoadedDatasets } from '../../../src/training/datasets/load-datasets';
import { keepFitted, refitLabels, refitOn, withUnseenWords } from '../../../src/training/datasets/refit';
import { divideSize, usableExamples } from '../../../src/training/datasets/subsample';

function examples(width: number, inputs: readonly number[], values: readonly number[] = []): Examples {
  const count = inputs.length / width;
  return {
    count,
    shape: [width],
    inputs: Float32Array.from(inputs),
    labels: {
      t: {
        values: Float32Array.from({ length: count }, (_, i) => values[i] ?? 0),
        present: new Uint8Array(count).fill(1),
      },
    },
  };
}

function loaded(input: InputPreprocessing, train: Examples, test: Examples): LoadedDatasets {
  return { input, labels: {}, warnings: [], splits: { train, validation: examples(2, []), test } };
}

describe('the examples of a size', () => {
  it('are for training and validation together, whatever the splits', () => {
    assert.equal(usableExamples({ train: 80, validation: 10 }), 90);
    assert.equal(usableExamples({ train: 80, validation: 5000 }), 100);
    for (const available of [
      { train: 80, validation: 10 },
      { train: 400, validation: 300 },
    ])
      for (const n of [2, 10, 20, 60, 90]) {
        const { train, validation } = divideSize(n, available);
        assert.equal(train + validation, n);
        assert.ok(validation >= 1 && validation <= Math.ceil(n / 5) + 1, `${n}: ${validation}`);
      }
    assert.deepEqual(divideSize(20, { train: 400, validation: 300 }), { train: 16, validation: 4 });
    assert.deepEqual(divideSize(Infinity, { train: 80, validation: 10 }), { train: 80, validation: 10 });
  });
});

describe('preprocessing of a size', () => {
  it('has the mean and deviation of its rows, whatever else the training split holds', () => {
    const input: InputPreprocessing = {
      kind: 'columns',
      columns: [
        { name: 'a', kind: 'numeric', mean: 5, deviation: 2, flagsMissing: false },
        { name: 'b', kind: 'numeric', mean: 0, deviation: 1, flagsMissing: true },
      ],
    };
    const seen = [1, 4, 0, 3, 0, 1, 5, 8, 0];
    const make = (rest: number): LoadedDatasets =>
      loaded(input, examples(3, [...seen, rest, rest, 0]), examples(3, [3, 6, 0]));
    const few = refitOn(make(99), Int32Array.of(0, 1, 2));
    assert.ok(few.input.kind === 'columns');
    const [a, b] = few.input.columns;
    assert.ok(a?.kind === 'numeric' && b?.kind === 'numeric');
    // In the column's own units: 5 + 2 × (1 + 3 + 5) / 3, and the deviation of those three.
    assert.ok(Math.abs(a.mean - 11) < 1e-6 && Math.abs(a.deviation - 2 * Math.sqrt(8 / 3)) < 1e-6);
    // A value that is missing does not count, and stands at the mean.
    assert.ok(Math.abs(b.mean - 6) < 1e-6);
    assert.equal(few.splits.train.inputs[4], 0);
    assert.deepEqual(
      [...few.splits.test.inputs].map(x => Math.abs(x) < 1e-6),
      [true, true, true],
    );
    // The row that is not of the size decides on nothing.
    const other = refitOn(make(-7), Int32Array.of(0, 1, 2));
    assert.deepEqual(other.input, few.input);
    assert.deepEqual(other.splits.test.inputs, few.splits.test.inputs);
  });

  it('has the words of its rows, to which a network adds those that it has learned', () => {
    const input: InputPreprocessing = {
      kind: 'text',
      column: 'x',
      vocabulary: ['one', 'two', 'three'],
      length: 2,
    };
    const text = (ids: readonly number[]): Examples => ({
      ...examples(2, ids),
      inputs: Int32Array.from(ids),
    });
    const alone = refitOn(loaded(input, text([2, 0, 3, 4]), text([2, 3])), Int32Array.of(0));
    assert.deepEqual([...alone.splits.test.inputs], [2, 1]);
    assert.deepEqual(alone.input.kind === 'text' && alone.input.vocabulary, ['one', '\0two', '\0three']);
    const whole = withUnseenWords(alone.input) ?? assert.fail('no input');
    assert.deepEqual(whole, input);
    const later = keepFitted(
      loaded(whole, text([3, 0, 4, 4]), text([2, 3, 4, 0])),
      Int32Array.of(0),
      alone.input,
    );
    assert.deepEqual([...later.splits.test.inputs], [2, 3, 1, 0]);
  });

  it('has the mean and deviation of the numbers that its rows are labelled with', () => {
    const made = loaded(
      { kind: 'vector', column: 'x', shape: [1], mean: [0], deviation: [1] },
      examples(1, [0, 0, 0], [1, 3, 99]),
      examples(1, [0], [2]),
    );
    const label = { kind: 'real', column: 'y', mean: 10, deviation: 4 } as const;
    made.splits.train.labels['t']?.present.set([1, 1, 0]);
    const own = refitLabels({ ...made, labels: { t: label } }, 't');
    assert.deepEqual(own.labels['t'], { ...label, mean: 18, deviation: 4 });
    assert.equal(own.splits.test.labels['t']?.values[0], 0);
  });
});
