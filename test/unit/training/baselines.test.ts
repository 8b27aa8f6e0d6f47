import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { normal, sfc32 } from '../../../src/common/random';
import type { RunPlan } from '../../../src/experiments/plan/plan-run';
import { fitFeatures } from '../../../src/training/baselines/features';
import type { BaselineTargets } from '../../../src/training/baselines/baseline-targets';
import { fitLinear } from '../../../src/training/baselines/linear-model';
import { python } from '../data/helpers/python';
import { type Bench, createBench } from './strategies/jobs';

const PRECISE = { tolerance: 1e-9, most: 10_000 };

/** The problem of the figures below: 60 rows of 4 numbers. */
const ROWS = Array.from({ length: 60 }, (_, i) =>
  Array.from({ length: 4 }, (_, j) => Math.sin(1 + ((3 * i * (j + 1)) % 7) + i * 0.37 * (j + 2))),
);
const DENSE = { count: 60, width: 4, values: Float64Array.from(ROWS.flat()) };
const WEIGHTS = ROWS.map((_, i) => 1 + (i % 2));
const CLASSES: BaselineTargets = {
  values: ROWS.map(([first = 0], i) => (i * i + 2 * i + Number(first > 0)) % 3),
  weights: WEIGHTS,
  classes: 3,
};
const NUMBERS: BaselineTargets = {
  values: ROWS.map(([first = 0, second = 0], i) => 2 * first - second + 0.5 * Math.cos(i)),
  weights: WEIGHTS,
  classes: 0,
};

/**
 * By scikit-learn 1.9.1 with `sample_weight`: `LogisticRegression(C=C, tol=1e-10)` and `Ridge(alpha=1/C, tol=1e-12)`;
 * a row for each feature, then the intercepts, of classes less their mean.
 */
const OF_SCIKIT_LEARN = {
  0.1: {
    classes: [
      [-0.246579, 0.830745, -0.584166],
      [0.051027, -0.020794, -0.030233],
      [0.009214, -0.023312, 0.014098],
      [0.077377, -0.036158, -0.041219],
      [0.654885, -0.0242, -0.630685],
    ],
    numbers: [1.618094, -0.785975, 0.008777, -0.027466, 0.008921],
  },
  10: {
    classes: [
      [-0.224471, 2.418856, -2.194386],
      [0.104617, -0.195657, 0.09104],
      [-0.109795, -0.038938, 0.148732],
      [0.144854, -0.038803, -0.106051],
      [1.159634, -0.199457, -0.960177],
    ],
    numbers: [1.98231, -0.989567, 0.001745, -0.008816, 0.004125],
  },
};

function assertClose(found: ArrayLike<number>, expected: readonly number[], within = 1e-4): void {
  assert.equal(found.length, expected.length);
  expected.forEach((each, i) => {
    assert.ok(Math.abs((found[i] ?? NaN) - each) < within, `${i}: ${found[i]} is not ${each}`);
  });
}

/** The constants of classes are given up to one number that all share. */
function centred(weights: Float64Array, outputs: number): Float64Array {
  const constants = weights.subarray(-outputs);
  const mean = constants.reduce((sum, each) => sum + each, 0) / outputs;
  constants.forEach((each, c) => (constants[c] = each - mean));
  return weights;
}

describe('a linear model', () => {
  for (const [strength, expected] of Object.entries(OF_SCIKIT_LEARN)) {
    it(`has the weights that scikit-learn finds, at C = ${strength}`, async () => {
      const options = { ...PRECISE, strength: Number(strength) };
      assertClose(centred(await fitLinear(DENSE, CLASSES, options), 3), expected.classes.flat());
      assertClose(await fitLinear(DENSE, NUMBERS, options), expected.numbers);
    });
  }

  it('has the weights that scikit-learn finds on its own data', async function () {
    this.timeout(60_000);
    const program = [
      'import json; from sklearn.datasets import load_iris, load_diabetes',
      'from sklearn.linear_model import LogisticRegression, Ridge',
      'x, y = load_iris(return_X_y=True); m = LogisticRegression(C=2, tol=1e-10, max_iter=10000).fit(x, y)',
      'u, t = load_diabetes(return_X_y=True); u = u * 21; r = Ridge(alpha=1 / 3).fit(u, t / 77)',
      'c = m.intercept_ - m.intercept_.mean()',
      'out = [[x.tolist(), y.tolist(), m.coef_.T.ravel().tolist() + c.tolist()],',
      '       [u.tolist(), (t / 77).tolist(), r.coef_.tolist() + [r.intercept_]]]',
      'print(json.dumps(out))',
    ];
    const found = JSON.parse(python(this, ['sklearn'], program.join('\n'))) as [
      number[][],
      number[],
      number[],
    ][];
    for (const [i, [rows, values, expected]] of found.entries()) {
      const data = { count: rows.length, width: rows[0]?.length ?? 0, values: rows.flat() };
      const targets = { values, weights: values.map(() => 1), classes: i === 0 ? 3 : 0 };
      const weights = await fitLinear(data, targets, { ...PRECISE, strength: i === 0 ? 2 : 3 });
      assertClose(i === 0 ? centred(weights, 3) : weights, expected, 1e-3);
    }
  });

  it('sees rows that are mostly 0 as it sees all of their numbers', async () => {
    const places = ROWS.flatMap((row, i) =>
      row.flatMap((value, j) => ((i + j) % 3 === 0 ? [{ i, j, value }] : [])),
    );
    const dense = new Float64Array(240);
    for (const { i, j, value } of places) dense[4 * i + j] = value;
    const starts = Int32Array.from({ length: 61 }, (_, row) => places.filter(({ i }) => i < row).length);
    const features = Int32Array.from(places, ({ j }) => j);
    const sparse = { ...DENSE, values: places.map(({ value }) => value), sparse: { starts, features } };
    const options = { ...PRECISE, strength: 1 };
    assertClose(
      await fitLinear(sparse, CLASSES, options),
      [...(await fitLinear({ ...DENSE, values: dense }, CLASSES, options))],
      1e-9,
    );
  });

  it('stops where it is told to between two looks at the data', async () => {
    let looks = 0;
    const pause = (): Promise<void> =>
      ++looks === 3 ? Promise.reject(new Error('stop')) : Promise.resolve();
    await assert.rejects(fitLinear(DENSE, CLASSES, { ...PRECISE, strength: 1, pause }), /stop/);
    assert.equal(looks, 3);
  });
});

describe('the features of texts', () => {
  const examples = (texts: readonly (readonly number[])[]) => ({
    count: texts.length,
    shape: [4],
    inputs: Int32Array.from(texts.flatMap(ids => [...ids, 0, 0, 0, 0].slice(0, 4))),
    labels: {},
  });

  it('are TF-IDF of the words that training has, as scikit-learn computes it', () => {
    // TfidfVectorizer(token_pattern=r'\d+').fit(['2 3 2', '3 4', '3']).transform(['2 2 3 9', '4', '9']).toarray()
    const featurize = fitFeatures('text', examples([[2, 3, 2], [3, 4], [3]]), 100);
    const { width, values, sparse } = featurize(examples([[2, 2, 3, 9], [4], [9]]));
    assert.equal(width, 3);
    assert.deepEqual([...(sparse?.starts ?? [])], [0, 2, 3, 3]);
    const [two, three] = [Math.log(4 / 2) + 1, 1];
    const length = Math.hypot(2 * two, three);
    assertClose(values, [(2 * two) / length, three / length, 1], 1e-12);
  });

  it('are those of the commonest words where there are too many', () => {
    const { width, values } = fitFeatures('text', examples([[5, 3], [3, 2], [3]]), 1)(examples([[2, 3, 5]]));
    assert.equal(width, 1);
    assert.deepEqual([...(values as Float64Array)], [1]);
  });
});

const random = sfc32(11);
const TABLE = Array.from({ length: 400 }, () => {
  const [a, b, c] = [normal(random), normal(random), normal(random)];
  return [a, b, c, a - b > 0 ? 'yes' : 'no', 3 * a + c + 0.3 * normal(random)].join(',');
});
const ANNOTATIONS = [
  '@dataset d task=answer,amount input=tabular:3 num_examples=400 label=answer:answer,amount:amount path=d.csv',
  '@task answer target output=class:2 shares_features_with=amount',
  '@task amount target output=real:1 shares_features_with=answer',
];

describe('the baselines of a pilot', () => {
  let bench: Bench;
  before(() => {
    bench = createBench({ 'd.csv': ['a,b,c,answer,amount', ...TABLE].join('\n') });
  });
  after(() => {
    bench.remove();
  });

  const baselineJobs = ({ jobs }: RunPlan, id = 'baseline-linear'): RunPlan['jobs'] =>
    jobs.filter(job => job.kind === 'trial' && job.arm.id === id);

  it('run first at every size and seed, beside the strategies and none of them', async () => {
    const plan = await bench.plan(ANNOTATIONS, 'answer');
    assert.deepEqual(plan.arms.slice(-2), [
      { id: 'baseline-linear', strategy: 'baseline', from: [] },
      { id: 'boosted-trees', strategy: 'baseline', variant: 'trees', from: [] },
    ]);
    assert.deepEqual(
      plan.jobs.slice(0, 3).map(({ id }) => id),
      ['baseline-linear', 'boosted-trees', 'single-task'].map(id => `${id}-n${plan.sizes.at(-1)}-s1`),
    );
    for (const id of ['baseline-linear', 'boosted-trees'])
      assert.equal(baselineJobs(plan, id).length, plan.sizes.length);
  });

  it('are tested on the examples of all arms, and given as many', async () => {
    const plan = await bench.plan(ANNOTATIONS, 'answer');
    const [linear, trees, control] = await Promise.all(plan.jobs.slice(0, 3).map(job => bench.run(job)));
    for (const own of [linear, trees]) {
      assert.equal(own?.inputs, control?.inputs);
      assert.deepEqual(own?.test?.labels, control?.test?.labels);
      assert.deepEqual(own?.examples, control?.examples);
    }
  });

  it('are piloted alone where a table has no source', async () => {
    const plan = await bench.plan(
      [
        '@dataset d task=answer input=tabular:4 num_examples=400 label=answer path=d.csv',
        '@task answer target output=class:2',
      ],
      'answer',
    );
    assert.deepEqual(
      plan.arms.map(({ id }) => id),
      ['single-task', 'baseline-linear', 'boosted-trees'],
    );
  });

  it('learn as trees what is no line, with the shape and the number that validate best', async () => {
    const rows = TABLE.map(line => line.split(','));
    const signs = rows.map(([a, b]) => (Number(a) * Number(b) > 0 ? 'same' : 'other'));
    writeFileSync(
      path.join(bench.root, 'signs.csv'),
      ['a,b,c,sign', ...rows.map(([a, b, c], i) => [a, b, c, signs[i]].join(','))].join('\n'),
    );
    const annotations = [
      '@dataset d task=sign input=tabular:3 num_examples=400 label=sign path=signs.csv',
      '@task sign target output=class:2',
    ];
    const plan = await bench.plan(annotations, 'sign');
    const [trees, linear] = ['boosted-trees', 'baseline-linear'].map(id => baselineJobs(plan, id).at(-1));
    assert.ok(trees && linear);
    const [one, again, line] = [await bench.run(trees), await bench.run(trees), await bench.run(linear)];
    assert.ok(one.value > 0.9 && line.value < 0.7, `${one.value} and ${line.value}`);
    assert.ok((one.trees?.count ?? 0) >= 20);
    assert.deepEqual({ ...one, seconds: 0 }, { ...again, seconds: 0 });
  });

  it('are kept as trees that another runtime reads, with what predicts by them', async () => {
    const [job] = baselineJobs(await bench.plan(ANNOTATIONS, 'amount'), 'boosted-trees');
    assert.ok(job?.kind === 'trial');
    await bench.run({ ...job, keepModel: true });
    const folder = path.join(bench.folderOf(job.id), 'model');
    assert.deepEqual(readdirSync(folder).sort(), [
      'README.md',
      'model.onnx',
      'predict.py',
      'preprocessing.json',
    ]);
    assert.match(readFileSync(path.join(folder, 'README.md'), 'utf8'), /boosted trees[^]* trees of at most/);
    assert.ok(readFileSync(path.join(folder, 'model.onnx')).includes('TreeEnsembleRegressor'));
  });

  it('learn classes and numbers, with the penalty that validates best', async () => {
    for (const [task, least] of [
      ['answer', 0.93],
      ['amount', 0.97],
    ] as const) {
      const job = baselineJobs(await bench.plan(ANNOTATIONS, task)).at(-1);
      assert.ok(job);
      const [one, again] = [await bench.run(job), await bench.run(job)];
      assert.ok(one.value > least, `${task}: ${one.value}`);
      assert.ok((one.strength ?? 0) > 0);
      assert.deepEqual({ ...one, seconds: 0 }, { ...again, seconds: 0 });
    }
  });

  it('learn texts from their words', async () => {
    const words = { good: ['fine', 'great', 'lovely'], bad: ['awful', 'poor', 'sad'] };
    for (const [label, own] of Object.entries(words)) {
      mkdirSync(path.join(bench.root, 'texts', label), { recursive: true });
      for (let i = 0; i < 60; i++)
        writeFileSync(
          path.join(bench.root, 'texts', label, `${i}.txt`),
          `It was a ${own[i % 3] ?? ''} day for number ${i % 7}.`,
        );
    }
    const annotations = [
      '@dataset t task=mood input=text num_examples=120 label=mood:class path=texts',
      '@dataset u task=other input=text num_examples=120 label=other:class path=texts',
      '@task mood target output=class:2',
      '@task other output=class:2',
    ];
    const job = baselineJobs(await bench.plan(annotations, 'mood')).at(-1);
    assert.ok(job);
    assert.equal((await bench.run(job)).value, 1);
  });

  it('stop when they are told to', async () => {
    const [job] = baselineJobs(await bench.plan(ANNOTATIONS, 'answer'));
    assert.ok(job);
    await assert.rejects(bench.run(job, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
