import { engineError } from '../engine-error';
import { sizeOf } from '../graph/nodes-and-values';
import { type OptimizerSpec, learningRateAt } from './optimizer/optimizers';
import type { Batch, TensorSpec } from './step-definition';
import type { BatchElements } from './step-executor';

/**
 * Stops at a loss that is not a number.
 * @throws EngineError `not-finite`, naming the step and its learning rate.
 */
export function assertFinite(losses: Float32Array, firstStep: number, optimizer: OptimizerSpec): void {
  const bad = losses.findIndex(loss => !Number.isFinite(loss));
  if (bad < 0) return;
  const step = firstStep + bad;
  throw engineError(
    'not-finite',
    `The loss is ${String(losses[bad])} at step ${step}, with learning rate ${learningRateAt(optimizer, step)}. ` +
      'The weights are those from before this chunk. Lower the learning rate, clip the gradients (clipNorm), or look for inputs that are not finite.',
  );
}

/**
 * Checks that a batch (or a chunk of `steps` batches) has every array, of the right kind and length, and no class or
 * word that does not exist.
 * @throws EngineError `bad-shape`, `bad-type` or `bad-value`, naming the array and what was expected.
 */
export function assertBatch(specs: Batch<TensorSpec>, batch: Batch<BatchElements>, steps: number): void {
  if (!Number.isInteger(steps) || steps < 1)
    throw engineError(
      'bad-shape',
      `A chunk of ${steps} steps cannot be run; it should have one or more, in whole numbers.`,
    );
  for (const kind of ['inputs', 'targets', 'masks'] as const) {
    for (const [name, spec] of Object.entries(specs[kind])) {
      const mask = kind === 'targets' ? batch.masks[name] : undefined;
      assertArray(`${kind}.${name}`, batch[kind][name], spec, { steps, mask });
    }
  }
}

interface Within {
  /** How many batches there are. Left out, there is one, without an axis for it. */
  readonly steps?: number;
  /** Where it is zero, any element will do. */
  readonly mask?: BatchElements | undefined;
}

/** Checks one array of a batch. @throws EngineError as `assertBatch` does */
export function assertArray(
  what: string,
  given: BatchElements | undefined,
  spec: TensorSpec,
  { steps, mask }: Within = {},
): asserts given is BatchElements {
  const axes = steps === undefined ? spec.shape : [steps, ...spec.shape];
  const expected = `${spec.type} [${axes.join(', ')}]`;
  if (given === undefined) throw engineError('bad-shape', `${what} is missing; it should be ${expected}.`);
  const isRight = spec.type === 'int32' ? given instanceof Int32Array : given instanceof Float32Array;
  if (!isRight) {
    throw engineError('bad-type', `${what} is a ${given.constructor.name}; it should be ${expected}.`);
  }
  const size = sizeOf(axes);
  if (given.length !== size) {
    throw engineError(
      'bad-shape',
      `${what} has ${given.length} elements; it should be ${expected}, ${size} elements.`,
    );
  }
  if (spec.limit !== undefined) assertWhole(what, given, spec, mask);
}

function assertWhole(
  what: string,
  elements: BatchElements,
  { limit = Infinity, shape }: TensorSpec,
  mask: BatchElements | undefined,
): void {
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i] as number;
    if (element >= 0 && element < limit && element === Math.trunc(element)) continue;
    if (mask?.[Math.floor((i * mask.length) / elements.length)] === 0) continue;
    const [step, within] = [Math.floor(i / sizeOf(shape)), i % sizeOf(shape)];
    const example = Math.floor(within / sizeOf(shape.slice(1)));
    throw engineError(
      'bad-value',
      `${what} has ${element} in example ${example} of step ${step}, both counted from 0; ` +
        `it should be a whole number from 0 to ${limit - 1}.`,
    );
  }
}
