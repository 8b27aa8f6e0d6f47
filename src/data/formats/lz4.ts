/**
 * LZ4 frames (the format of lz4_Frame_format.md), as compressed Arrow buffers hold them. Checksums are passed
 * over: what they guard against shows as a match or a length out of range.
 *
 * @param limit of the result in bytes
 * @throws RangeError for bytes that are not a complete frame, or unpack to more
 */
export function decompressLz4(frame: Uint8Array, limit: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint32(0, true) !== 0x184d2204) throw new RangeError('no LZ4 frame');
  const flags = view.getUint8(4);
  const hasBlockChecksums = (flags & 0x10) !== 0;
  const hasSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  let at = 7 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0);
  const output = createOutput(
    hasSize ? Math.min(Number(view.getBigUint64(6, true)), 256 * frame.length, limit) : 0,
    limit,
  );
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) return output.bytes.subarray(0, output.length);
    const length = word & 0x7fffffff;
    if (at + length > frame.length) throw new RangeError('LZ4 block out of range');
    const block = frame.subarray(at, at + length);
    if (word >>> 31) append(output, block);
    else decompressBlock(block, output);
    at += length + (hasBlockChecksums ? 4 : 0);
  }
}

interface Output {
  bytes: Uint8Array;
  length: number;
  readonly limit: number;
}

function createOutput(size: number, limit: number): Output {
  return { bytes: new Uint8Array(Math.max(size, 1024)), length: 0, limit };
}

function reserve(output: Output, extra: number): void {
  const wanted = output.length + extra;
  if (wanted > output.limit) throw new RangeError('LZ4 frame unpacks to too much');
  if (wanted <= output.bytes.length) return;
  const larger = new Uint8Array(Math.max(wanted, 2 * output.bytes.length));
  larger.set(output.bytes.subarray(0, output.length));
  output.bytes = larger;
}

function append(output: Output, bytes: Uint8Array): void {
  reserve(output, bytes.length);
  output.bytes.set(bytes, output.length);
  output.length += bytes.length;
}

function decompressBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const next = (): number => {
    const byte = block[at++];
    if (byte === undefined) throw new RangeError('LZ4 block ends early');
    return byte;
  };
  const extended = (nibble: number): number => {
    let length = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255;) length += more = next();
    return length;
  };
  while (at < block.length) {
    const token = next();
    const literals = extended(token >> 4);
    if (at + literals > block.length) throw new RangeError('LZ4 literals out of range');
    append(output, block.subarray(at, at + literals));
    at += literals;
    if (at === block.length) return;
    const distance = next() | (next() << 8);
    const length = extended(token & 15) + 4;
    if (distance === 0 || distance > output.length) throw new RangeError('LZ4 match out of range');
    reserve(output, length);
    // Byte by byte, because a match may reach into what it writes.
    for (let i = 0; i < length; i++, output.length++)
      output.bytes[output.length] = output.bytes[output.length - distance] ?? 0;
  }
}
