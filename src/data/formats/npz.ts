import type { Readable } from 'node:stream';
import { archiveWithoutArrays, overlappingZip, tooManyArchiveEntries } from '../../messages/array-messages';
import { countSource } from '../../messages/counting-messages';
import { changedWhileRead } from '../../messages/data-access-messages';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { throwIfAborted } from '../../common/abort';
import { type ByteReader, readerOfStream } from '../bytes/byte-reader';
import { zipError } from '../bytes/zip-archive';
import type { Table } from '../data-tables';
import { dataError } from '../issues';
import { type SplitName, canonicalSplit } from '../splits';
import { mostUnpacked } from './array-bounds';
import { type ArrayPart, arrayTable } from './array-table';
import { NPY_HEAD, checkLength, checkedRows, parseNpyHeader } from './npy';

/** The arrays of an archive that belong together. */
export interface NpzPart {
  /** `train` for the arrays `x_train` and `y_train`, … */
  readonly split?: string;
  readonly table: Table;
}

/** More entries than any real archive of arrays has. */
const MAX_ENTRIES = 10_000;

/**
 * A NumPy `.npz` archive: a table whose columns are its arrays, or one for each split where their names end or begin with
 * one (`x_train`, `y_train`, `x_test`, `test_images`, …). Only directory and headers are read to count it.
 *
 * @throws DataError `corrupt` or `truncated` for a bad archive
 */
export async function openNpz(path: string, signal?: AbortSignal): Promise<NpzPart[]> {
  const parts = await readParts(path, signal).catch((error: unknown) => {
    throw zipError(error, path);
  });
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

/** The split that an array's name ends or begins with, and the rest of its name: `x_train`, `train_images`. */
function splitOfArray(written: string): { readonly name: string; readonly split: SplitName | undefined } {
  const [, last = '', suffix = ''] = /^(.+)[_-]([a-z]+)$/i.exec(written) ?? [];
  const [, prefix = '', first = ''] = /^([a-z]+)[_-](.+)$/i.exec(written) ?? [];
  const [atEnd, atStart] = [canonicalSplit(suffix), canonicalSplit(prefix)];
  if (atEnd !== undefined) return { name: last, split: atEnd };
  return atStart === undefined ? { name: written, split: undefined } : { name: first, split: atStart };
}

async function readParts(path: string, signal: AbortSignal | undefined): Promise<ArrayPart[]> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    const parts: ArrayPart[] = [];
    let entries = 0;
    let packed = 0;
    for await (const entry of zip.eachEntry()) {
      throwIfAborted(signal);
      packed += entry.compressedSize;
      // Entries that share their bytes: each would be unpacked on its own.
      if (packed > zip.fileSize) throw dataError('corrupt', overlappingZip(path), path);
      if (++entries > MAX_ENTRIES)
        throw dataError('too-many-files', tooManyArchiveEntries({ file: path, limit: MAX_ENTRIES }), path);
      if (entry.fileName.endsWith('.npy')) parts.push(await readPart(zip, path, entry, signal));
    }
    if (parts.length === 0) throw dataError('empty', archiveWithoutArrays(path), path);
    return parts;
  } finally {
    zip.close();
  }
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
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== name) continue;
    const stream: Readable = await zip.openReadStreamPromise(entry);
    const source = readerOfStream(`${path}#${name}`, stream, signal);
    return {
      ...source,
      close: async () => {
        await source.close();
        zip.close();
      },
    };
  }
  zip.close();
  throw dataError('changed-while-read', changedWhileRead(path), path);
}
