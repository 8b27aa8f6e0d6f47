import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Attribute, ElementType, Elements, Subgraph, Value } from '../graph/nodes-and-values';
import {
  AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  TensorProto,
  TensorProto_DataType as DataType,
  TensorShapeProto,
  TensorShapeProto_Dimension as ShapeDimension,
  TypeProto,
  TypeProto_Tensor as TensorType,
  ValueInfoProto,
} from './generated/onnx-schema';

/** Writes fields of one message. */
export type Message = (writer: BinaryWriter) => void;

/** A field of the schema that holds values of a type, or a list of them. */
interface Field<Type extends string> {
  readonly number: number;
  readonly type: Type;
}

export function stringField(field: Field<'string'>, value: string): Message {
  return writer => void writer.tag(field.number, WireType.LengthDelimited).string(value);
}

export function intField(field: Field<'int32' | 'int64'>, value: number): Message {
  return writer => {
    const tagged = writer.tag(field.number, WireType.Varint);
    // What fits is written without going through `bigint`, which takes many times as long.
    if (typeof value === 'number' && value === (value | 0)) tagged.int32(value);
    else tagged.int64(String(value));
  };
}

function floatField(field: Field<'float'>, value: number): Message {
  return writer => void writer.tag(field.number, WireType.Bit32).float(value);
}

function enumField(field: Field<'enum'>, value: number): Message {
  return writer => void writer.tag(field.number, WireType.Varint).int32(value);
}

export function bytesField(field: Field<'bytes'>, value: Uint8Array): Message {
  return writer => void writer.tag(field.number, WireType.LengthDelimited).bytes(value);
}

export function messageField(field: Field<'message'>, parts: readonly Message[]): Message {
  return writer => {
    writer.tag(field.number, WireType.LengthDelimited).fork();
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

const DATA_TYPE: Readonly<Record<ElementType, number>> = {
  float32: DataType.FLOAT,
  int32: DataType.INT32,
  int64: DataType.INT64,
  bool: DataType.BOOL,
  float64: DataType.DOUBLE,
  uint32: DataType.UINT32,
};

/** The number ONNX gives an element type, as the `to` of a `Cast` wants it. */
export function dataType(type: ElementType): number {
  return DATA_TYPE[type];
}

function raw(data: Elements): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** An initializer with its elements as raw little-endian bytes. */
export function tensorProto(
  field: Field<'message'>,
  name: string,
  value: Value & { readonly data: Elements },
): Message {
  return messageField(field, [
    ...value.shape.map(dimension => intField(TensorProto.dims, dimension)),
    intField(TensorProto.data_type, DATA_TYPE[value.type]),
    stringField(TensorProto.name, name),
    bytesField(TensorProto.raw_data, raw(value.data)),
  ]);
}

/** A dimension of a graph's input or output: a number, or the name of one that is known only when it runs. */
export type Dimension = number | string;

/** A named input or output with its element type and shape. */
export function valueInfoProto(
  field: Field<'message'>,
  name: string,
  type: ElementType,
  shape: readonly Dimension[] | undefined,
): Message {
  const dimensions = shape?.map(dimension =>
    messageField(TensorShapeProto.dim, [
      typeof dimension === 'number'
        ? intField(ShapeDimension.dim_value, dimension)
        : stringField(ShapeDimension.dim_param, dimension),
    ]),
  );
  const tensorType = [
    intField(TensorType.elem_type, DATA_TYPE[type]),
    ...(dimensions ? [messageField(TensorType.shape, dimensions)] : []),
  ];
  return messageField(field, [
    stringField(ValueInfoProto.name, name),
    messageField(ValueInfoProto.type, [messageField(TypeProto.tensor_type, tensorType)]),
  ]);
}

/** An attribute of a node; `graph` writes what is in one that is a graph. */
export function attributeProto(
  field: Field<'message'>,
  name: string,
  value: Attribute,
  graph: (body: Subgraph) => readonly Message[],
): Message {
  return messageField(field, [stringField(AttributeProto.name, name), ...attributeValue(value, graph)]);
}

function attributeValue(value: Attribute, graph: (body: Subgraph) => readonly Message[]): readonly Message[] {
  const { f, i, s, g, floats, ints, strings, type } = AttributeProto;
  if (typeof value === 'number') return [intField(i, value), enumField(type, AttributeType.INT)];
  if (typeof value === 'string')
    return [bytesField(s, new TextEncoder().encode(value)), enumField(type, AttributeType.STRING)];
  if ('float' in value) return [floatField(f, value.float), enumField(type, AttributeType.FLOAT)];
  if ('floats' in value)
    return [...value.floats.map(item => floatField(floats, item)), enumField(type, AttributeType.FLOATS)];
  if ('strings' in value)
    return [
      ...value.strings.map(item => bytesField(strings, new TextEncoder().encode(item))),
      enumField(type, AttributeType.STRINGS),
    ];
  if ('outputs' in value) return [messageField(g, graph(value)), enumField(type, AttributeType.GRAPH)];
  return [...value.map(item => intField(ints, item)), enumField(type, AttributeType.INTS)];
}
