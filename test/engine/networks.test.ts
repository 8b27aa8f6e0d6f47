import assert from 'node:assert/strict';
import { benchmarkModels } from '../../bench/engine/models';
import { compiledAgainstEager, TOLERANCE } from './models/compare';
import { describeNetworks, networkOf } from './models/networks';

// The two that take longest have files of their own, which run beside this one.
describeNetworks(name => !name.startsWith('cnn-'));

describe('compiled against eager: without Adam, which magnifies rounding, ten times as close', function () {
  this.timeout(300_000);
  const quick = benchmarkModels.filter(({ name }) => !name.startsWith('cnn-') && !name.startsWith('text'));
  for (const benchmark of quick) {
    it(`${benchmark.name}, from two draws of weights`, async () => {
      for (const seed of [1, 2]) {
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
