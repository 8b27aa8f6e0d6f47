import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { check, parseJson } from '../../common/validation';
import { assertOwnFolders } from '../../files/own-files';
import { readOwn } from '../../files/regular-file';
import { checkedData } from '../../protocol/caches';
import type { DataIssue } from '../issues';

/** Raised whenever a check is added or judges otherwise. */
const VERSION = 2;
/** In bytes. */
const LONGEST = 8_000_000;

const fileOf = (key: string): string => `${key}.checks.json`;

/** What the checks found in the same data before; `undefined` where they have not seen it. */
export async function readChecked(key: string): Promise<readonly DataIssue[] | undefined> {
  const text = await readOwn(fileOf(key), LONGEST).catch(() => undefined);
  const read = text && check(checkedData, parseJson(text.toString('utf8')));
  return read?.ok === true && read.value.version === VERSION ? read.value.issues : undefined;
}

export async function writeChecked(key: string, issues: readonly DataIssue[]): Promise<void> {
  const file = fileOf(key);
  assertOwnFolders(file);
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify({ version: VERSION, issues }), { flag: 'wx' });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
