import assert from 'node:assert/strict';
import path from 'node:path';
import type { RunPlan } from '../../../../src/experiments/plan/plan-run';
import type { JobSpec, TrialResult } from '../../../../src/protocol/job-files';
import { createBench, table, type Bench } from './jobs';

/** Hard to see in few rows, and shared by both tables. */
const product = ([a = 0, b = 0]: readonly number[]): boolean => a * b > 0;

const ANNOTATIONS = [
  '@dataset big task=same-sign input=tabular:8 num_examples=3000 label=label path=big.csv',
  '@dataset small task=lucky input=tabular:8 num_examples=400 label=lucky path=small.csv',
  '@task lucky target output=class:2 metric=accuracy shares_features_with=same-sign num_params=10k',
];

async function runAll(
  bench: Bench,
  plan: RunPlan,
  wanted: (job: JobSpec) => boolean,
): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  const needed = new Set(plan.jobs.filter(wanted).flatMap(({ needs }) => needs));
  for (const job of plan.jobs) if (wanted(job) || needed.has(job.id)) results.push(await bench.run(job));
  return results;
}

/** The metric of an arm at a size, with the first seed. */
function valueAt(results: readonly TrialResult[], size: number): (arm: string) => number {
  return arm =>
    results.find(({ id }) => id === `${arm}-n${size}-s1`)?.value ?? assert.fail(`${arm} has no result`);
}

describe('strategies', function () {
  this.timeout(60_000);
  let bench: Bench;
  before(() => {
    bench = createBench({
      'big.csv': table(3000, 8, 1, { label: row => Number(product(row)) }),
      'small.csv': table(400, 8, 2, { lucky: row => (product(row) ? 'yes' : 'no') }),
      'both.csv': table(6000, 8, 3, {
        lucky: row => ((row[7] ?? 0) > 0.8 ? (product(row) ? 'yes' : 'no') : ''),
        plenty: row => Number(product(row)),
      }),
      'stage.csv': table(2000, 4, 4, { shape: ([a = 0]) => (a > 0.3 ? 'disc' : a > -0.3 ? 'box' : 'rod') }),
      'whole.csv': table(300, 4, 5, {
        shape: ([a = 0]) => (a > 0.3 ? 'disc' : a > -0.3 ? 'box' : 'rod'),
        price: ([a = 0]) => (a > 0.3 ? 50 : a > -0.3 ? -20 : 5),
      }),
      'prices.csv': 'shape,price\ndisc,50\nbox,-20\nrod,5\n',
    });
  });
  after(() => {
    bench.remove();
  });

  it('transfer what a source has taught, so that few examples are enough', async () => {
    const plan = await bench.plan(ANNOTATIONS, 'lucky');
    const size = plan.sizes[1] ?? 0;
    assert.ok(size < 60);
    const results = await runAll(bench, plan, job => job.id.includes(`-n${size}-`));
    const value = valueAt(results, size);
    for (const arm of ['transfer-head', 'transfer-gradual', 'transfer-full'])
      assert.ok(value(arm) > value('single-task') + 0.1, `${arm}: ${value(arm)} ${value('single-task')}`);
    // All have been measured on the same examples.
    const labels = results.flatMap(({ test, id }) => (id.startsWith('pretrain') ? [] : [test?.labels]));
    for (const each of labels) assert.deepEqual(each, labels[0]);
  });

  it('learn from another label of the same rows, and not from labels that are missing', async () => {
    const annotations = [
      '@dataset both task=lucky,plenty input=tabular:8 num_examples=6000 label=lucky:lucky,plenty:plenty path=both.csv',
      '@task lucky target output=class:2 metric=accuracy shares_features_with=plenty num_params=10k',
    ];
    const plan = await bench.plan(annotations, 'lucky');
    const size = plan.sizes.at(-2) ?? 0;
    const results = await runAll(bench, plan, job => job.id.includes(`-n${size}-`));
    const value = valueAt(results, size);
    assert.ok(value('multitask-joint') > value('single-task') + 0.05);
    assert.ok(value('multitask-fine-tuned') > value('single-task') + 0.05);
    const joint = results.find(({ id }) => id.startsWith('multitask-joint')) ?? assert.fail('no result');
    // The labels that chose rate and stopping are part of the size.
    assert.equal(joint.examples.train + joint.examples.validation, size);
    assert.ok((joint.tasks?.['plenty']?.value ?? 0) > 0.9, 'the other task was learned along');
  });

  it('chain the stages of a pipeline, and say which of them errs', async () => {
    const plan = await bench.plan(
      [
        '@dataset shapes task=row->shape input=tabular:4 num_examples=2000 label=row->shape:shape path=stage.csv',
        '@dataset prices task=price input=tabular:4 num_examples=300 label=price:price,shape:shape path=whole.csv',
        '@task price target output=real:1 metric=r2',
        '@pipeline price: row -> shape -> price modules=shape->price:prices.csv',
      ],
      'price',
    );
    const results = await runAll(bench, plan, job => job.id.startsWith('pipeline-'));
    const last = results.at(-1) ?? assert.fail('no result');
    assert.ok(last.value > 0.8, `R² ${last.value}`);
    const [learned, engineered] = last.stages ?? [];
    assert.equal(learned?.stage, 'row->shape');
    assert.ok((learned.own?.value ?? 0) > 0.9);
    assert.equal(engineered?.stage, 'shape->price');
  });

  it('transfer from a saved model, whose task then needs no data', async () => {
    const small = ANNOTATIONS.filter(line => !line.startsWith('@dataset big'));
    const sourceAlone = [
      '@dataset big task=same-sign input=tabular:8 num_examples=3000 label=label path=big.csv',
      '@task same-sign target output=class:2 shares_features_with=none num_params=10k',
    ];
    const [source] = (await bench.plan(sourceAlone, 'same-sign', 'single-task')).jobs;
    assert.ok(source);
    await bench.run(source);
    for (const file of ['model', 'model/model.json']) {
      const saved = path.relative(bench.root, path.join(bench.folderOf(source.id), file));
      const plan = await bench.plan(
        [
          ...small,
          '@dataset big task=same-sign input=tabular:8 num_examples=3000',
          `@task same-sign model=${saved}`,
        ],
        'lucky',
      );
      assert.deepEqual(
        plan.jobs.filter(({ kind }) => kind === 'pretrain'),
        [],
      );
      assert.ok(plan.fingerprint.model !== undefined);
      assert.deepEqual(
        new Set(plan.arms.map(({ strategy }) => strategy)),
        new Set(['single-task', 'transfer', 'baseline']),
      );
      const size = plan.sizes[1] ?? 0;
      const results = await runAll(bench, plan, job => job.id.includes(`-n${size}-`));
      const value = valueAt(results, size);
      assert.ok(value('transfer-head') > value('single-task') + 0.1);
    }
  });

  it('say at the annotation where a saved model is missing or none', async () => {
    const annotations = (model: string): string[] => [...ANNOTATIONS, `@task same-sign checkpoint=${model}`];
    await assert.rejects(bench.plan(annotations('nowhere'), 'lucky'), {
      message: /^Cannot read the checkpoint of same-sign: ENOENT/,
      location: { file: 'train.py', line: 4 },
    });
    await assert.rejects(bench.plan(annotations('big.csv'), 'lucky'), /Cannot read the checkpoint of /);
    await assert.rejects(
      bench.plan([...ANNOTATIONS, '@dataset more task=same-sign checkpoint=resnet50'], 'lucky'),
      { message: /checkpoint of same-sign/, location: { file: 'train.py', line: 4 } },
    );
  });

  it('come to the same again', async () => {
    const plan = await bench.plan(ANNOTATIONS, 'lucky', 'transfer-gradual');
    const once = await runAll(bench, plan, () => true);
    const again = await runAll(bench, plan, () => true);
    const timeless = (results: readonly TrialResult[]): unknown =>
      results.map(each => ({ ...each, seconds: 0 }));
    assert.deepEqual(timeless(once), timeless(again));
  });
});
