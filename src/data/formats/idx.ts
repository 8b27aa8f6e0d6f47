import { stat } from 'node:fs/promises';
import { idxHeaderTruncated, invalidIdxHeader } from '../../messages/array-messages';
import { countSource } from '../../messages/counting-messages';
import { openBytes, readHead } from '../bytes/byte-reader';
import type { Table } from '../data-tables';
import { dataError } from '../issues';
import { checkArray, mostUnpacked } from './array-bounds';
import { type ArrayPart, arrayTable } from './array-table';

/** Element types by the third byte of the file; always big-endian. */
const TYPES: Readonly<Record<number, readonly [dtype: string, bytes: number]>> = {
  0x08: ['|u1', 1],
  0x09: ['|i1', 1],
  0x0b: ['>i2', 2],
  0x0c: ['>i4', 4],
  0x0d: ['>f4', 4],
  0x0e: ['>f8', 8],
};

/**
 * IDX files (MNIST's format): one array, or images and labels side by side. Only headers are read to count.
 *
 * @throws DataError `corrupt` or `truncated`
 */
export async function openIdx(
  files: readonly { readonly name: string; readonly path: string }[],
  signal?: AbortSignal,
): Promise<Table> {
  const parts = await Promise.all(files.map(({ name, path }) => idxPart(name, path, signal)));
  return arrayTable(files[0]?.path ?? '', countSource('idx-header'), parts);
}

async function idxPart(name: string, path: string, signal: AbortSignal | undefined): Promise<ArrayPart> {
  const head = Buffer.from(await readHead(path, 4 + 4 * 8, signal));
  const type = TYPES[head[2] ?? 0];
  const axes = head[3] ?? 0;
  if (head.length < 8 || head[0] !== 0 || head[1] !== 0 || !type || axes < 1 || axes > 8) {
    throw dataError('corrupt', invalidIdxHeader(path), path);
  }
  if (head.length < 4 + 4 * axes) throw dataError('truncated', idxHeaderTruncated(path), path);
  const [dtype, bytes] = type;
  const shape = Array.from({ length: axes }, (_, axis) => head.readUInt32BE(4 + 4 * axis));
  const dataOffset = 4 + 4 * axes;
  const { size } = await stat(path);
  const most = path.toLowerCase().endsWith('.gz') ? mostUnpacked(size) : size;
  checkArray({ shape, itemSize: bytes, dataOffset }, most, path);
  return { name, dtype, shape, dataOffset, open: each => openBytes(path, each) };
}
