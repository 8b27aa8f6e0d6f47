import assert from 'node:assert/strict';
import { benchmarkModels } from '../../bench/engine/models';
import { pytorch, pytorchMissing } from '../../bench/engine/pytorch';
import { compileStep, type StepDefinition } from '../../src/engine';
import { randomChunk } from './models/data';
import { seedWeights } from './models/seeded';

const STEPS = 20;
const LEARNING_RATE = 0.001;
/** Of the weights: from some draws Adam magnifies rounding beyond any tolerance that would still find a fault. */
const SEED = 1;
const missing = pytorchMissing();

describe(`PyTorch from the same weights and batches${missing ? ` (skipped: ${missing})` : ''}`, function () {
  this.timeout(120_000);
  for (const { name, classes, build } of benchmarkModels) {
    it(`has the same losses: ${name}`, async function () {
      if (missing !== undefined) return this.skip();
      const definition: StepDefinition = {
        ...build(),
        optimizer: { kind: 'adam', learningRate: LEARNING_RATE },
        batchSize: 16,
      };
      seedWeights(definition.model, SEED);
      const step = await compileStep(definition);
      const chunk = randomChunk(definition, STEPS, 5, classes);
      const weights = await step.weights();
      const reference = pytorch(name, definition, weights, chunk, {
        steps: STEPS,
        threads: 1,
        learningRate: LEARNING_RATE,
      });
      const { losses } = await step.run(chunk);
      await step.dispose();
      losses.forEach((loss, i) => {
        const expected = reference.losses[i] as number;
        assert.ok(
          Math.abs(loss - expected) < 2e-3 * Math.max(1, expected),
          `step ${i}: ${loss} here, ${expected} in PyTorch`,
        );
      });
      assert.ok(Math.abs((losses[0] as number) - (reference.losses[0] as number)) < 1e-4, 'the first loss');
    });
  }
});
