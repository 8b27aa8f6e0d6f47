import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fileLargerThan, folderInsteadOfFile, notRegularFile } from '../messages/data-access-messages';
import { type FileRefused, refused } from './file-errors';
import { READ_FLAGS } from './read-flags';

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

function assertRegular(stats: Stats, path: string): void {
  if (stats.isFile()) return;
  const message = stats.isDirectory() ? folderInsteadOfFile(path) : notRegularFile(path);
  throw refused('not-regular', message, path);
}

function tooLarge(path: string, size: number, limit: number): FileRefused {
  return refused('too-large', fileLargerThan({ file: path, size, limit }), path);
}
