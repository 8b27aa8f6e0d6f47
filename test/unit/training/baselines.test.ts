import assert from 'node:assert/strict';
import { sfc32 } from '../../../src/common/random';
import { fitFeatures, type SparseRows } from '../../../src/training/baselines/features';
import { fitLinear, scoreLinear } from '../../../src/training/baselines/linear-model';

function rowsOf(rows: readonly (readonly number[])[]): SparseRows {
  const width = rows[0]?.length ?? 0;
  return {
    count: rows.length,
    width,
    starts: Int32Array.from({ length: rows.length + 1 }, (_, i) => i * width),
    features: Int32Array.from(rows.flat(), (_, i) => i % width),
    values: Float64Array.from(rows.flat()),
  };
}

describe('simple baselines', () => {
  it('find the weights of ridge regression that the normal equations give', () => {
    const random = sfc32(3);
    const x = Array.from({ length: 50 }, () => random() * 4 - 2);
    const y = x.map(each => 3 * each + 1 + random() - 0.5);
    const targets = { values: y, weights: y.map(() => 1), classes: 0 };
    for (const strength of [0.01, 1, 100]) {
      const [slope = NaN, bias = NaN] = fitLinear(rowsOf(x.map(each => [each])), targets, strength);
      const [mx, my] = [x, y].map(values => values.reduce((a, b) => a + b, 0) / values.length) as [
        number,
        number,
      ];
      const xy = x.reduce((sum, each, i) => sum + (each - mx) * ((y[i] ?? 0) - my), 0);
      const xx = x.reduce((sum, each) => sum + (each - mx) ** 2, 0);
      const expected = xy / (xx + 1 / strength);
      assert.ok(Math.abs(slope - expected) < 1e-4, `${slope} ${expected}`);
      assert.ok(Math.abs(bias - (my - expected * mx)) < 1e-4);
    }
  });

  it('find where the penalised likelihood of logistic regression is flat, and weigh rare classes', () => {
    const random = sfc32(4);
    const x = Array.from({ length: 80 }, () => [random() - 0.5, random() - 0.5]);
    const values = x.map(([a = 0, b = 0]) => (a + b > 0.3 ? 2 : a > b ? 1 : 0));
    const targets = { values, weights: values.map(value => (value === 2 ? 3 : 1)), classes: 3 };
    const rows = rowsOf(x);
    const weights = fitLinear(rows, targets, 10);
    const scores = scoreLinear(rows, weights, 3);
    for (let c = 0; c < 3; c++) {
      // The derivative by a bias: what is expected of a class less what there is of it.
      let slope = 0;
      for (let row = 0; row < 80; row++) {
        const own = scores.subarray(row * 3, row * 3 + 3).map(Math.exp);
        const share = (own[c] ?? 0) / own.reduce((a, b) => a + b, 0);
        slope += (targets.weights[row] ?? 0) * (share - Number(values[row] === c));
      }
      assert.ok(Math.abs(slope) < 0.05, String(slope));
    }
    const right = values.filter((value, row) => {
      const own = [...scores.subarray(row * 3, row * 3 + 3)];
      return own.indexOf(Math.max(...own)) === value;
    });
    assert.ok(right.length > 70);
  });

  it('weigh words by how rare they are, and know pairs of words', () => {
    const text = { kind: 'text', vocabulary: ['a', 'b', 'c'], length: 3 } as const;
    const examples = {
      count: 3,
      shape: [3],
      inputs: Int32Array.of(2, 3, 0, 2, 4, 0, 2, 0, 0),
      labels: {},
    };
    const rows = fitFeatures(text, examples, 2)(examples);
    // Three words and two pairs; the last text is one common word.
    assert.equal(rows.width, 5);
    assert.deepEqual([...rows.starts], [0, 3, 6, 7]);
    assert.equal(rows.values[6], 1);
    const [common = 0, rare = 0] = rows.values;
    // As scikit-learn: ln((1 + n) / (1 + df)) + 1, each row of length 1.
    assert.ok(Math.abs(rare / common - (Math.log(4 / 2) + 1)) < 1e-9);
  });
});
