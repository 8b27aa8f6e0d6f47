import { LayersModel, type SymbolicTensor, type layers } from '@tensorflow/tfjs-layers';
import { engineError } from '../engine-error';
import type { Batch, LossSpec, StepDefinition, TensorSpec } from './step-definition';

/** What a sequential model has beside the rest; its inner model exists once it is built. */
interface Sequential {
  readonly model?: LayersModel | null;
  build(): void;
}

/** The functional model behind a sequential one, which alone has names for its inputs and outputs. */
export function functionalModel(model: LayersModel): LayersModel {
  if (model.getClassName() !== 'Sequential') return model;
  const sequential = model as unknown as Sequential;
  if (!sequential.model) sequential.build();
  return sequential.model ?? model;
}

/** Applies `map` to everything in a batch; names are unique across its three parts. */
export function mapBatch<T, U>(batch: Batch<T>, map: (value: T, name: string) => U): Batch<U> {
  const part = (kind: keyof Batch<T>): Record<string, U> =>
    Object.fromEntries(
      Object.entries(batch[kind]).map(([name, value]) => [name, map(value, `${kind}.${name}`)]),
    );
  return { inputs: part('inputs'), targets: part('targets'), masks: part('masks') };
}

/** The tensors of one batch of a step. */
export function batchSpecs(definition: StepDefinition): Batch<TensorSpec> {
  const { losses, batchSize } = definition;
  const model = functionalModel(definition.model);
  const outputs = Object.entries(losses).map(
    ([name, spec]) => [name, spec, outputShape(model, name, batchSize)] as const,
  );
  return {
    inputs: inputSpecs(model, batchSize),
    targets: Object.fromEntries(outputs.map(([name, spec, shape]) => [name, targetSpec(spec, shape)])),
    masks: Object.fromEntries(
      outputs
        .filter(([, spec]) => spec.mask !== undefined)
        .map(([name, spec, shape]) => [name, maskSpec(spec, shape)]),
    ),
  };
}

/** The tensors that the model reads. */
export function inputSpecs(model: LayersModel, batchSize: number): Record<string, TensorSpec> {
  return Object.fromEntries(
    model.inputs.map((input, i) => [
      model.inputNames[i] as string,
      {
        shape: complete(input.shape, batchSize, `input "${input.name}"`),
        type: input.dtype === 'int32' ? 'int32' : 'float32',
        ...limited(wordsOf(input, new Set(model.layers))),
      } as const,
    ]),
  );
}

function limited(limit: number | undefined): Pick<TensorSpec, 'limit'> {
  return limit === undefined || limit === Infinity ? {} : { limit };
}

/** How many rows the embeddings have that read an input as it is; infinitely many where none does. */
function wordsOf(input: SymbolicTensor, within: ReadonlySet<layers.Layer>): number {
  const readers = input.sourceLayer.outboundNodes
    .map(({ outboundLayer }) => outboundLayer)
    .filter(layer => within.has(layer));
  return Math.min(Infinity, ...readers.map(rowsOf));
}

function rowsOf(reader: layers.Layer): number {
  if (reader.getClassName() === 'Embedding') return Number(reader.getConfig()['inputDim']);
  const inner = reader instanceof LayersModel ? functionalModel(reader) : undefined;
  const [first, ...others] = inner?.inputs ?? [];
  return inner && first && others.length === 0 ? wordsOf(first, new Set(inner.layers)) : Infinity;
}

function outputShape(model: LayersModel, name: string, batchSize: number): number[] {
  const output = model.outputs[model.outputNames.indexOf(name)];
  if (output === undefined) {
    throw engineError(
      'bad-option',
      `The model has no output "${name}" to put a loss on; its outputs are ${model.outputNames.join(', ')}.`,
    );
  }
  return complete(output.shape, batchSize, `output "${name}"`);
}

function complete(shape: readonly (number | null)[], batchSize: number, what: string): number[] {
  return shape.map((dimension, axis) => {
    const known = axis === 0 ? batchSize : dimension;
    if (known === null) {
      throw engineError(
        'bad-shape',
        `Axis ${axis} of ${what} has no size. Compiled steps need one: build the model with it.`,
      );
    }
    return known;
  });
}

function targetSpec(spec: LossSpec, shape: readonly number[]): TensorSpec {
  const classes = spec.kind === 'softmaxCrossEntropy' && spec.targets !== 'probabilities';
  if (!classes) return { shape, type: 'float32' };
  return { shape: shape.slice(0, -1), type: 'int32', ...limited(shape.at(-1)) };
}

function maskSpec(spec: LossSpec, shape: readonly number[]): TensorSpec {
  const labels = spec.kind === 'softmaxCrossEntropy' ? shape.slice(0, -1) : shape;
  return { shape: spec.mask === 'example' ? shape.slice(0, 1) : labels, type: 'float32' };
}
