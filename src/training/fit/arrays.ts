/** What {@link packArrays} was given. */
export interface Packed {
  readonly about: unknown;
  readonly arrays: readonly Float32Array[];
}

/** Arrays and what JSON can say of them, as bytes: the length of the JSON, the JSON, then the elements. */
export function packArrays(about: unknown, arrays: readonly Float32Array[]): Uint8Array {
  const head = new TextEncoder().encode(
    JSON.stringify({ about, lengths: arrays.map(({ length }) => length) }),
  );
  const total = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new Uint8Array(4 + head.length + total);
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** @throws Error where the bytes are not what {@link packArrays} makes, or not all of it */
export function unpackArrays(bytes: Uint8Array): Packed {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const head = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  const { about, lengths } = JSON.parse(head) as { about: unknown; lengths: readonly number[] };
  let at = 4 + length;
  const arrays = lengths.map(count => {
    // Elements need not lie on a multiple of four, so they are copied.
    const elements = new Float32Array(count);
    new Uint8Array(elements.buffer).set(bytes.subarray(at, at + count * 4));
    at += count * 4;
    if (at > bytes.length) throw new Error('Some elements are missing.');
    return elements;
  });
  return { about, arrays };
}
