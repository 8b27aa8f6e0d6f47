import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../common/errors';
import { isFileRefused } from '../../files/file-errors';
import { assertOwnFolders } from '../../files/own-files';
import { readOwn } from '../../files/regular-file';
import { readNotPermitted } from '../../messages/run-messages';
import { runError, writeError } from '../experiment-errors';
import { LIMITS } from './run-folder';

/**
 * Writes a file whole or not at all: a kill or a full disk leaves what was there before.
 *
 * @throws RunError `disk-full` or `gone`
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const tail = `${process.pid}.${randomBytes(4).toString('hex')}`;
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${tail}`);
  try {
    assertOwnFolders(file);
    // A new file, and none that somebody else has put there. The rename replaces a link, and does not follow it.
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(content);
      // Without this a crash of the machine may leave an empty file under the final name.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw writeError(isFileRefused(error) ? readError(error, file) : error, file);
  }
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeWhole(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** @throws RunError `disk-full`, `gone`, or `broken` where a symbolic link is found instead of a folder */
export async function makeFolder(folder: string): Promise<void> {
  try {
    assertOwnFolders(path.join(folder, 'file'));
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw writeError(isFileRefused(error) ? readError(error, folder) : error, folder);
  }
}

/**
 * The text of one of our own files; `undefined` where there is none. Links are not followed.
 *
 * @param limit in bytes; see {@link LIMITS}
 * @throws RunError `broken` where it is no regular file, a link, larger, or not to be read
 */
export async function readText(file: string, limit: number = LIMITS.small): Promise<string | undefined> {
  return (await readBytes(file, limit))?.toString('utf8');
}

/** The same, as bytes. */
export async function readBytes(file: string, limit: number): Promise<Buffer | undefined> {
  try {
    return await readOwn(file, limit);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw readError(error, file);
  }
}

/** What a failed read means for a run. */
export function readError(error: unknown, file: string): unknown {
  if (isFileRefused(error)) return runError('broken', asSentence(error.message), { cause: error });
  if (['EACCES', 'EPERM'].includes(errorCode(error) ?? ''))
    return runError('broken', readNotPermitted(file), { cause: error });
  return error;
}

const asSentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
