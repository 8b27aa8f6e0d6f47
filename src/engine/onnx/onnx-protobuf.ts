import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Attribute, ElementType, Elements, Subgraph, Value } from '../graph/nodes-and-values';

/** Writes the fields of one protocol-buffer message of `onnx.proto`, by field number. */
export type Message = (writer: BinaryWriter) => void;

export function stringField(field: number, value: string): Message {
  return writer => void writer.tag(field, WireType.LengthDelimited).string(value);
}

export function intField(field: number, value: number | bigint): Message {
  return writer => {
    const tagged = writer.tag(field, WireType.Varint);
    // What fits is written without going through `bigint`, which takes many times as long.
    if (typeof value === 'number' && value === (value | 0)) tagged.int32(value);
    else tagged.int64(typeof value === 'number' ? String(value) : value);
  };
}

function floatField(field: number, value: number): Message {
  return writer => void writer.tag(field, WireType.Bit32).float(value);
}

function bytesField(field: number, value: Uint8Array): Message {
  return writer => void writer.tag(field, WireType.LengthDelimited).bytes(value);
}

export function messageField(field: number, parts: readonly Message[]): Message {
  return writer => {
    writer.tag(field, WireType.LengthDelimited).fork();
    for (const part of parts) part(writer);
    writer.join();
  };
}

/** The bytes of a whole message. */
export function encodeMessage(parts: readonly Message[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const part of parts) part(writer);
  return writer.finish();
}

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
export function tensorProto(
  field: number,
  name: string,
  value: Value & { readonly data: Elements },
): Message {
  return messageField(field, [
    ...value.shape.map(dimension => intField(1, dimension)),
    intField(2, DATA_TYPE[value.type]),
    stringField(8, name),
    bytesField(9, raw(value.data)),
  ]);
}

/** A dimension of a graph's input or output: a number, or the name of one that is known only when it runs. */
export type Dimension = number | string;

/** A `ValueInfoProto`: a named input or output with its element type and shape. */
export function valueInfoProto(
  field: number,
  name: string,
  type: ElementType,
  shape: readonly Dimension[] | undefined,
): Message {
  const dimensions = shape?.map(dimension =>
    messageField(1, [typeof dimension === 'number' ? intField(1, dimension) : stringField(2, dimension)]),
  );
  const tensorType = [intField(1, DATA_TYPE[type]), ...(dimensions ? [messageField(2, dimensions)] : [])];
  return messageField(field, [stringField(1, name), messageField(2, [messageField(1, tensorType)])]);
}

/** An `AttributeProto`. */
export function attributeProto(
  name: string,
  value: Attribute,
  graph: (body: Subgraph) => readonly Message[],
): Message {
  return messageField(5, [stringField(1, name), ...attributeValue(value, graph)]);
}

function attributeValue(value: Attribute, graph: (body: Subgraph) => readonly Message[]): readonly Message[] {
  if (typeof value === 'number') return [intField(3, value), intField(20, ATTRIBUTE_TYPE.int)];
  if (typeof value === 'string') {
    return [bytesField(4, new TextEncoder().encode(value)), intField(20, ATTRIBUTE_TYPE.string)];
  }
  if ('float' in value) return [floatField(2, value.float), intField(20, ATTRIBUTE_TYPE.float)];
  if ('floats' in value) {
    return [...value.floats.map(item => floatField(7, item)), intField(20, ATTRIBUTE_TYPE.floats)];
  }
  if ('outputs' in value) return [messageField(6, graph(value)), intField(20, ATTRIBUTE_TYPE.graph)];
  return [...value.map(item => intField(8, item)), intField(20, ATTRIBUTE_TYPE.ints)];
}
