import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { READ_FLAGS } from './read-flags';

/**
 * The bytes of a small file, for those who read it if they can; `undefined` for what is no regular file or larger.
 *
 * @param limit in bytes
 * @throws the system's error
 */
export function readSmallSync(path: string, limit: number): Buffer | undefined {
  const file = openSync(path, READ_FLAGS);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > limit) return undefined;
    const bytes = Buffer.allocUnsafe(stats.size);
    let filled = 0;
    for (let length = -1; length !== 0 && filled < bytes.length; filled += length)
      length = readSync(file, bytes, filled, bytes.length - filled, filled);
    return bytes.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}
