import { EngineError } from '../errors';
import { sizeOf } from '../graph/value';
import type { Batch, StepDefinition } from './definition';
import type { BatchElements } from './executor';
import { learningRateAt, type OptimizerSpec } from './optimizers';
import { batchSpecs } from './ports';

/**
 * Stops at a loss that is not a number.
 * @throws EngineError `not-finite`, naming the step and its learning rate.
 */
export function assertFinite(losses: Float32Array, firstStep: number, optimizer: OptimizerSpec): void {
  const bad = losses.findIndex(loss => !Number.isFinite(loss));
  if (bad < 0) return;
  const step = firstStep + bad;
  throw new EngineError(
    'not-finite',
    `The loss is ${String(losses[bad])} at step ${step}, with learning rate ${learningRateAt(optimizer, step)}. ` +
      'The weights are those from before this chunk. Lower the learning rate, clip the gradients (clipNorm), or look for inputs that are not finite.',
  );
}

/**
 * Checks that a batch (or a chunk of `steps` batches) has every array, of the right kind and length.
 * @throws EngineError `bad-shape` or `bad-type`, naming the array and what was expected.
 */
export function assertBatch(definition: StepDefinition, batch: Batch<BatchElements>, steps: number): void {
  const specs = batchSpecs(definition);
  for (const kind of ['inputs', 'targets', 'masks'] as const) {
    for (const [name, spec] of Object.entries(specs[kind])) {
      const given = batch[kind][name];
      const what = `${kind}.${name}`;
      const expected = `${spec.type} [${[steps, ...spec.shape].join(', ')}]`;
      if (given === undefined)
        throw new EngineError('bad-shape', `${what} is missing; it should be ${expected}.`);
      const wrong = spec.type === 'int32' ? !(given instanceof Int32Array) : !(given instanceof Float32Array);
      if (wrong)
        throw new EngineError(
          'bad-type',
          `${what} is a ${given.constructor.name}; it should be ${expected}.`,
        );
      if (given.length !== steps * sizeOf(spec.shape)) {
        throw new EngineError(
          'bad-shape',
          `${what} has ${given.length} elements; it should be ${expected}, ${steps * sizeOf(spec.shape)} elements.`,
        );
      }
    }
  }
}
