import {
  type Message,
  attributeProto,
  bytesField,
  encodeMessage,
  intField,
  messageField,
  stringField,
  valueInfoProto,
} from '../onnx/onnx-protobuf';
import {
  GraphProto,
  ModelProto,
  NodeProto,
  OperatorSetIdProto,
  StringStringEntryProto,
  TensorProto,
  TensorProto_DataType as DataType,
} from '../onnx/generated/onnx-schema';
import type { Attribute } from '../graph/nodes-and-values';
import type { FeatureCut } from './find-features';
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './onnx-graph';

/** A linear layer on features. */
export interface LinearHead {
  /** `[width, outputs]`, row by row. */
  readonly weights: Float32Array;
  /** `[outputs]` */
  readonly constants: Float32Array;
  /** What follows it. */
  readonly activation: 'softmax' | 'sigmoid' | 'none';
}

/** The output of an encoder, and of one with a head, where the model has no value of that name. */
const [FEATURES, OUTPUTS] = ['features', 'outputs'];

/** The inputs that a value depends on. */
export function inputsOf(model: OnnxModel, value: string): readonly OnnxValue[] {
  const needed = neededFor(model.graph, value);
  return model.graph.inputs.filter(({ name }) => needed.values.has(name));
}

/** The weights that a value depends on. */
export function weightsOf(model: OnnxModel, value: string): readonly OnnxTensor[] {
  const needed = neededFor(model.graph, value);
  return [...model.graph.initializers.values()].filter(({ name }) => needed.values.has(name));
}

/**
 * The bytes of an ONNX file that computes the features of a cut, or with a head predictions, from the model's own inputs.
 * What is kept of the model keeps its bytes.
 *
 * @param external elements of weights that the file has elsewhere, by name
 * @param mask the input that tells tokens from padding, where features are their mean
 * @returns a model with one output, `[batch, width]`: `features`, or with a head `outputs`
 */
export function encoderModel(
  model: OnnxModel,
  cut: FeatureCut,
  options: {
    readonly external: ReadonlyMap<string, Uint8Array>;
    readonly mask?: string | undefined;
    readonly head?: LinearHead;
    readonly metadata?: Readonly<Record<string, string>>;
  },
): Uint8Array {
  const { nodes } = neededFor(model.graph, cut.value);
  const opset = model.opsets.get('') ?? 1;
  const added = createNodes();
  const pooled = pool(cut, { added, opset, mask: options.mask });
  const normalized = cut.normalize ? added.add('LpNormalization', [pooled], { axis: 1, p: 2 }) : pooled;
  const output = freeName(model, options.head ? OUTPUTS : FEATURES);
  const result = options.head ? addHead(options.head, normalized, added) : normalized;
  added.add('Identity', [result], {}, output);
  return encodeMessage([
    intField(ModelProto.ir_version, model.irVersion),
    stringField(ModelProto.producer_name, 'strategy-advisor'),
    messageField(ModelProto.graph, [
      ...nodes.map(({ message }) => bytesField(asBytes(GraphProto.node), message)),
      ...added.nodes,
      stringField(GraphProto.name, 'encoder'),
      ...weightsOf(model, cut.value).map(tensor => weightField(tensor, options.external)),
      ...added.weights,
      ...inputsOf(model, cut.value).map(({ message }) => bytesField(asBytes(GraphProto.input), message)),
      valueInfoProto(GraphProto.output, output, 'float32', undefined),
    ]),
    ...[...model.opsets].map(([domain, version]) =>
      messageField(ModelProto.opset_import, [
        stringField(OperatorSetIdProto.domain, domain),
        intField(OperatorSetIdProto.version, version),
      ]),
    ),
    ...model.functions.map(({ message }) => bytesField(asBytes(ModelProto.functions), message)),
    ...Object.entries(options.metadata ?? {}).map(([key, value]) =>
      messageField(ModelProto.metadata_props, [
        stringField(StringStringEntryProto.key, key),
        stringField(StringStringEntryProto.value, value),
      ]),
    ),
  ]);
}

/** A name that no value of the model has. */
function freeName({ graph }: OnnxModel, wanted: string): string {
  const taken = new Set([
    ...graph.inputs.map(({ name }) => name),
    ...graph.initializers.keys(),
    ...graph.nodes.flatMap(({ outputs }) => outputs),
  ]);
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}

/** A message is written like bytes: with its length before it. */
function asBytes({ number }: { readonly number: number }): {
  readonly number: number;
  readonly type: 'bytes';
} {
  return { number, type: 'bytes' };
}

function weightField(tensor: OnnxTensor, external: ReadonlyMap<string, Uint8Array>): Message {
  const elements = external.get(tensor.name);
  if (!elements) return bytesField(asBytes(GraphProto.initializer), tensor.message);
  return weightMessage(tensor.name, tensor.shape, tensor.type, elements);
}

function weightMessage(name: string, shape: readonly number[], type: number, raw: Uint8Array): Message {
  return messageField(GraphProto.initializer, [
    ...shape.map(axis => intField(TensorProto.dims, axis)),
    intField(TensorProto.data_type, type),
    stringField(TensorProto.name, name),
    bytesField(TensorProto.raw_data, raw),
  ]);
}

interface NewNodes {
  readonly nodes: Message[];
  readonly weights: Message[];
  /** @returns the name of what the node gives */
  add(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    output?: string,
  ): string;
  constant(shape: readonly number[], type: number, elements: Float32Array | BigInt64Array): string;
}

function createNodes(): NewNodes {
  const nodes: Message[] = [];
  const weights: Message[] = [];
  let count = 0;
  const newName = (of: string): string => `strategy-advisor/${of}_${count++}`;
  return {
    nodes,
    weights,
    add(op, inputs, attributes = {}, output = newName(op)) {
      nodes.push(
        messageField(GraphProto.node, [
          ...inputs.map(input => stringField(NodeProto.input, input)),
          stringField(NodeProto.output, output),
          stringField(NodeProto.name, newName(op)),
          stringField(NodeProto.op_type, op),
          ...Object.entries(attributes).map(([name, value]) =>
            attributeProto(NodeProto.attribute, name, value, () => []),
          ),
        ]),
      );
      return output;
    },
    constant(shape, type, elements) {
      const name = newName('constant');
      weights.push(
        weightMessage(
          name,
          shape,
          type,
          new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength),
        ),
      );
      return name;
    },
  };
}

interface PoolOptions {
  readonly added: NewNodes;
  readonly opset: number;
  readonly mask: string | undefined;
}

/** From opset 13 on, axes are an input of `ReduceSum` and `Unsqueeze`, before an attribute. */
const AXES_AS_INPUT = 13;

/** Adds nodes that make one vector of each example. */
function pool({ value, pooling }: FeatureCut, { added, opset, mask }: PoolOptions): string {
  const float = added.add('Cast', [value], { to: DataType.FLOAT });
  const axes = (
    of: number,
  ): { readonly inputs: readonly string[]; readonly attributes: Readonly<Record<string, Attribute>> } =>
    opset >= AXES_AS_INPUT
      ? { inputs: [added.constant([1], DataType.INT64, BigInt64Array.of(BigInt(of)))], attributes: {} }
      : { inputs: [], attributes: { axes: [of] } };
  const sumTokens = (of: string): string => {
    const { inputs, attributes } = axes(1);
    return added.add('ReduceSum', [of, ...inputs], { ...attributes, keepdims: 0 });
  };
  switch (pooling) {
    case 'none':
      return added.add('Flatten', [float], { axis: 1 });
    case 'first':
      return added.add('Gather', [float, added.constant([], DataType.INT64, BigInt64Array.of(0n))], {
        axis: 1,
      });
    case 'places':
      return added.add('Flatten', [added.add('GlobalAveragePool', [float])], { axis: 1 });
    case 'mean': {
      if (mask === undefined) return added.add('Flatten', [meanOfAll(float, added)], { axis: 1 });
      const { inputs, attributes } = axes(2);
      const counted = added.add('Cast', [mask], { to: DataType.FLOAT });
      const weights = added.add('Unsqueeze', [counted, ...inputs], attributes);
      const least = added.constant([], DataType.FLOAT, Float32Array.of(1e-9));
      return added.add('Div', [
        sumTokens(added.add('Mul', [float, weights])),
        added.add('Max', [sumTokens(weights), least]),
      ]);
    }
  }
}

/** The mean over tokens: they become places. */
function meanOfAll(value: string, added: NewNodes): string {
  return added.add('GlobalAveragePool', [added.add('Transpose', [value], { perm: [0, 2, 1] })]);
}

function addHead({ weights, constants, activation }: LinearHead, features: string, added: NewNodes): string {
  const outputs = constants.length;
  const logits = added.add('Gemm', [
    features,
    added.constant([weights.length / outputs, outputs], DataType.FLOAT, weights),
    added.constant([outputs], DataType.FLOAT, constants),
  ]);
  if (activation === 'none') return logits;
  return activation === 'softmax'
    ? added.add('Softmax', [logits], { axis: 1 })
    : added.add('Sigmoid', [logits]);
}

/** The nodes that a value is computed by, in the file's order, and all values that they use. */
function neededFor(
  { nodes }: OnnxGraph,
  value: string,
): { readonly nodes: readonly OnnxNode[]; readonly values: ReadonlySet<string> } {
  const values = new Set([value]);
  const kept = new Set<OnnxNode>();
  // Nodes stand in the order in which they can run, so one pass from the end finds all.
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some(output => output !== '' && values.has(output))) continue;
    kept.add(node);
    for (const name of usedBy(node)) values.add(name);
  }
  return { nodes: nodes.filter(node => kept.has(node)), values };
}

/** Values that a node uses; graphs inside it see those around them. */
function usedBy(node: OnnxNode): string[] {
  return [
    ...node.inputs.filter(name => name !== ''),
    ...node.subgraphs.flatMap(graph => [
      ...graph.nodes.flatMap(usedBy),
      ...graph.outputs.map(({ name }) => name),
    ]),
  ];
}
