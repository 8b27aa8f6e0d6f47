import { errorMessage } from '../../common/errors';
import { isFileRefused } from '../../files/file-errors';
import { readRegular } from '../../files/regular-file';
import { type EngineError, engineError } from '../engine-error';
import {
  AttributeProto,
  FunctionProto,
  GraphProto,
  ModelProto,
  NodeProto,
  OperatorSetIdProto,
  SparseTensorProto,
  StringStringEntryProto,
  TensorProto,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  TensorShapeProto,
  TensorShapeProto_Dimension as Dimension,
  TypeProto,
  TypeProto_Tensor as TensorType,
  ValueInfoProto,
} from '../onnx/generated/onnx-schema';
import { type WireField, addInts, fieldsOf, textOf } from '../onnx/read-message';
import {
  type OnnxFunction,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
  describeNode,
} from './onnx-graph';

/** In bytes: a file of Protocol Buffers has 2 GiB at most, and all of it is read into memory. */
export const MAX_MODEL = 2_000_000_000;
/** Of all graphs of a file: the largest language models have some ten thousand. */
const MOST_NODES = 200_000;
/** Graphs inside graphs. */
const MOST_DEPTH = 16;
const MOST_AXES = 16;

/** Bytes of an element by its type; elements of half a byte are packed. */
const BYTES = new Map<number, number>([
  [DataType.FLOAT, 4],
  [DataType.UINT8, 1],
  [DataType.INT8, 1],
  [DataType.UINT16, 2],
  [DataType.INT16, 2],
  [DataType.INT32, 4],
  [DataType.INT64, 8],
  [DataType.BOOL, 1],
  [DataType.FLOAT16, 2],
  [DataType.DOUBLE, 8],
  [DataType.UINT32, 4],
  [DataType.UINT64, 8],
  [DataType.BFLOAT16, 2],
  [DataType.UINT4, 0.5],
  [DataType.INT4, 0.5],
]);

/**
 * Reads an ONNX file that somebody else has written. It is data: nothing of it is run here, no other file is opened, and
 * no memory is taken beyond that of the file.
 *
 * @throws EngineError `bad-file`, saying what is wrong with it
 */
export async function readOnnx(path: string): Promise<OnnxModel> {
  let bytes: Uint8Array;
  try {
    bytes = await readRegular(path, MAX_MODEL);
  } catch (error) {
    if (isFileRefused(error)) throw engineError('bad-file', error.message, { cause: error });
    throw engineError('bad-file', `${path} cannot be read: ${errorMessage(error)}`, { cause: error });
  }
  return parseOnnx(bytes, path);
}

/** {@link readOnnx} of bytes. @throws EngineError `bad-file` */
export function parseOnnx(bytes: Uint8Array, path: string): OnnxModel {
  try {
    return modelOf(bytes, path);
  } catch (error) {
    if (error instanceof Refused) throw badFile(path, error.message);
    throw badFile(path, 'it is damaged, or no ONNX file. Download or export it again.', error);
  }
}

/** What is known to be wrong with a file; any other error comes from reading bytes that are no message. */
class Refused extends Error {}

function badFile(path: string, reason: string, cause?: unknown): EngineError {
  return engineError('bad-file', `${path} cannot be used as a checkpoint: ${reason}`, { cause });
}

interface Reading {
  nodes: number;
}

function modelOf(bytes: Uint8Array, path: string): OnnxModel {
  const reading: Reading = { nodes: 0 };
  const opsets = new Map<string, number>();
  const functions: OnnxFunction[] = [];
  let irVersion = 0;
  let graph: OnnxGraph | undefined;
  for (const field of fieldsOf(bytes)) {
    if (field.number === ModelProto.ir_version.number) irVersion = field.int;
    else if (field.number === ModelProto.opset_import.number) addOpset(field.bytes, opsets);
    else if (field.number === ModelProto.functions.number) functions.push(functionOf(field.bytes, reading));
    else if (field.number === ModelProto.graph.number) graph = graphOf(field.bytes, reading, 0);
  }
  if (!graph || graph.nodes.length === 0) throw new Refused('it has no graph. Is it an ONNX file?');
  return { path, irVersion, opsets, graph, functions };
}

function addOpset(message: Uint8Array, opsets: Map<string, number>): void {
  let [domain, version] = ['', 0];
  for (const field of fieldsOf(message)) {
    if (field.number === OperatorSetIdProto.domain.number) domain = textOf(field);
    else if (field.number === OperatorSetIdProto.version.number) version = field.int;
  }
  opsets.set(domain === 'ai.onnx' ? '' : domain, version);
}

function functionOf(message: Uint8Array, reading: Reading): OnnxFunction {
  let [domain, name] = ['', ''];
  const nodes: OnnxNode[] = [];
  for (const field of fieldsOf(message)) {
    if (field.number === FunctionProto.name.number) name = textOf(field);
    else if (field.number === FunctionProto.domain.number) domain = textOf(field);
    else if (field.number === FunctionProto.node.number) nodes.push(nodeOf(field.bytes, reading, 1));
  }
  return { domain, name, nodes, message };
}

function graphOf(message: Uint8Array, reading: Reading, depth: number): OnnxGraph {
  if (depth > MOST_DEPTH) throw new Refused(`graphs stand inside graphs, more than ${MOST_DEPTH} deep`);
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, OnnxTensor>();
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  for (const field of fieldsOf(message)) {
    switch (field.number) {
      case GraphProto.node.number:
        nodes.push(nodeOf(field.bytes, reading, depth));
        break;
      case GraphProto.initializer.number: {
        const tensor = tensorOf(field.bytes);
        initializers.set(tensor.name, tensor);
        break;
      }
      case GraphProto.sparse_initializer.number:
        throw new Refused('it has sparse weights. Export it with dense ones.');
      case GraphProto.input.number:
        inputs.push(valueOf(field.bytes));
        break;
      case GraphProto.output.number:
        outputs.push(valueOf(field.bytes));
        break;
    }
  }
  // Old files list their weights among the inputs.
  return { nodes, initializers, inputs: inputs.filter(({ name }) => !initializers.has(name)), outputs };
}

function nodeOf(message: Uint8Array, reading: Reading, depth: number): OnnxNode {
  if (++reading.nodes > MOST_NODES) throw new Refused(`it has more than ${MOST_NODES} nodes`);
  let [name, op, domain] = ['', '', ''];
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Uint8Array[] = [];
  for (const field of fieldsOf(message)) {
    switch (field.number) {
      case NodeProto.input.number:
        inputs.push(textOf(field));
        break;
      case NodeProto.output.number:
        outputs.push(textOf(field));
        break;
      case NodeProto.name.number:
        name = textOf(field);
        break;
      case NodeProto.op_type.number:
        op = textOf(field);
        break;
      case NodeProto.domain.number:
        domain = textOf(field);
        break;
      case NodeProto.attribute.number:
        attributes.push(field.bytes);
        break;
    }
  }
  const named = { name, op, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, message };
  const node = {
    ...named,
    constant: op === 'Constant' ? attributes.map(valueTensor).find(Boolean) : undefined,
  };
  const subgraphs = attributes.flatMap(each =>
    attributeGraphs(each, { ...node, subgraphs: [] }, reading, depth),
  );
  return { ...node, subgraphs };
}

/** The tensor of an attribute. */
function valueTensor(message: Uint8Array): OnnxTensor | undefined {
  for (const field of fieldsOf(message))
    if (field.number === AttributeProto.t.number) return tensorOf(field.bytes);
  return undefined;
}

/** The graphs of an attribute; its tensors are looked at, for the runtime would open the files that they name. */
function attributeGraphs(message: Uint8Array, node: OnnxNode, reading: Reading, depth: number): OnnxGraph[] {
  const graphs: OnnxGraph[] = [];
  for (const field of fieldsOf(message)) {
    switch (field.number) {
      case AttributeProto.g.number:
      case AttributeProto.graphs.number:
        graphs.push(graphOf(field.bytes, reading, depth + 1));
        break;
      case AttributeProto.t.number:
      case AttributeProto.tensors.number:
        assertWithin(tensorOf(field.bytes), node);
        break;
      case AttributeProto.sparse_tensor.number:
      case AttributeProto.sparse_tensors.number:
        for (const part of fieldsOf(field.bytes))
          if (
            part.number === SparseTensorProto.values.number ||
            part.number === SparseTensorProto.indices.number
          )
            assertWithin(tensorOf(part.bytes), node);
        break;
    }
  }
  for (const tensor of graphs.flatMap(graph => [...graph.initializers.values()])) assertWithin(tensor, node);
  return graphs;
}

function assertWithin({ external }: OnnxTensor, node: OnnxNode): void {
  if (external)
    throw new Refused(
      `${describeNode(node)} has constants in another file, where only weights may be. Export it as one file.`,
    );
}

function tensorOf(message: Uint8Array): OnnxTensor {
  const dims: number[] = [];
  let [name, type, location] = ['', 0, 0];
  let raw: Uint8Array | undefined;
  let typed = 0;
  const listed: number[] = [];
  const external = new Map<string, string>();
  for (const field of fieldsOf(message)) {
    switch (field.number) {
      case TensorProto.dims.number:
        addInts(field, dims);
        break;
      case TensorProto.data_type.number:
        type = field.int;
        break;
      case TensorProto.name.number:
        name = textOf(field);
        break;
      case TensorProto.raw_data.number:
        raw = field.bytes;
        break;
      case TensorProto.data_location.number:
        location = field.int;
        break;
      case TensorProto.external_data.number:
        addEntry(field, external);
        break;
      case TensorProto.segment.number:
        throw new Refused(`the weight "${name}" is in several pieces. Export the model again.`);
      case TensorProto.int64_data.number:
        if (field.bytes.length <= MOST_LISTED) addInts(field, listed);
        typed += field.bytes.length || 1;
        break;
      default:
        if (TYPED.has(field.number)) typed += field.bytes.length || 1;
    }
  }
  const isExternal = location === DataLocation.EXTERNAL || external.size > 0;
  assertSize({ name, dims, type, raw, typed, isExternal });
  const ints = type === DataType.INT64 && !isExternal ? shortList(raw, listed) : undefined;
  return { name, shape: dims, type, ints, raw, external: isExternal ? external : undefined, message };
}

/** In bytes, of a list that is looked at. */
const MOST_LISTED = 256;

function shortList(raw: Uint8Array | undefined, listed: readonly number[]): readonly number[] | undefined {
  if (!raw) return listed.length > 0 && listed.length <= MOST_AXES ? listed : undefined;
  if (raw.length > 8 * MOST_AXES) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.length / 8 }, (_, i) => Number(view.getBigInt64(8 * i, true)));
}

/** Fields that hold elements one by one. */
const TYPED = new Set<number>([
  TensorProto.float_data.number,
  TensorProto.int32_data.number,
  TensorProto.int64_data.number,
  TensorProto.double_data.number,
  TensorProto.uint64_data.number,
  TensorProto.string_data.number,
]);

/** The bytes of a tensor's elements, by its shape and type; `NaN` for a type that is not read. */
export function sizeOf({ shape, type }: Pick<OnnxTensor, 'shape' | 'type'>): number {
  return Math.ceil(shape.reduce((product, axis) => product * axis, BYTES.get(type) ?? NaN));
}

/** A tensor states its size twice, in its shape and by its elements: memory is taken for the shape. */
function assertSize(tensor: {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  readonly raw: Uint8Array | undefined;
  readonly typed: number;
  readonly isExternal: boolean;
}): void {
  const { name, dims, type, raw, typed, isExternal } = tensor;
  const elements = dims.reduce((product, axis) => product * axis, 1);
  const isShape = dims.length <= MOST_AXES && dims.every(axis => Number.isSafeInteger(axis) && axis >= 0);
  if (!isShape || !(elements <= MAX_MODEL))
    throw new Refused(`the weight "${name}" has an impossible shape (${dims.slice(0, MOST_AXES).join('×')})`);
  if (type === DataType.STRING || isExternal) return;
  const size = BYTES.get(type);
  if (size === undefined)
    throw new Refused(`the weight "${name}" is of type ${type} of ONNX, which is not supported`);
  const bytes = Math.ceil(elements * size);
  // One by one, an element takes a byte at least.
  if (raw ? raw.length !== bytes : elements > Math.max(1, typed) * 2)
    throw new Refused(
      `the weight "${name}" (${dims.join('×')}) should take ${bytes} bytes and has ${raw?.length ?? typed}. The file is incomplete.`,
    );
}

function addEntry({ bytes }: WireField, entries: Map<string, string>): void {
  let [key, value] = ['', ''];
  for (const field of fieldsOf(bytes)) {
    if (field.number === StringStringEntryProto.key.number) key = textOf(field);
    else if (field.number === StringStringEntryProto.value.number) value = textOf(field);
  }
  entries.set(key, value);
}

function valueOf(message: Uint8Array): OnnxValue {
  let [name, type] = ['', 0];
  let shape: (number | undefined)[] | undefined;
  for (const field of fieldsOf(message)) {
    if (field.number === ValueInfoProto.name.number) name = textOf(field);
    else if (field.number === ValueInfoProto.type.number)
      for (const kind of fieldsOf(field.bytes))
        if (kind.number === TypeProto.tensor_type.number)
          for (const part of fieldsOf(kind.bytes))
            if (part.number === TensorType.elem_type.number) type = part.int;
            else if (part.number === TensorType.shape.number) shape = shapeOf(part.bytes);
  }
  return { name, type, shape, message };
}

function shapeOf(message: Uint8Array): (number | undefined)[] {
  const axes: (number | undefined)[] = [];
  for (const field of fieldsOf(message)) {
    if (field.number !== TensorShapeProto.dim.number) continue;
    let length: number | undefined;
    for (const part of fieldsOf(field.bytes))
      if (part.number === Dimension.dim_value.number && part.int > 0) length = part.int;
    axes.push(length);
  }
  return axes;
}
