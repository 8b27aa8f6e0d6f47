import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { treeModel } from '../../../src/engine';
import { createSession, runtimeTensor } from '../../../src/engine/runtime/onnxruntime';
import type { BaselineTargets } from '../../../src/training/baselines/baseline-targets';
import { type NumberTable, binTable } from '../../../src/training/boosting/bins';
import { type BoostOptions, boost } from '../../../src/training/boosting/boost';
import { objectiveFor } from '../../../src/training/boosting/objectives';
import { scoreTrees } from '../../../src/training/boosting/tree';

const OPTIONS: BoostOptions = {
  leaves: 8,
  minRows: 1,
  minCurvature: 2,
  l2: 1,
  learningRate: 0.1,
  rounds: 25,
  seed: 1,
};

const COUNT = 240;
const WIDTH = 4;
const ROWS = Array.from({ length: COUNT }, (_, i) =>
  Array.from({ length: WIDTH }, (__, j) =>
    Math.fround(((i * 37 + j * 101 + ((i * i * (j + 3)) % 97) * 13) % 211) / 211),
  ),
);
const SCORES = ROWS.map(([a = 0, b = 0, c = 0]) => (a > 0.4 ? 2 : 0) + (b > 0.6 ? 1.5 : 0) - c);

function tableOf(rows: readonly (readonly number[])[]): NumberTable {
  return { count: rows.length, width: rows[0]?.length ?? 0, values: Float32Array.from(rows.flat()) };
}

function targetsOf(values: readonly number[], classes: number): BaselineTargets {
  return { values, weights: values.map(() => 1), classes };
}

const FULL = tableOf(ROWS);
const HOLES = tableOf(
  ROWS.map((row, i) => row.map((value, j) => (j === 1 && (i * 7) % 5 === 0 ? NaN : value))),
);
const NUMBERS = targetsOf(
  SCORES.map((score, i) => score + (ROWS[i]?.[3] ?? 0) / 2),
  0,
);
const TWO = targetsOf(
  SCORES.map(score => Number(score > 1)),
  2,
);
const THREE = targetsOf(
  SCORES.map(score => Number(score >= 0.45) + Number(score >= 1.63)),
  3,
);

/**
 * LightGBM 4.7.0 on the same tables: 25 rounds, num_leaves=8, min_data_in_leaf=1, min_sum_hessian_in_leaf=2, lambda_l2=1,
 * min_data_in_bin=1, feature_pre_filter=false. The mean loss of all rows, and the raw scores of the first.
 */
const OF_LIGHTGBM = [
  {
    name: 'numbers',
    table: FULL,
    targets: NUMBERS,
    loss: 0.014763,
    scores: [-0.3807, 1.59, 1.114, -0.0262, 1.5129, 1.7814],
  },
  {
    name: 'two classes',
    table: FULL,
    targets: TWO,
    loss: 0.054036,
    scores: [-2.52, 2.5356, -1.4736, -2.3203, 3.5802, 3.5802],
  },
  {
    name: 'three classes',
    table: FULL,
    targets: THREE,
    loss: 0.06409,
    scores: [1.0515, -1.1147, -2.7705, -3.0178, -0.6604, -2.7705, -3.0178, 0.1629, -2.7705],
  },
  {
    name: 'a column with missing values',
    table: HOLES,
    targets: TWO,
    loss: 0.070917,
    scores: [-2.1836, 2.6768, -1.6322, -2.3431, 3.5802, 3.5802],
  },
];

describe('boosted trees', () => {
  for (const { name, table, targets, loss, scores } of OF_LIGHTGBM)
    it(`are those of LightGBM on ${name}`, async () => {
      const { ensemble } = await boost(table, targets, OPTIONS);
      const found = scoreTrees(ensemble, table);
      scores.forEach((each, i) => {
        assert.ok(Math.abs((found[i] ?? NaN) - each) < 1e-4, `${i}: ${found[i]} is not ${each}`);
      });
      assert.ok(Math.abs(objectiveFor(targets.classes).loss(found, targets) - loss) < 1e-5);
    });

  it('stop where the validation examples tell to, and keep the trees up to there', async () => {
    const noise = Array.from(TWO.values, (label, i) => ((i * 13) % 10 < 3 ? 1 - label : label));
    const [train, held] = [ROWS.slice(0, 160), ROWS.slice(160)];
    const targets = targetsOf(noise.slice(160), 2);
    const fit = (rounds: number, patience: number): ReturnType<typeof boost> =>
      boost(tableOf(train), targetsOf(noise.slice(0, 160), 2), {
        ...OPTIONS,
        rounds,
        validation: { table: tableOf(held), targets, patience },
      });
    const { ensemble, rounds } = await fit(200, 10);
    assert.ok(rounds > 0 && rounds < 150, `${rounds}`);
    assert.equal(ensemble.trees.length, rounds);
    const lossAfter = (trees: number): number =>
      objectiveFor(2).loss(
        scoreTrees({ ...ensemble, trees: ensemble.trees.slice(0, trees) }, tableOf(held)),
        targets,
      );
    assert.ok(lossAfter(rounds) <= lossAfter(rounds - 1));
    assert.ok(lossAfter(rounds) < lossAfter(0));
  });

  it('count examples by their weights', async () => {
    const twice = Array.from(TWO.values, (_, i) => 1 + Number(i % 3 === 0));
    const repeated = ROWS.flatMap((row, i) => (i % 3 === 0 ? [row, row] : [row]));
    const labels = Array.from(TWO.values).flatMap((label, i) => (i % 3 === 0 ? [label, label] : [label]));
    const weighted = await boost(FULL, { ...TWO, weights: twice }, OPTIONS);
    const copied = await boost(tableOf(repeated), targetsOf(labels, 2), OPTIONS);
    const [one, other] = [weighted, copied].map(({ ensemble }) => scoreTrees(ensemble, FULL));
    one?.forEach((score, i) => {
      assert.ok(Math.abs(score - (other?.[i] ?? NaN)) < 1e-4);
    });
  });

  it('are equal where all is equal, and draw examples and features by the seed', async () => {
    const drawn = { ...OPTIONS, rowsPerTree: 100, featuresPerTree: 2 };
    const of = async (seed: number): Promise<readonly number[]> =>
      Array.from(scoreTrees((await boost(FULL, THREE, { ...drawn, seed })).ensemble, FULL));
    assert.deepEqual(await of(1), await of(1));
    assert.notDeepEqual(await of(1), await of(2));
  });

  it('fit training examples better with every round, whatever the table', async () => {
    const table = fc.integer({ min: 1, max: 4 }).chain(width =>
      fc.array(
        fc.record({
          row: fc.array(
            fc.oneof(fc.float({ noNaN: true, min: -1000, max: 1000 }), fc.constantFrom(0, 1, NaN)),
            { minLength: width, maxLength: width },
          ),
          label: fc.integer({ min: 0, max: 2 }),
        }),
        { minLength: 1, maxLength: 30 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(0, 2, 3), async (examples, classes) => {
        const labels = examples.map(({ label }) => (classes === 2 ? label % 2 : label));
        const data = tableOf(examples.map(({ row }) => row));
        const targets = targetsOf(labels, classes);
        const losses: number[] = [];
        for (const rounds of [0, 1, 5]) {
          const { ensemble } = await boost(data, targets, { ...OPTIONS, minCurvature: 1e-3, rounds });
          losses.push(objectiveFor(classes).loss(scoreTrees(ensemble, data), targets));
        }
        const [before = NaN, one = NaN, five = NaN] = losses;
        assert.ok(one <= before + 1e-6 && five <= one + 1e-6, losses.join());
      }),
      { numRuns: 60 },
    );
  });

  it('end where a look between two rounds says so', async () => {
    const pause = (round: number): Promise<void> =>
      round === 3 ? Promise.reject(new Error('stop')) : Promise.resolve();
    await assert.rejects(boost(FULL, TWO, { ...OPTIONS, pause }), /stop/);
  });
});

describe('the bins of a table', () => {
  it('keep the order of values, and tell apart as many as there may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 2, max: 20 }),
        (column, most) => {
          const values = column.map(value => Math.fround(value) + 0);
          const { codes, uppers } = binTable(tableOf(values.map(value => [value])), most);
          assert.ok((uppers[0]?.length ?? 0) < most);
          values.forEach((value, i) => {
            values.forEach((other, j) => {
              if (value < other) assert.ok((codes[i] ?? 0) <= (codes[j] ?? 0));
            });
            // A node asks for the value itself, and must send it where its bin went.
            uppers[0]?.forEach((upper, bin) => {
              assert.equal(value <= upper, (codes[i] ?? 0) <= bin);
            });
          });
          const distinct = new Set(values).size;
          if (distinct <= most) assert.equal(new Set(codes).size, distinct);
        },
      ),
    );
  });
});

describe('boosted trees as ONNX', () => {
  /** The last column tells where the second is missing, as inputs of networks do. */
  const flagged = ROWS.map((row, i) => [...row, Number((i * 7) % 5 === 0)]);
  const table = tableOf(flagged.map(row => row.map((value, j) => (j === 1 && row[4] === 1 ? NaN : value))));

  for (const { name, targets, gives } of [
    { name: 'numbers', targets: NUMBERS, gives: 'number' },
    { name: 'the second of two classes', targets: TWO, gives: 'probability' },
    { name: 'two classes', targets: TWO, gives: 'probabilities' },
    { name: 'three classes', targets: THREE, gives: 'probabilities' },
  ] as const)
    for (const rounds of [0, 25])
      it(`give in ONNX Runtime what they give here: ${name}, ${rounds} rounds`, async () => {
        const { ensemble } = await boost(table, targets, { ...OPTIONS, rounds });
        const model = treeModel(ensemble, { shape: [5], gives, flags: new Map([[1, 4]]) });
        const session = await createSession(model);
        const scores = scoreTrees(ensemble, table);
        const { outputs } = ensemble;
        for (let row = 0; row < COUNT; row += 7) {
          const input = await runtimeTensor(Float32Array.from(flagged[row] ?? []), [1, 5], 'float32');
          const found = (await session.run({ inputs: input }))['outputs']?.data as Float32Array;
          const own = Array.from(scores.subarray(row * outputs, (row + 1) * outputs));
          const expected = expectedOf(own, gives);
          assert.equal(found.length, expected.length);
          expected.forEach((each, i) => {
            assert.ok(Math.abs(each - (found[i] ?? NaN)) < 1e-5, `${row}: ${found.join()}`);
          });
        }
        await session.release();
      });
});

function expectedOf(scores: readonly number[], gives: string): readonly number[] {
  if (gives === 'number') return scores;
  const powers = (scores.length === 1 ? [0, ...scores] : scores).map(Math.exp);
  const shares = powers.map(power => power / powers.reduce((a, b) => a + b, 0));
  return gives === 'probability' ? shares.slice(1) : shares;
}
