import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UserError } from '../../../src/common/errors';
import type { Problem } from '../../../src/language/learning-problem';
import { planPilot, planTraining } from '../../../src/experiments/plan/plan-run';
import type { PlanOptions } from '../../../src/experiments/plan/prepare-plan';
import { problemOf } from '../advisor/helpers';

const DATA = path.resolve(import.meta.dirname, '../../../examples/numbers/data');
const NUMBERS: Problem = problemOf(
  '@dataset numbers task=by3,by7,prime input=tabular:10 num_examples=1024 label=by3:by_3,by7:by_7,prime:prime path=data',
  '@task prime target output=class:2 shares_features_with=by3,by7',
);

describe('the plan of a pilot', () => {
  let cache: string;
  before(() => {
    cache = mkdtempSync(path.join(tmpdir(), 'plan-'));
  });
  after(() => {
    rmSync(cache, { recursive: true });
  });
  const options = (): PlanOptions => ({
    cache,
    locate: dataset => (dataset.path === undefined ? undefined : { kind: 'local', path: DATA, exists: true }),
  });

  it('goes up to all labelled training examples, all of them first, the baselines and the control first in every round', async () => {
    const plan = await planPilot(NUMBERS, 'prime', options());
    assert.equal(plan.available, 492);
    assert.deepEqual(plan.sizes, [10, 26, 70, 190, 492]);
    assert.equal(plan.jobs.length, 5 * (4 * 3 + 5));
    assert.deepEqual(
      plan.jobs.slice(0, 6).map(({ id }) => id),
      [
        'baseline-linear-n492-s1',
        'boosted-trees-n492-s1',
        'single-task-n492-s1',
        'multitask-joint-n492-s1',
        'multitask-fine-tuned-n492-s1',
        'baseline-linear-n492-s2',
      ],
    );
    const sizes = plan.jobs.flatMap(job => (job.kind === 'trial' ? [job.n] : []));
    assert.deepEqual([...new Set(sizes)], [492, 10, 26, 70, 190]);
    assert.equal(new Set(plan.jobs.map(({ id }) => id)).size, plan.jobs.length);
    assert.match(plan.warnings.join(), /transfer is not compared: .*same examples/);
  });

  it('is the same each time', async () => {
    assert.deepEqual(
      await planPilot(NUMBERS, 'prime', options()),
      await planPilot(NUMBERS, 'prime', options()),
    );
  });

  it('takes the sizes and seeds that are asked for, as far as there is data', async () => {
    const plan = await planPilot(NUMBERS, 'prime', { ...options(), sizes: [100, 50, 5000], seeds: 2 });
    assert.deepEqual(plan.sizes, [50, 100]);
    assert.deepEqual(plan.seeds, [1, 2]);
    assert.match(plan.warnings.join(), /Only 492 labelled examples/);
  });

  it('gives every arm the same settings, and the same splits for a seed', async () => {
    const { jobs } = await planPilot(NUMBERS, 'prime', options());
    const splits = new Map(jobs.map(({ seed, datasets }) => [seed, datasets]));
    for (const job of jobs) {
      assert.deepEqual(job.settings, jobs[0]?.settings);
      assert.deepEqual(job.datasets, splits.get(job.seed));
    }
  });

  it('tests every seed on other examples where no test split is given, and only then', async () => {
    const given = await planPilot(NUMBERS, 'prime', options());
    assert.ok(given.jobs.every(({ fold }) => fold === undefined));
    const file = path.join(cache, 'rows.csv');
    writeFileSync(
      file,
      `a,b,by_3,by_7,prime\n${Array.from({ length: 400 }, (_, i) => `${i},${i * i},${i % 3},${i % 7},${i % 2}`).join('\n')}\n`,
    );
    const whole: PlanOptions = { ...options(), locate: () => ({ kind: 'local', path: file, exists: true }) };
    const { jobs } = await planPilot(NUMBERS, 'prime', whole);
    for (const { seed, fold, datasets } of jobs)
      assert.deepEqual(
        [fold, ...datasets.map(({ request }) => request.fold)],
        [seed - 1, ...datasets.map(() => seed - 1)],
      );
    const trained = await planTraining(NUMBERS, 'prime', whole);
    assert.ok(
      trained.jobs.every(
        ({ fold, datasets }) => fold === undefined && datasets[0]?.request.fold === undefined,
      ),
    );
  });

  it('refuses data that leaves nothing to test, and says why', async () => {
    const row = (i: number): Record<string, string> => ({
      a: String(i),
      b: String((i * 37) % 11),
      person: 'p1',
      team: `team ${i % 3}`,
      day: 'one day',
      y: String(i % 2),
      name: `n${i}`,
      level: '4.5',
    });
    const file = path.join(cache, 'odd.csv');
    const rows = Array.from({ length: 200 }, (_, i) => row(i));
    const lines = [Object.keys(row(0)), ...rows.map(each => Object.values(each))].map(cells => cells.join());
    writeFileSync(file, lines.join('\n'));
    const refused = async (keys: string, output: string, message: RegExp, at = file): Promise<void> => {
      const problem = problemOf(
        `@dataset d task=t input=tabular:9 num_examples=200 path=d.csv ${keys}`,
        `@task t target output=${output}`,
      );
      await assert.rejects(
        planPilot(problem, 't', {
          ...options(),
          locate: () => ({ kind: 'local', path: at, exists: true }),
        }),
        { message },
        keys,
      );
    };
    await refused('label=t:y group=person', 'class:2', /0 labelled test .* one group \(group=person\)/);
    await refused('label=t:y time=day', 'class:2', /0 labelled test .* No cell of day \(time=day\)/);
    await refused('label=t:name', 'class:200', /200 labelled examples have 200 different labels/);
    await refused('label=t:level', 'real', /^Every label of t is 4\.5: /);
    await refused('label=t:y features=y', 'class:2', /features= names no input, .*: y\. Name columns/);
    const folder = path.join(cache, 'halves');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'train.csv'), lines.join('\n'));
    const alike = lines.slice(1, 31).map(line => line.replace(/^\d+/, '3'));
    writeFileSync(path.join(folder, 'test.csv'), [lines[0], ...alike].join('\n'));
    await refused('label=t:a', 'real', /^Every label of the test split of t is 3, /, folder);
    writeFileSync(file, lines.slice(0, 61).join('\n'));
    await refused('label=t:y', 'class:2', /A tenth of the 60 labelled examples/);
  });

  it('refuses what cannot be trained, at the annotation', async () => {
    const noPath = problemOf('@dataset d task=t num_examples=100', '@dataset e task=u num_examples=100');
    await assert.rejects(planPilot(noPath, 't', options()), /has no path=/);
    const boxes = problemOf('@dataset d task=t num_examples=100 path=x', '@task t output=box');
    await assert.rejects(planPilot(boxes, 't', options()), {
      message: /train=/,
      location: { file: 'train.py', line: 2 },
    });
    const alone = problemOf('@dataset d task=prime path=data num_examples=9');
    const program = { command: ['train'], cwd: '/' };
    await assert.rejects(planPilot(alone, 'prime', { ...options(), program }), /No strategy to compare/);
  });

  describe('of two tables, one of which has no column that can be an input', () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'plan-tables-'));
      const rows = Array.from({ length: 200 }, (_, i) => i);
      writeFileSync(
        path.join(folder, 'good.csv'),
        ['size,label', ...rows.map(i => `${i % 17},${i % 2 === 0 ? 'a' : 'b'}`)].join('\n'),
      );
      writeFileSync(
        path.join(folder, 'bad.csv'),
        ['name,size,value', ...rows.map(i => `row ${i} of ${i * 7},,${i % 3}`)].join('\n'),
      );
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });
    const problem = problemOf(
      '@dataset mine task=mine input=tabular num_examples=200 label=label path=good.csv',
      '@task mine target output=class:2 shares_features_with=theirs',
      '@dataset theirs task=theirs input=tabular num_examples=20000 label=value path=bad.csv',
      '@task theirs output=class:3',
    );
    const inFolder = (): PlanOptions => ({
      cache,
      locate: dataset =>
        dataset.path === undefined
          ? undefined
          : { kind: 'local', path: path.join(folder, dataset.path), exists: true },
    });

    it('leaves it out as a source, naming the dataset', async () => {
      const plan = await planPilot(problem, 'mine', inFolder());
      assert.match(
        plan.warnings.join('\n'),
        /^theirs is left out: Dataset theirs \(bad\.csv\): None of the columns name, size can be used as input$/m,
      );
      assert.doesNotMatch(JSON.stringify(plan.jobs), /bad\.csv/);
      assert.ok(plan.arms.every(({ from }) => from.length === 0));
    });

    it('refuses it as the target, at the annotation', async () => {
      await assert.rejects(planPilot(problem, 'theirs', inFolder()), (error: UserError) => {
        assert.match(error.message, /^Dataset theirs \(bad\.csv\): None of the columns/);
        assert.equal(error.location?.line, 3);
        return true;
      });
    });

    it('does not read it where no column is in common', async () => {
      const other = path.join(folder, 'bad.csv');
      const rows = Array.from({ length: 200 }, (_, i) => `row ${i} of ${i * 7},${i % 3}`);
      writeFileSync(other, ['name,value', ...rows].join('\n'));
      const plan = await planPilot(problem, 'mine', inFolder());
      assert.match(plan.warnings.join('\n'), /mine and theirs have no input column in common/);
      assert.doesNotMatch(JSON.stringify(plan.jobs), /bad\.csv/);
    });
  });

  it('trains boosted trees where they are asked for', async () => {
    const { arms, jobs } = await planTraining(NUMBERS, 'prime', { ...options(), arm: 'boosted-trees' });
    assert.deepEqual(
      arms.map(({ variant }) => variant),
      ['trees'],
    );
    assert.deepEqual(
      jobs.map(({ id }) => id),
      ['boosted-trees-n492-s1'],
    );
  });

  it('trains the recommended arm on all data, and any other that is allowed', async () => {
    const plan = await planTraining(NUMBERS, 'prime', options());
    assert.deepEqual(
      plan.jobs.map(job => job.kind === 'trial' && [job.id, job.keepModel]),
      [['multitask-joint-n492-s1', true]],
    );
    const single = await planTraining(NUMBERS, 'prime', { ...options(), arm: 'end-to-end' });
    assert.equal(single.arms[0]?.id, 'single-task');
    await assert.rejects(planTraining(NUMBERS, 'prime', { ...options(), arm: 'transfer' }), /same examples/);
    await assert.rejects(
      planTraining(NUMBERS, 'prime', { ...options(), arm: 'magic' }),
      /Available: single-task/,
    );
  });
});

describe('jobs that pre-train', () => {
  it('stand once for each seed, before the trials that start from them', async () => {
    const problem = problemOf(
      '@dataset a task=by3 input=tabular:10 num_examples=1024 label=by_3 path=data',
      '@dataset b task=prime input=tabular:10 num_examples=1024 label=prime path=data',
      '@task prime target shares_features_with=by3',
    );
    const cache = mkdtempSync(path.join(tmpdir(), 'plan-'));
    const plan = await planPilot(problem, 'prime', {
      cache,
      seeds: 2,
      sizes: [20, 40],
      locate: () => ({ kind: 'local', path: DATA, exists: true }),
    });
    rmSync(cache, { recursive: true });
    const ids = plan.jobs.map(({ id }) => id);
    assert.deepEqual(
      ids.filter(id => id.startsWith('pretrain')),
      ['pretrain-s1', 'pretrain-s2'],
    );
    for (const job of plan.jobs)
      for (const need of job.needs) assert.ok(ids.indexOf(need) < ids.indexOf(job.id), job.id);
    const transfer = plan.jobs.find(({ id }) => id === 'transfer-full-n40-s2');
    assert.deepEqual(transfer?.needs, ['pretrain-s2']);
    // Whoever pre-trains spends no more steps than the others.
    const stepsOf = (id: string): number => plan.jobs.find(job => job.id === id)?.settings.maxSteps ?? NaN;
    const total = stepsOf('pretrain-s2') + stepsOf('transfer-full-n40-s2');
    for (const arm of ['single-task', 'multitask-joint', 'multitask-fine-tuned'])
      assert.equal(stepsOf(`${arm}-n40-s2`), total, arm);
  });
});
