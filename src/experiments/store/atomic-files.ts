import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../common/errors';
import { notRegularFile } from '../../messages/run-messages';
import { runError, writeError } from '../experiment-errors';

let written = 0;

/**
 * Writes a file whole or not at all: a kill or a full disk leaves what was there before.
 *
 * @throws RunError `disk-full` or `gone`
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.${written++}`);
  try {
    const handle = await open(draft, 'w');
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
    throw writeError(error, file);
  }
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeWhole(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** @throws RunError `disk-full` or `gone` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw writeError(error, folder);
  }
}

/**
 * The text of a regular file; `undefined` where there is none. A pipe would never end, and a device never stop.
 *
 * @throws RunError `broken` where it is anything else
 */
export async function readText(file: string): Promise<string | undefined> {
  try {
    if (!(await stat(file)).isFile()) throw runError('broken', notRegularFile(file));
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
