import assert from 'node:assert/strict';
import { benchmarkModels, text, type BenchmarkModel } from '../../bench/engine/models';
import { compiledAgainstEager } from './models/compare';
import { layerCases, lossCases, optimizerCases, type Case } from './models/cases';

const TOLERANCE = 1e-4;

async function check(definition: Parameters<typeof compiledAgainstEager>[0], classes = 4): Promise<void> {
  const difference = await compiledAgainstEager(definition, classes);
  assert.ok(difference.moved > 1e-4, `training moved the weights by ${difference.moved} only`);
  assert.ok(difference.weights < TOLERANCE, `weights differ by ${difference.weights}`);
  assert.ok(difference.losses < TOLERANCE, `losses differ by ${difference.losses}`);
  assert.ok(difference.evaluation < 10 * TOLERANCE, `inference differs by ${difference.evaluation}`);
}

function cases(title: string, list: readonly Case[]): void {
  describe(`compiled against eager: ${title}`, () => {
    for (const { name, definition } of list) it(name, () => check(definition()));
  });
}

cases('layers', layerCases);
cases('losses', lossCases);
cases('optimizers', optimizerCases);

function networkOf({ name, build }: BenchmarkModel): ReturnType<BenchmarkModel['build']> {
  // Few words: TensorFlow.js's own backend finds the gradient of an embedding by looking through all examples for
  // each word.
  return name.startsWith('text') ? { model: text(200), losses: build().losses } : build();
}

describe('compiled against eager: the networks of the benchmark', function () {
  this.timeout(300_000);
  for (const benchmark of benchmarkModels) {
    // Few examples: TensorFlow.js's own backend needs seconds for a step of 64 images.
    it(benchmark.name, () =>
      check(
        { ...networkOf(benchmark), optimizer: { kind: 'adam', learningRate: 0.001 }, batchSize: 2 },
        benchmark.classes,
      ),
    );
  }
});

describe('compiled against eager: without Adam, which magnifies rounding, ten times as close', function () {
  this.timeout(300_000);
  const quick = benchmarkModels.filter(({ name }) => !name.startsWith('cnn-') && !name.startsWith('text'));
  for (const benchmark of quick) {
    it(`${benchmark.name}, from four draws of weights`, async () => {
      for (const seed of [1, 2, 3, 4]) {
        const difference = await compiledAgainstEager(
          { ...networkOf(benchmark), optimizer: { kind: 'sgd', learningRate: 0.01 }, batchSize: 2 },
          benchmark.classes,
          seed,
        );
        assert.ok(difference.moved > TOLERANCE, `training moved the weights by ${difference.moved} only`);
        assert.ok(
          difference.weights < TOLERANCE / 10,
          `seed ${seed}: weights differ by ${difference.weights}`,
        );
      }
    });
  }
});
