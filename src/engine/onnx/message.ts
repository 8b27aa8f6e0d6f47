import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Writes the fields of one protocol-buffer message of `onnx.proto`, by field number. */
export type Message = (writer: BinaryWriter) => void;

export function string(field: number, value: string): Message {
  return writer => void writer.tag(field, WireType.LengthDelimited).string(value);
}

export function int(field: number, value: number | bigint): Message {
  return writer => {
    const tagged = writer.tag(field, WireType.Varint);
    // What fits is written without going through `bigint`, which takes many times as long.
    if (typeof value === 'number' && value === (value | 0)) tagged.int32(value);
    else tagged.int64(typeof value === 'number' ? String(value) : value);
  };
}

export function float(field: number, value: number): Message {
  return writer => void writer.tag(field, WireType.Bit32).float(value);
}

export function bytes(field: number, value: Uint8Array): Message {
  return writer => void writer.tag(field, WireType.LengthDelimited).bytes(value);
}

export function message(field: number, parts: readonly Message[]): Message {
  return writer => {
    writer.tag(field, WireType.LengthDelimited).fork();
    for (const part of parts) part(writer);
    writer.join();
  };
}

/** The bytes of a whole message. */
export function encode(parts: readonly Message[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const part of parts) part(writer);
  return writer.finish();
}
