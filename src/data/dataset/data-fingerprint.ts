import { type Hash, createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { withFile } from '../bytes/random-access-file';
import { type RawDataset, isFileTable } from '../data-tables';
import { type IssueLog, createIssueLog } from '../issues';
import type { ReadableFolders } from '../paths/readable-folders';
import { openRawDataset } from './open-raw-dataset';

/** A table up to this size is hashed whole; of a larger one, blocks spread over it. */
const WHOLE = 64 * 1024 * 1024;
const BLOCK = 1024 * 1024;
const BLOCKS = WHOLE / BLOCK;

/**
 * A hash of what is at a source: of tables their size and bytes (past 64 MB, 64 blocks spread evenly and the
 * time of change); of folders each file's name, size and time of change.
 */
export async function fingerprint(
  source: RawDataset,
  options: { readonly issues: IssueLog; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  for (const { table, split } of source.parts) {
    hash.update(`\n${split ?? ''}\n`);
    if (isFileTable(table)) {
      for await (const block of table.blocks({ ...options, columns: [0] }))
        for (let row = 0; row < block.rows; row++) await addFile(hash, source.path, block.text(row, 0) ?? '');
    } else if (!seen.has(table.path)) {
      seen.add(table.path);
      await addTable(hash, table.path, options.signal);
    }
  }
  return hash.digest('hex');
}

async function addFile(hash: Hash, root: string, path: string): Promise<void> {
  const { size, mtimeMs } = await stat(path);
  hash.update(`${relative(root, path)}\0${size}\0${mtimeMs}\n`);
}

async function addTable(hash: Hash, path: string, signal: AbortSignal | undefined): Promise<void> {
  const { mtimeMs } = await stat(path);
  await withFile(path, signal, async file => {
    const { size } = file;
    hash.update(`${size}\0${size > WHOLE ? mtimeMs : ''}\n`);
    const step = size > WHOLE ? Math.floor(size / BLOCKS) : BLOCK;
    for (let at = 0; at < size; at += step) hash.update(await file.slice(at, Math.min(at + BLOCK, size)));
  });
}

/**
 * The fingerprint of what is at a path: another one after any change that training would see.
 *
 * @throws DataError where nothing can be read there
 */
export async function dataFingerprint(
  path: string | readonly string[],
  options: {
    readonly table?: string | undefined;
    readonly readable?: ReadableFolders | undefined;
    readonly signal?: AbortSignal | undefined;
  } = {},
): Promise<string> {
  const issues = createIssueLog();
  const { table, readable, signal } = options;
  const source = await openRawDataset(path, { table, readable, issues, ...(signal ? { signal } : {}) });
  return fingerprint(source, { issues, signal });
}
