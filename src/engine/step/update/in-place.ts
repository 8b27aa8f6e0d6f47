import { updateRule, type OptimizerSpec } from '../optimizers';
import { updateKernels } from './kernels';

const PAGE = 65536;
const PAGES = 65536;
const BYTES = 4;
/** Elements that a kernel takes at a time. */
const LANES = 4;

/**
 * From so many parameters on, passing over them costs more than leaving the graph after each step. Below it, all of
 * them stay in a processor's second cache anyway, and a chunk of steps runs without returning to JavaScript.
 */
const WORTH_LEAVING = 32768;

/** Parameters, gradients and what an optimizer remembers, each parameter's beside those of the others. */
export interface InPlace {
  readonly parameters: readonly Float32Array[];
  readonly gradients: readonly Float32Array[];
  /** By slot, then by parameter. */
  readonly slots: readonly (readonly Float32Array[])[];
  /** Updates all parameters by their gradients. @param numbers the rule's scalars at this step */
  readonly update: (numbers: readonly number[]) => void;
}

/**
 * Places parameters of these sizes, all zero, in a memory where one call updates them all; `undefined` where they
 * are better updated in the graph, as they are few, or as there is no such memory.
 */
export function placeParameters(spec: OptimizerSpec, sizes: readonly number[]): InPlace | undefined {
  const rule = updateRule(spec);
  const offsets: number[] = [];
  let elements = 0;
  for (const size of sizes) {
    offsets.push(elements);
    elements += padded(size);
  }
  const tensors = 2 + rule.slots;
  const memory = elements < WORTH_LEAVING ? undefined : memoryOf(elements * tensors * BYTES);
  if (!memory) return undefined;
  const kernels = updateKernels(memory);
  const at = Array.from({ length: tensors }, (_, i) => i * elements * BYTES);
  const views = at.map(start =>
    sizes.map((size, i) => new Float32Array(memory.buffer, start + (offsets[i] as number) * BYTES, size)),
  );
  const [parameters = [], gradients = [], ...slots] = views;
  return {
    parameters,
    gradients,
    slots,
    update(numbers) {
      rule.inPlace(kernels, elements, at, numbers);
    },
  };
}

function memoryOf(bytes: number): WebAssembly.Memory | undefined {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > PAGES) return undefined;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function padded(size: number): number {
  return Math.ceil(size / LANES) * LANES;
}
