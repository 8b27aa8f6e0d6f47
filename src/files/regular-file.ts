import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fileLargerThan, folderInsteadOfFile, notRegularFile } from '../messages/data-access-messages';
import { linkInTheWay } from '../messages/own-file-messages';
import { errorCode } from '../common/errors';
import { type FileRefused, refused } from './file-errors';
import { NO_LINK, assertOwnFolders } from './own-files';
import { READ_FLAGS } from './read-flags';

/**
 * Opens a file for reading. What is asked of a path before may no longer be so when it is opened, so the open file
 * itself is asked.
 *
 * @throws FileRefused `not-regular` for a folder, pipe, device or socket
 */
export async function openRegular(path: string): Promise<FileHandle> {
  return asked(await open(path, READ_FLAGS), path);
}

/**
 * The same for one of our own files, which a repository may have brought: no link is followed, neither of the file nor of
 * our folders around it.
 *
 * @throws FileRefused `not-regular`, `link`
 */
export async function openOwn(path: string): Promise<FileHandle> {
  assertOwnFolders(path);
  try {
    return await asked(await open(path, READ_FLAGS | NO_LINK), path);
  } catch (error) {
    // ELOOP: that is what the system says of a link that it was told not to follow.
    throw ['ELOOP', 'EMLINK'].includes(errorCode(error) ?? '')
      ? refused('link', linkInTheWay(path), path)
      : error;
  }
}

/** {@link readRegular} of one of our own files; see {@link openOwn}. */
export async function readOwn(path: string, limit: number): Promise<Buffer> {
  return readHandle(await openOwn(path), path, limit);
}

async function asked(handle: FileHandle, path: string): Promise<FileHandle> {
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
  return readHandle(await openRegular(path), path, limit);
}

async function readHandle(handle: FileHandle, path: string, limit: number): Promise<Buffer> {
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
