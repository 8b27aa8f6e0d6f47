import {
  type Attribute,
  type Bindings,
  type Elements,
  type Node,
  type Subgraph,
  type Value,
  placeholderName,
} from '../graph/nodes-and-values';
import { withoutIdleView } from '../graph/tensor-layout';
import {
  GraphProto,
  ModelProto,
  NodeProto,
  OperatorSetIdProto,
  StringStringEntryProto,
} from './generated/onnx-schema';
import {
  type Dimension,
  type Message,
  attributeProto,
  encodeMessage,
  intField,
  messageField,
  stringField,
  tensorProto,
  valueInfoProto,
} from './onnx-protobuf';

/** ONNX operator set 18 (December 2022) and its file version: old enough for every current runtime. */
const OPSET = 18;
const IR_VERSION = 8;

/** A named value at the edge of a model, with its shape where the file should state one. */
export interface Port {
  readonly name: string;
  readonly value: Value;
  readonly shape?: readonly Dimension[];
}

export interface Model {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** Placeholders that are constants after all. */
  readonly bound?: Bindings;
}

/**
 * The bytes of a `.onnx` file that computes `outputs` from `inputs`.
 * @param layers takes the layer of each node, by the node's name: the file does not have it, so that equal steps have
 * equal files whatever their layers are called
 */
export function encodeModel(model: Model, layers?: Map<string, string>): Uint8Array {
  const domains = new Set(['']);
  const graph = encodeGraph('step', model, { domains, layers }, 'v');
  return encodeMessage([
    intField(ModelProto.ir_version, IR_VERSION),
    stringField(ModelProto.producer_name, 'strategy-advisor'),
    messageField(ModelProto.graph, graph),
    ...[...domains].map(domain =>
      messageField(ModelProto.opset_import, [
        stringField(OperatorSetIdProto.domain, domain),
        intField(OperatorSetIdProto.version, domain === '' ? OPSET : 1),
      ]),
    ),
    ...Object.entries(model.metadata ?? {}).map(([key, value]) =>
      messageField(ModelProto.metadata_props, [
        stringField(StringStringEntryProto.key, key),
        stringField(StringStringEntryProto.value, value),
      ]),
    ),
  ]);
}

function encodeGraph(
  name: string,
  { inputs, outputs, bound = new Map() }: Model,
  shared: Shared,
  prefix: string,
): readonly Message[] {
  const names = new Map<Value, string>(inputs.map(port => [port.value, port.name]));
  const encoder: Encoder = {
    names,
    nodes: [],
    initializers: [],
    known: new Map(),
    identities: new Map(),
    domains: shared.domains,
    layers: shared.layers,
    prefix,
    bound,
    outputs: outputNames(inputs, outputs),
  };
  const results = outputs.map(port => {
    const from = visit(encoder, port.value);
    // An input, a constant or a second name for one value needs a node that hands it on.
    if (from !== port.name) {
      encoder.nodes.push(
        messageField(GraphProto.node, [
          stringField(NodeProto.input, from),
          stringField(NodeProto.output, port.name),
          stringField(NodeProto.op_type, 'Identity'),
        ]),
      );
    }
    return valueInfoProto(GraphProto.output, port.name, port.value.type, port.shape ?? port.value.shape);
  });
  return [
    ...encoder.nodes,
    stringField(GraphProto.name, name),
    ...encoder.initializers,
    ...inputs.map(port =>
      valueInfoProto(GraphProto.input, port.name, port.value.type, port.shape ?? port.value.shape),
    ),
    ...results,
  ];
}

/** What a graph shares with those inside it. */
interface Shared {
  readonly domains: Set<string>;
  readonly layers: Map<string, string> | undefined;
}

interface Encoder extends Shared {
  readonly names: Map<Value, string>;
  readonly nodes: Message[];
  readonly initializers: Message[];
  /** Nodes already written, by what they compute: equal expressions are written once. */
  readonly known: Map<string, readonly string[]>;
  readonly identities: Map<object, number>;
  readonly prefix: string;
  readonly bound: Bindings;
  /** Values that are computed under the name of an output, which saves copying them there. */
  readonly outputs: ReadonlyMap<Value, string>;
}

function outputNames(inputs: readonly Port[], outputs: readonly Port[]): Map<Value, string> {
  const taken = new Set(inputs.map(port => port.value));
  const free = outputs.filter(({ value }) => value.data === undefined && !taken.has(value));
  // The first of several outputs with one value gives it its name.
  return new Map(free.reverse().map(({ name, value }) => [value, name]));
}

/** The name of `value`, after writing the nodes that compute it (without recursion: graphs are deep). */
function visit(encoder: Encoder, value: Value): string {
  const stack: Node[] = [value.node];
  while (stack.length > 0) {
    const node = withoutIdleView(stack[stack.length - 1] as Node);
    const pending = node.outputs.every(output => encoder.names.has(output))
      ? []
      : node.inputs.filter((input): input is Value => input !== undefined && !encoder.names.has(input));
    if (pending.length > 0) {
      for (const input of pending.reverse()) stack.push(input.node);
      continue;
    }
    stack.pop();
    if (!node.outputs.every(output => encoder.names.has(output))) write(encoder, node);
  }
  return nameOf(encoder, value);
}

function nameOf(encoder: Encoder, value: Value): string {
  const name = encoder.names.get(value);
  if (name === undefined) throw new Error(`The value of a ${value.node.op} was used before it was computed.`);
  return name;
}

function write(encoder: Encoder, node: Node): void {
  if (node.op === 'Placeholder') {
    bind(encoder, node);
    return;
  }
  const inputs = node.inputs.map(input => (input === undefined ? '' : nameOf(encoder, input)));
  const key = keyOf(encoder, node, inputs);
  const before = encoder.known.get(key);
  const names =
    before ??
    node.outputs.map(
      (output, i) => encoder.outputs.get(output) ?? `${encoder.prefix}${encoder.known.size}_${i}`,
    );
  node.outputs.forEach((output, i) => encoder.names.set(output, names[i] as string));
  if (before !== undefined) return;
  encoder.known.set(key, names);
  const [first] = node.outputs;
  if (first?.data !== undefined) {
    encoder.initializers.push(
      tensorProto(GraphProto.initializer, names[0] as string, first as Value & { data: Elements }),
    );
    return;
  }
  encoder.nodes.push(encodeNode(encoder, node, inputs, names));
}

/** Writes the constant that a placeholder stands for. */
function bind(encoder: Encoder, node: Node): void {
  const [value] = node.outputs;
  const data = value && encoder.bound.get(value);
  if (!data) throw new Error(`The input "${placeholderName(node)}" is used but was not declared.`);
  const name = `${encoder.prefix}c${encoder.names.size}`;
  encoder.names.set(value, name);
  encoder.initializers.push(tensorProto(GraphProto.initializer, name, { ...value, data }));
}

function encodeNode(
  encoder: Encoder,
  node: Node,
  inputs: readonly string[],
  names: readonly string[],
): Message {
  encoder.domains.add(node.domain);
  encoder.layers?.set(names[0] as string, node.scope);
  const body = (graph: Subgraph): readonly Message[] =>
    encodeGraph(
      'body',
      {
        inputs: graph.inputs.map((value, i) => ({ name: `${names[0] as string}_in${i}`, value })),
        outputs: graph.outputs.map((value, i) => ({ name: `${names[0] as string}_out${i}`, value })),
        ...(graph.bound ? { bound: graph.bound } : {}),
      },
      encoder,
      `${names[0] as string}_`,
    );
  return messageField(GraphProto.node, [
    ...inputs.map(input => stringField(NodeProto.input, input)),
    ...names.map(output => stringField(NodeProto.output, output)),
    stringField(NodeProto.name, names[0] as string),
    stringField(NodeProto.op_type, node.op),
    ...Object.entries(node.attributes).map(([name, value]) =>
      attributeProto(NodeProto.attribute, name, value, body),
    ),
    ...(node.domain === '' ? [] : [stringField(NodeProto.domain, node.domain)]),
  ]);
}

const SMALL_CONSTANT = 16;

/** Equal keys mean equal results. Large constants and subgraphs are only equal to themselves. */
function keyOf(encoder: Encoder, node: Node, inputs: readonly string[]): string {
  const [first] = node.outputs;
  if (first?.data !== undefined) {
    const content =
      first.data.length <= SMALL_CONSTANT ? first.data.join() : `#${identity(encoder, first.data)}`;
    return `constant ${first.type} ${first.shape.join()} ${content}${first.data.length <= SMALL_CONSTANT && Object.is(first.data[0], -0) ? '-' : ''}`;
  }
  const attributes = Object.entries(node.attributes).map(
    ([name, value]) => `${name}=${text(encoder, value)}`,
  );
  return `${node.domain}:${node.op} ${inputs.join()} ${attributes.join(' ')} ${node.outputs.length}`;
}

function text(encoder: Encoder, value: Attribute): string {
  if (typeof value !== 'object') return String(value);
  if ('float' in value) return `f${value.float}`;
  if ('floats' in value) return `f[${value.floats.join()}]`;
  if ('strings' in value) return JSON.stringify(value.strings);
  return 'outputs' in value ? `#${identity(encoder, value)}` : `[${value.join()}]`;
}

function identity(encoder: Encoder, object: object): number {
  const known = encoder.identities.get(object) ?? encoder.identities.size;
  encoder.identities.set(object, known);
  return known;
}
