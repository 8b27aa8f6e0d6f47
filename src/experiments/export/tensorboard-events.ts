/** The reversed Castagnoli polynomial (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value >>> 0;
});

/** CRC-32C of some bytes, as an unsigned number. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The form in which TFRecord files keep it: rotated and shifted, since a CRC of data that holds CRCs is weak. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** One point of one curve. */
export interface Scalar {
  readonly tag: string;
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly value: number;
}

/**
 * TensorBoard's event file: records of the protocol buffer `Event` (tensorflow/core/util/event.proto), each between
 * its length and checksums. The first says which version follows.
 */
export function eventFile(scalars: readonly Scalar[], wallTime: number): Uint8Array {
  const version = message([...double(1, wallTime), ...bytes(3, Buffer.from('brain.Event:2'))]);
  return Buffer.concat([version, ...scalars.map(scalarEvent)].map(record));
}

function scalarEvent({ tag, step, wallTime, value }: Scalar): Uint8Array {
  const summaryValue = message([...bytes(1, Buffer.from(tag)), ...float(2, value)]);
  const summary = message(bytes(1, summaryValue));
  return message([...double(1, wallTime), ...varintField(2, step), ...bytes(5, summary)]);
}

/** Length, checksum of the length, data, checksum of the data; all little-endian. */
function record(data: Uint8Array): Uint8Array {
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(BigInt(data.length));
  head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(maskedCrc32c(data));
  return Buffer.concat([head, data, tail]);
}

const message = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

/** Wire types of protocol buffers. */
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const key = (field: number, wire: number): Uint8Array => varint(field * 8 + wire);

function varint(value: number): Uint8Array {
  const found: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) found.push((rest % 128) + 128);
  return Uint8Array.from([...found, rest]);
}

function varintField(field: number, value: number): Uint8Array[] {
  return [key(field, WIRE.varint), varint(value)];
}

function bytes(field: number, value: Uint8Array): Uint8Array[] {
  return [key(field, WIRE.bytes), varint(value.length), value];
}

function double(field: number, value: number): Uint8Array[] {
  const data = Buffer.alloc(8);
  data.writeDoubleLE(value);
  return [key(field, WIRE.fixed64), data];
}

function float(field: number, value: number): Uint8Array[] {
  const data = Buffer.alloc(4);
  data.writeFloatLE(value);
  return [key(field, WIRE.fixed32), data];
}
