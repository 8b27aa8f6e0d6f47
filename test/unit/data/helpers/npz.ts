import { eachMember } from '../../../../src/data/bytes/zip-archive';
import { NPY_HEAD, parseNpyHeader } from '../../../../src/data/formats/npy';

/** An array of an archive: its shape, and its elements as bytes. */
export interface NpzArray {
  readonly shape: readonly number[];
  readonly bytes: Buffer;
}

/** All arrays of a `.npz` archive in memory, by name. */
export async function readNpz(path: string): Promise<ReadonlyMap<string, NpzArray>> {
  const arrays = new Map<string, NpzArray>();
  await eachMember(path, undefined, async (entry, zip) => {
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    const whole = Buffer.concat(parts);
    const { shape, dataOffset } = parseNpyHeader(whole.subarray(0, NPY_HEAD), entry.fileName);
    arrays.set(entry.fileName.replace(/\.npy$/, ''), {
      shape,
      bytes: Buffer.from(whole.subarray(dataOffset)),
    });
    return false;
  });
  return arrays;
}

export function floatsOf({ bytes }: NpzArray): Float32Array {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

export function bigIntsOf({ bytes }: NpzArray): BigInt64Array {
  return new BigInt64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
