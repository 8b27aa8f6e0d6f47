import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Bytes before the first chunk, and around the content of each: length and type before, checksum behind. */
const SIGNATURE = 8;
const HEAD = 8;
const TAIL = 4;

/**
 * The chunks that say what the pixels are, with the bytes they may have. Others hold text, profiles or times, some of
 * them compressed.
 */
const LONGEST: ReadonlyMap<string, number> = new Map([
  ['IHDR', 13],
  ['PLTE', 3 * 256],
  ['tRNS', 256],
  ['IEND', 0],
]);
const DATA = 'IDAT';

/** Encoders may leave a few bytes behind the last row. */
const SLACK = 1024;

/** Channels by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The passes of an interlaced image: first column and row, and steps between them. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The bytes that the pixels of an image take before they are unfiltered: each row with its filter's byte. */
export function rawPngBytes(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(16), header.readUInt32BE(20)];
  const [depth = 0, colour = 0, interlaced = 0] = [header[24], header[25], header[28]];
  const bits = depth * (CHANNELS[colour] ?? 0);
  const rows = (columns: number, lines: number): number =>
    columns <= 0 || lines <= 0 ? 0 : lines * (1 + Math.ceil((columns * bits) / 8));
  if (interlaced !== 1) return rows(width, height);
  return PASSES.reduce(
    (sum, [x, y, right, down]) => sum + rows(Math.ceil((width - x) / right), Math.ceil((height - y) / down)),
    0,
  );
}

/**
 * The same image with nothing in it but pixels, in one chunk that unpacks to no more than the header states. A
 * decoder unpacks whatever it is given, and a thousandfold: text, profiles, and pixels behind the last row.
 *
 * @param bytes whose compressed pixels are moved together
 * @param raw what {@link rawPngBytes} says
 * @throws Error where a chunk is cut off, damaged or repeated, or the pixels unpack to more
 */
export function plainPng(bytes: Buffer, raw: number): Buffer {
  const parts = new Map<string, Buffer>();
  let packed: Buffer | undefined;
  for (let at = SIGNATURE; ;) {
    if (at + HEAD + TAIL > bytes.length) throw new Error('unexpected end of the file');
    const [start, length] = [at + HEAD, bytes.readUInt32BE(at)];
    const end = start + length;
    if (end + TAIL > bytes.length) throw new Error('unexpected end of the file');
    const type = bytes.toString('latin1', at + 4, start);
    const longest = LONGEST.get(type);
    if (type === DATA || longest !== undefined) {
      if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end))
        throw new Error(`CRC mismatch for chunk ${type}`);
    }
    if (type === DATA) packed = joined(packed, bytes, start, end);
    else if (longest !== undefined) {
      if (length > longest || parts.has(type)) throw new Error(`unexpected chunk ${type}`);
      if (type === 'IEND') parts.set(DATA, chunkOf(DATA, repacked(packed ?? Buffer.alloc(0), raw)));
      parts.set(type, bytes.subarray(at, end + TAIL));
    }
    if (type === 'IEND') return Buffer.concat([bytes.subarray(0, SIGNATURE), ...parts.values()]);
    at = end + TAIL;
  }
}

/** Puts a piece behind those before it, which lie in front of it: an image may be cut into millions. */
function joined(before: Buffer | undefined, bytes: Buffer, start: number, end: number): Buffer {
  if (!before) return bytes.subarray(start, end);
  const from = before.byteOffset - bytes.byteOffset;
  bytes.copyWithin(from + before.length, start, end);
  return bytes.subarray(from, from + before.length + end - start);
}

/** The pixels, packed again without compression, which costs next to nothing on either side. */
function repacked(packed: Buffer, raw: number): Buffer {
  return deflateSync(inflateSync(packed, { maxOutputLength: raw + SLACK }), { level: 0 });
}

function chunkOf(type: string, content: Buffer): Buffer {
  const chunk = Buffer.allocUnsafe(HEAD + content.length + TAIL);
  chunk.writeUInt32BE(content.length, 0);
  chunk.write(type, 4, 'latin1');
  content.copy(chunk, HEAD);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, HEAD + content.length)), HEAD + content.length);
  return chunk;
}
