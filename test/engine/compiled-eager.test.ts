import assert from 'node:assert/strict';
import { benchmarkModels, text } from '../../bench/engine/models';
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

describe('compiled against eager: the networks of the benchmark', function () {
  this.timeout(120_000);
  for (const { name, classes, build } of benchmarkModels) {
    // Few examples and words: TensorFlow.js's own backend needs seconds for a step of 64 images, and finds the
    // gradient of an embedding by looking through all examples for each word.
    const network = name.startsWith('text') ? { model: text(200), losses: build().losses } : build();
    it(name, () =>
      check({ ...network, optimizer: { kind: 'adam', learningRate: 0.001 }, batchSize: 2 }, classes),
    );
  }
});
