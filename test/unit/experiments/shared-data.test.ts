import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import type { RunPlan } from '../../../src/experiments/plan/plan-run';
import { openDataset } from '../../../src/data';
import type { DataSpec, TrialSpec } from '../../../src/protocol/job-files';
import { wav } from '../data/helpers/wav';
import { type Bench, createBench, numbers, table } from '../training/strategies/jobs';

const sign = ([a = 0, b = 0]: readonly number[]): number => Number(a * b > 0);
const rows = (text: string): string[] => text.trim().split('\n').slice(1);

/** What a dataset of a job holds of a split: one text for each example, its input as it is read. */
async function inputsOf(
  bench: Bench,
  spec: DataSpec,
  split: 'train' | 'validation' | 'test',
): Promise<string[]> {
  const dataset = await openDataset(spec.path, spec.request, { cache: path.join(bench.root, 'cache') });
  const found: string[] = [];
  const width = dataset.shape.reduce((product, axis) => product * axis, 1);
  for await (const { count, inputs } of dataset.read(split))
    for (let row = 0; row < count; row++)
      found.push(Array.from(inputs.subarray(row * width, (row + 1) * width), x => x.toFixed(3)).join());
  return found;
}

function specOf({ jobs }: RunPlan, name: string): DataSpec {
  return (
    jobs.flatMap(({ datasets }) => datasets).find(dataset => dataset.name === name) ??
    assert.fail(`no dataset ${name}`)
  );
}

describe('data that datasets share', function () {
  this.timeout(20_000);
  let bench: Bench;
  before(() => {
    const target = table(300, 4, 1, { y: sign });
    const others = table(500, 4, 2, { z: sign });
    bench = createBench({
      'two.csv': table(400, 4, 3, { a: sign, b: row => 1 - sign(row) }),
      'target.csv': target,
      // The target's rows under another name, in another order, with other numbers of decimals.
      'source.csv': [
        'x3,x2,x1,x0,z',
        ...rows(others).map(row => row.split(',').slice(0, 4).reverse().concat('0').join()),
        ...rows(target).map(row =>
          [
            ...row
              .split(',')
              .slice(0, 4)
              .reverse()
              .map(x => `${x}0`),
            '1',
          ].join(),
        ),
        '',
      ].join('\n'),
    });
    mkdirSync(path.join(bench.root, 'copy'));
    writeFileSync(path.join(bench.root, 'copy/again.csv'), readFileSync(path.join(bench.root, 'two.csv')));
  });
  after(() => {
    bench.remove();
  });

  for (const [how, file] of [
    ['the same file', 'two.csv'],
    ['a copy of it', 'copy/again.csv'],
    ['its folder', 'copy'],
  ] as const)
    it(`keeps the label of another annotation out of the inputs, of ${how}`, async () => {
      const plan = await bench.plan(
        [
          '@dataset one task=a input=tabular:4 num_examples=400 label=a path=two.csv',
          `@dataset other task=b input=tabular:4 num_examples=400 label=b path=${file}`,
          '@task a target shares_features_with=b',
        ],
        'a',
      );
      const single = plan.jobs.find(({ id }) => id.startsWith('single-task')) ?? assert.fail('no control');
      const spec = single.datasets.find(({ name }) => name === 'one') ?? assert.fail('no dataset');
      const { pipeline } = await openDataset(spec.path, spec.request);
      assert.ok(pipeline.input.kind === 'columns');
      assert.deepEqual(
        pipeline.input.columns.map(({ name }) => name),
        ['x0', 'x1', 'x2', 'x3'],
      );
      // The control sees what the other arms see.
      for (const job of plan.jobs)
        assert.deepEqual(
          job.datasets.find(({ name }) => name === 'one'),
          spec,
        );
      // Both are divided alike, so that none of the target's test rows is learned from under the other name.
      const test = new Set(await inputsOf(bench, spec, 'test'));
      const learned = await inputsOf(bench, specOf(plan, 'other'), 'train');
      assert.equal(learned.filter(row => test.has(row)).length, 0);
      assert.equal(learned.length, 320);
      assert.equal(plan.warnings.join(), '');
    });

  it('leaves the validation and test rows of the target out of a source, and says how many', async () => {
    const plan = await bench.plan(
      [
        '@dataset target task=y input=tabular:4 num_examples=300 label=y path=target.csv',
        '@dataset source task=z input=tabular:4 num_examples=800 label=z path=source.csv',
        '@task y target shares_features_with=z',
      ],
      'y',
    );
    const held = [
      ...(await inputsOf(bench, specOf(plan, 'target'), 'validation')),
      ...(await inputsOf(bench, specOf(plan, 'target'), 'test')),
    ];
    assert.equal(held.length, 60);
    const source = specOf(plan, 'source');
    const { pipeline } = await openDataset(specOf(plan, 'target').path, specOf(plan, 'target').request);
    const request = { ...source.request, input: { ...source.request.input, fitted: pipeline.input } };
    for (const split of ['train', 'validation', 'test'] as const) {
      const seen = await inputsOf(bench, { ...source, request }, split);
      assert.ok(seen.length > 0);
      assert.equal(seen.filter(row => held.includes(row)).length, 0, split);
    }
    assert.match(plan.warnings.join('\n'), /60 examples of source are not trained on/);
    const pretraining = plan.jobs.find(({ kind }) => kind === 'pretrain') ?? assert.fail('no pre-training');
    const { examples } = await bench.run({
      ...pretraining,
      settings: { ...pretraining.settings, maxSteps: 2 },
    });
    assert.ok(examples.train <= 800 - 60, String(examples.train));
  });

  it('leaves out members of groups that are held out, where the columns are called the same', async () => {
    const next = numbers(9);
    const grouped = (count: number, label: string): string =>
      `x0,patient,${label}\n${Array.from({ length: count }, (_, i) => `${next()},p${i % 10},${Math.floor(i / 10) % 2}`).join('\n')}\n`;
    writeFileSync(path.join(bench.root, 'g1.csv'), grouped(200, 'y'));
    writeFileSync(path.join(bench.root, 'g2.csv'), grouped(300, 'z'));
    const plan = await bench.plan(
      [
        '@dataset target task=y input=tabular:1 num_examples=200 label=y group=patient path=g1.csv',
        '@dataset source task=z input=tabular:1 num_examples=300 label=z group=patient path=g2.csv',
        '@task y target shares_features_with=z',
      ],
      'y',
    );
    // Two of ten patients are held out.
    assert.match(plan.warnings.join('\n'), /60 examples of source are not trained on/);
  });

  it('finds images of another size and sounds of another loudness again, and nothing that only resembles them', async () => {
    const next = numbers(5);
    const shapes = Array.from({ length: 40 }, () => Array.from({ length: 64 }, next));
    const image = (cells: readonly number[], side: number, height = side): Uint8Array =>
      encode({
        width: side,
        height,
        channels: 3,
        data: Uint8Array.from({ length: side * height * 3 }, (_, i) => {
          const pixel = Math.floor(i / 3);
          const [x, y] = [((pixel % side) * 8) / side, (Math.floor(pixel / side) * 8) / height].map(
            Math.floor,
          );
          return 255 * (cells[(y ?? 0) * 8 + (x ?? 0)] ?? 0);
        }),
      });
    const sound = (cells: readonly number[], loudness: number): Uint8Array =>
      wav(
        Array.from(
          { length: 4000 },
          (_, i) => loudness * 9000 * (cells[Math.floor(i / 63)] ?? 0) * Math.sin(i),
        ),
      );
    const write = (name: string, bytes: Uint8Array): void => {
      const file = path.join(bench.root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    };
    shapes.forEach((cells, i) => {
      write(`images/${i % 2 ? 'a' : 'b'}/${i}.png`, image(cells, 24));
      write(`sounds/${i % 2 ? 'a' : 'b'}/${i}.wav`, sound(cells, 1));
      // Of every other one there is a copy that is larger and stretched, or softer; the rest is new.
      const other = i % 4 < 2 ? cells : Array.from({ length: 64 }, next);
      write(`more-images/${i % 3 ? 'c' : 'd'}/x${i}.png`, image(other, 48, 64));
      write(`more-sounds/${i % 3 ? 'c' : 'd'}/x${i}.wav`, sound(other, 0.5));
    });
    const shares = { train: 0.5, validation: 0.25, test: 0.25 };
    for (const kind of ['images', 'sounds']) {
      const labels = { t: { column: 'class' } };
      const held = { path: path.join(bench.root, kind), request: { labels, shares } };
      const source = await openDataset(path.join(bench.root, `more-${kind}`), { labels, apart: [held] });
      const target = await openDataset(held.path, held.request);
      const { validation = 0, test = 0 } = target.examples;
      assert.equal(validation + test, 20, kind);
      // About half of the twenty have a copy.
      assert.ok(source.apart >= 5 && source.apart <= 15, `${kind}: ${source.apart}`);
      const left = Object.values(source.examples).reduce((sum, count) => sum + count, 0);
      assert.equal(left, 40 - source.apart);
    }
  });

  it('keeps what differs, though many rows of a small table repeat', async () => {
    const few = (label: string): string =>
      `c,${label}\n${Array.from({ length: 200 }, (_, i) => `${i % 3},${i % 2}`).join('\n')}\n`;
    writeFileSync(path.join(bench.root, 'f1.csv'), few('y'));
    writeFileSync(path.join(bench.root, 'f2.csv'), few('z'));
    const plan = await bench.plan(
      [
        '@dataset target task=y input=tabular:1 num_examples=200 label=y path=f1.csv',
        '@dataset source task=z input=tabular:1 num_examples=200 label=z path=f2.csv',
        '@task y target shares_features_with=z',
      ],
      'y',
    );
    assert.ok(!/not trained on/.test(plan.warnings.join('\n')));
  });

  it('compares the same inputs in every arm', async () => {
    const plan = await bench.plan(
      [
        '@dataset one task=a input=tabular:4 num_examples=400 label=a path=two.csv',
        '@dataset other task=b input=tabular:4 num_examples=400 label=b path=two.csv',
        '@task a target shares_features_with=b',
      ],
      'a',
    );
    const trials = plan.jobs.filter(
      (job): job is TrialSpec => job.kind === 'trial' && job.n === plan.sizes[0],
    );
    const seen = new Set<string>();
    for (const trial of trials) {
      const { inputs } = await bench.run({ ...trial, settings: { ...trial.settings, maxSteps: 2 } });
      seen.add(inputs ?? assert.fail('it does not say what it saw'));
    }
    assert.ok(trials.length > 2);
    assert.equal(seen.size, 1);
  });
});
