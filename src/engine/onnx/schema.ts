import type { Attribute, Elements, ElementType, Subgraph, Value } from '../graph/value';
import { bytes, float, int, message, string, type Message } from './message';

/** `TensorProto.DataType` of onnx.proto. */
const DATA_TYPE: Readonly<Record<ElementType, number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
  uint32: 12,
};

/** `AttributeProto.AttributeType` of onnx.proto. */
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, graph: 5, floats: 6, ints: 7 } as const;

/** The number ONNX gives an element type, as the `to` of a `Cast` wants it. */
export function dataType(type: ElementType): number {
  return DATA_TYPE[type];
}

function raw(data: Elements): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** A `TensorProto`: an initializer with its elements as raw little-endian bytes. */
export function tensor(field: number, name: string, value: Value & { readonly data: Elements }): Message {
  return message(field, [
    ...value.shape.map(dimension => int(1, dimension)),
    int(2, DATA_TYPE[value.type]),
    string(8, name),
    bytes(9, raw(value.data)),
  ]);
}

/** A dimension of a graph's input or output: a number, or the name of one that is known only when it runs. */
export type Dimension = number | string;

/** A `ValueInfoProto`: a named input or output with its element type and shape. */
export function valueInfo(
  field: number,
  name: string,
  type: ElementType,
  shape: readonly Dimension[] | undefined,
): Message {
  const dimensions = shape?.map(dimension =>
    message(1, [typeof dimension === 'number' ? int(1, dimension) : string(2, dimension)]),
  );
  const tensorType = [int(1, DATA_TYPE[type]), ...(dimensions ? [message(2, dimensions)] : [])];
  return message(field, [string(1, name), message(2, [message(1, tensorType)])]);
}

/** An `AttributeProto`. */
export function attribute(
  name: string,
  value: Attribute,
  graph: (body: Subgraph) => readonly Message[],
): Message {
  return message(5, [string(1, name), ...attributeValue(value, graph)]);
}

function attributeValue(value: Attribute, graph: (body: Subgraph) => readonly Message[]): readonly Message[] {
  if (typeof value === 'number') return [int(3, value), int(20, ATTRIBUTE_TYPE.int)];
  if (typeof value === 'string') {
    return [bytes(4, new TextEncoder().encode(value)), int(20, ATTRIBUTE_TYPE.string)];
  }
  if ('float' in value) return [float(2, value.float), int(20, ATTRIBUTE_TYPE.float)];
  if ('floats' in value) {
    return [...value.floats.map(item => float(7, item)), int(20, ATTRIBUTE_TYPE.floats)];
  }
  if ('outputs' in value) return [message(6, graph(value)), int(20, ATTRIBUTE_TYPE.graph)];
  return [...value.map(item => int(8, item)), int(20, ATTRIBUTE_TYPE.ints)];
}
