import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** One field of a message, as it stands in the file: numbers as they are, everything with a length as its bytes. */
export interface WireField {
  readonly number: number;
  readonly wire: WireType;
  /** Of a varint: a whole number; those beyond 2⁵³ lose their last digits, and are refused where they matter. */
  readonly int: number;
  /** Of 4 or 8 bytes. */
  readonly real: number;
  readonly bytes: Uint8Array;
}

const NO_BYTES = new Uint8Array();

/**
 * The fields of a message in their order. Nothing is copied: bytes are views of the message.
 *
 * @throws Error where a field ends beyond the message, or is of a kind that ONNX does not use
 */
export function* fieldsOf(message: Uint8Array): Generator<WireField> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const base = { number, wire, int: 0, real: 0, bytes: NO_BYTES };
    switch (wire) {
      case WireType.Varint:
        yield { ...base, int: Number(reader.int64()) };
        break;
      case WireType.Bit32:
        yield { ...base, real: reader.float() };
        break;
      case WireType.Bit64:
        yield { ...base, real: reader.double() };
        break;
      case WireType.LengthDelimited:
        yield { ...base, bytes: reader.bytes() };
        break;
      default:
        throw new Error(`field ${number} is of a kind that ONNX does not have`);
    }
  }
}

const decoder = new TextDecoder();

export function textOf({ bytes }: WireField): string {
  return decoder.decode(bytes);
}

/** Whole numbers of a repeated field, which may be packed into one or stand one by one. */
export function addInts(field: WireField, to: number[]): void {
  if (field.wire === WireType.Varint) {
    to.push(field.int);
    return;
  }
  const reader = new BinaryReader(field.bytes);
  while (reader.pos < reader.len) to.push(Number(reader.int64()));
}

/** Floats of a repeated field, packed or one by one. */
export function addFloats(field: WireField, to: number[]): void {
  if (field.wire === WireType.Bit32) {
    to.push(field.real);
    return;
  }
  const reader = new BinaryReader(field.bytes);
  while (reader.pos < reader.len) to.push(reader.float());
}
