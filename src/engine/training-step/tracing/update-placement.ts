import { sizeOf } from '../../graph/nodes-and-values';
import { trainableVariables } from '../loss-and-gradients';
import { type OptimizerSpec, updateRule } from '../optimizer/optimizers';
import { type ScatterGradient, scatterGradientOf } from '../optimizer/scatter-gradient';
import { LANES, updateKernels } from '../optimizer/update-kernels';
import type { StepDefinition } from '../step-definition';
import { type TracedStep, traceStep } from './trace-step';

const PAGE = 65536;
const PAGES = 65536;
const BYTES = 4;
/**
 * From so many parameters on, passing over them costs more than leaving the graph after each step. Below it, all of
 * them stay in a processor's second cache anyway, and a chunk of steps runs without returning to JavaScript.
 */
const MIN_ELEMENTS_OUTSIDE_GRAPH = 32768;

/** What is placed: a parameter's elements, and how its gradient comes if not as a whole. */
export interface ParameterLayout {
  readonly size: number;
  readonly scattered?: ScatterGradient | undefined;
}

/** The two tensors that a gradient is summed from. */
export interface Summands {
  readonly indices: Int32Array;
  readonly rows: Float32Array;
}

/** Parameters, gradients and what an optimizer remembers, each parameter's beside those of the others. */
export interface ParameterMemory {
  readonly parameters: readonly Float32Array[];
  readonly gradients: readonly Float32Array[];
  /** By parameter; of those whose gradient is scattered, which is then summed by the update. */
  readonly summands: readonly (Summands | undefined)[];
  /** By slot, then by parameter. */
  readonly slots: readonly (readonly Float32Array[])[];
  /** Updates all parameters by their gradients. @param numbers the rule's scalars at this step */
  readonly update: (numbers: readonly number[]) => void;
}

/** Whether parameters of these sizes are better updated outside of the graph. */
export function isFasterOutsideGraph(sizes: readonly number[]): boolean {
  return sizes.reduce((sum, size) => sum + padded(size), 0) >= MIN_ELEMENTS_OUTSIDE_GRAPH;
}

/**
 * Places parameters, all zero, in a memory where one call updates them all; `undefined` where there is no such memory.
 */
export function allocateParameters(
  spec: OptimizerSpec,
  placed: readonly ParameterLayout[],
): ParameterMemory | undefined {
  const rule = updateRule(spec);
  const starts = startsOf(placed.map(({ size }) => size));
  const elements = starts.at(-1) as number;
  const tensors = 2 + rule.slots;
  const summed = startsOf(
    placed.flatMap(({ scattered }) =>
      scattered ? [sizeOf(scattered.indices.shape), sizeOf(scattered.rows.shape)] : [],
    ),
  );
  const memory = memoryOf((elements * tensors + (summed.at(-1) as number)) * BYTES);
  if (!memory) return undefined;
  const { buffer } = memory;
  const kernels = updateKernels(memory);
  const at = Array.from({ length: tensors }, (_, i) => i * elements * BYTES);
  const views = at.map(start =>
    placed.map(({ size }, i) => new Float32Array(buffer, start + (starts[i] as number) * BYTES, size)),
  );
  const [parameters = [], gradients = [], ...slots] = views;
  let next = 0;
  const place = (): number => (elements * tensors + (summed[next++] as number)) * BYTES;
  const summands = placed.map(({ scattered }): Summands | undefined => {
    if (!scattered) return undefined;
    return {
      indices: new Int32Array(buffer, place(), sizeOf(scattered.indices.shape)),
      rows: new Float32Array(buffer, place(), sizeOf(scattered.rows.shape)),
    };
  });
  return {
    parameters,
    gradients,
    summands,
    slots,
    update(numbers) {
      placed.forEach(({ size, scattered }, i) => {
        const [table, sum] = [gradients[i], summands[i]];
        if (!scattered || !table || !sum) return;
        const { indices, rows } = sum;
        kernels.scatter(
          ...([size, table.byteOffset, scattered.width * BYTES] as const),
          ...([indices.byteOffset, indices.length, rows.byteOffset, scattered.repeat] as const),
        );
      });
      rule.inPlace(kernels, elements, at, numbers);
    },
  };
}

/** Where tensors of these sizes start, one after the other, and where they end. */
function startsOf(sizes: readonly number[]): readonly number[] {
  const starts = [0];
  for (const size of sizes) starts.push((starts.at(-1) as number) + padded(size));
  return starts;
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

export interface PlacedStep {
  readonly step: TracedStep;
  /** Where its parameters lie when they are updated outside of the graph. */
  readonly placed: ParameterMemory | undefined;
}

/** Records a step, with its updates where they are fastest. */
export async function traceWithUpdatePlacement(definition: StepDefinition): Promise<PlacedStep> {
  if (isFasterOutsideGraph(trainableVariables(definition.model).map(({ size }) => size))) {
    const step = await traceStep(definition, 'outside');
    const placed = allocateParameters(
      definition.optimizer,
      step.groups.map(({ before, gradient }) => ({
        size: sizeOf(before.shape),
        scattered: scatterGradientOf(gradient),
      })),
    );
    if (placed) return { step, placed };
  }
  return { step: await traceStep(definition, 'in graph'), placed: undefined };
}
