import { type Stats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fileLargerThan, folderInsteadOfFile, notRegularFile } from '../messages/data-access-messages';
import { type FileRefused, refused } from './file-errors';

/**
 * Opening a pipe waits for someone who writes to it, unless told not to wait; a terminal that is opened must not
 * become that of this process. Windows has neither.
 */
const flagOf = (name: string): number => (constants as Readonly<Record<string, number>>)[name] ?? 0;
export const READ_FLAGS = constants.O_RDONLY | flagOf('O_NONBLOCK') | flagOf('O_NOCTTY');

/**
 * Opens a file for reading. What is asked of a path before may no longer be so when it is opened, so the open file
 * itself is asked.
 *
 * @throws FileRefused `not-regular` for a folder, pipe, device or socket
 */
export async function openRegular(path: string): Promise<FileHandle> {
  const handle = await open(path, READ_FLAGS);
  try {
    assertRegular(await handle.stat(), path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * The bytes of a small file. Memory for them is taken only once the size is known to be allowed; of a file that
 * grows meanwhile, what was there at first is read.
 *
 * @param limit in bytes
 * @throws FileRefused, or the system's error
 */
export async function readRegular(path: string, limit: number): Promise<Buffer> {
  const handle = await openRegular(path);
  try {
    const { size } = await handle.stat();
    if (size > limit) throw tooLarge(path, size, limit);
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

/** {@link readRegular} without a pause. */
export function readRegularSync(path: string, limit: number): Buffer {
  const file = openSync(path, READ_FLAGS);
  try {
    const stats = fstatSync(file);
    assertRegular(stats, path);
    const { size } = stats;
    if (size > limit) throw tooLarge(path, size, limit);
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const bytesRead = readSync(file, bytes, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

function assertRegular(stats: Stats, path: string): void {
  if (stats.isFile()) return;
  const message = stats.isDirectory() ? folderInsteadOfFile(path) : notRegularFile(path);
  throw refused('not-regular', message, path);
}

function tooLarge(path: string, size: number, limit: number): FileRefused {
  return refused('too-large', fileLargerThan({ file: path, size, limit }), path);
}
