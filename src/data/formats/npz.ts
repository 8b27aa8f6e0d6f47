import { archiveWithoutArrays } from '../../messages/array-messages';
import { countSource } from '../../messages/counting-messages';
import { changedWhileRead } from '../../messages/data-access-messages';
import type { Entry, ZipFile } from 'yauzl';
import { type ByteReader, readerOfStream } from '../bytes/byte-reader';
import { eachMember } from '../bytes/zip-archive';
import type { Table } from '../data-tables';
import { dataError } from '../issues';
import { splitOfArray } from './array-names';
import { mostUnpacked } from './array-bounds';
import { type ArrayPart, arrayTable } from './array-table';
import { NPY_HEAD, checkLength, checkedRows, parseNpyHeader } from './npy';

/** The arrays of an archive that belong together. */
export interface NpzPart {
  /** `train` for the arrays `x_train` and `y_train`, … */
  readonly split?: string;
  readonly table: Table;
}

/**
 * A NumPy `.npz` archive: a table whose columns are its arrays, or one for each split where their names end or begin with
 * one (`x_train`, `y_train`, `x_test`, `test_images`, …). Only directory and headers are read to count it.
 *
 * @throws DataError `corrupt` or `truncated` for a bad archive
 */
export async function openNpz(path: string, signal?: AbortSignal): Promise<NpzPart[]> {
  const parts = await readParts(path, signal);
  const groups = new Map<string | undefined, ArrayPart[]>();
  for (const part of parts) {
    const { name, split } = splitOfArray(part.name);
    const group = groups.get(split) ?? [];
    groups.set(split, group);
    group.push({ ...part, name });
  }
  return [...groups].map(([split, group]) => ({
    ...(split !== undefined && { split }),
    table: arrayTable(path, countSource('npz-headers'), group),
  }));
}

async function readParts(path: string, signal: AbortSignal | undefined): Promise<ArrayPart[]> {
  const parts: ArrayPart[] = [];
  await eachMember(path, signal, async (entry, zip) => {
    if (entry.fileName.endsWith('.npy')) parts.push(await readPart(zip, path, entry, signal));
    return false;
  });
  if (parts.length === 0) throw dataError('empty', archiveWithoutArrays(path), path);
  return parts;
}

async function readPart(
  zip: ZipFile,
  path: string,
  entry: Entry,
  signal: AbortSignal | undefined,
): Promise<ArrayPart> {
  const where = `${path}#${entry.fileName.replace(/\.npy$/, '')}`;
  const source = readerOfStream(where, await zip.openReadStreamPromise(entry), signal);
  try {
    const head = new Uint8Array(NPY_HEAD);
    const header = parseNpyHeader(head.subarray(0, await source.read(head)), where);
    const rows = checkedRows(header, where);
    // The directory may state any size.
    const most = Math.min(entry.uncompressedSize, mostUnpacked(entry.compressedSize));
    checkLength(header, entry.compressionMethod === 0 ? Math.min(most, entry.compressedSize) : most, where);
    return {
      name: entry.fileName.replace(/\.npy$/, ''),
      dtype: header.dtype,
      shape: [rows, ...header.shape.slice(1)],
      dataOffset: header.dataOffset,
      open: each => openEntry(path, entry.fileName, each),
    };
  } finally {
    await source.close();
  }
}

async function openEntry(path: string, name: string, signal: AbortSignal | undefined): Promise<ByteReader> {
  let opened: ByteReader | undefined;
  await eachMember(path, signal, async (entry, zip) => {
    if (entry.fileName !== name) return false;
    const source = readerOfStream(`${path}#${name}`, await zip.openReadStreamPromise(entry), signal);
    opened = {
      ...source,
      close: async () => {
        await source.close();
        zip.close();
      },
    };
    return true;
  });
  if (!opened) throw dataError('changed-while-read', changedWhileRead(path), path);
  return opened;
}
