import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { errorCode } from '../../common/errors';
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

/** The text of a file; `undefined` where there is none. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

/**
 * A file of JSON that says its version; `undefined` where there is none.
 *
 * @throws RunError `broken` for what is not such a file, `newer-version` for a later one
 */
export async function readJson(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = await readText(file);
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('version' in value))
    throw runError('broken', l10n.t('{0} is damaged: it is not the JSON that a run writes.', file));
  if (typeof value.version === 'number' && value.version > 1)
    throw runError(
      'newer-version',
      l10n.t('{0} was written by a newer version of Strategy Advisor; update to read it.', file),
    );
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
