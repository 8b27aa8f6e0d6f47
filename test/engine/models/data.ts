import { type Chunk, type StepDefinition, batchSpecs } from '../../../src/engine';
import { sizeOf } from '../../../src/engine/graph/nodes-and-values';
import { mapBatch } from '../../../src/engine/training-step/batch-specs';
import { uniform } from '../../../src/engine/training-step/random-draws';

/**
 * Random batches that fit a step, the same for the same seed. Class numbers stay below `classes`; words are any of
 * those that the model's embedding has.
 */
export function randomChunk(definition: StepDefinition, steps: number, seed: number, classes = 4): Chunk {
  let draw = 0;
  const batch = mapBatch(batchSpecs(definition), (spec, path) => {
    const numbers = uniform(steps * sizeOf(spec.shape), seed, 0, draw++);
    if (spec.type === 'int32') {
      const { limit = classes } = spec;
      const count = path.startsWith('inputs.') ? limit : Math.min(limit, classes);
      return Int32Array.from(numbers, x => Math.floor(x * count));
    }
    if (path.startsWith('masks.')) return numbers.map(x => Number(x < 0.6));
    const binary =
      path.startsWith('targets.') && definition.losses[path.slice(8)]?.kind !== 'meanSquaredError';
    return numbers.map(x => (binary ? Number(x < 0.5) : 2 * x - 1));
  });
  return { ...batch, steps };
}
