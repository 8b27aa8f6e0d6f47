import { stat } from 'node:fs/promises';
import {
  fortranOrderArray,
  invalidNpyHeader,
  pickledArray,
  scalarArray,
  structuredArray,
  unsupportedArrayType,
} from '../../messages/array-messages';
import { countSource } from '../../messages/counting-messages';
import { openBytes, readHead } from '../bytes/byte-reader';
import type { Table } from '../data-tables';
import { dataError, type DataError } from '../issues';
import { checkArray } from './array-bounds';
import { arrayTable } from './array-table';

/** What the head of an `.npy` array says of it. */
interface NpyHeader {
  /** `<f4`, `|u1`, `<U10`, …: byte order, kind, bytes (characters for `U`). */
  readonly dtype: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Bytes before the first element. */
  readonly dataOffset: number;
  /** Bytes of an element. */
  readonly itemSize: number;
}

/** No header of one array is longer; NumPy's own limit is 10,000. */
export const NPY_HEAD = 12 * 1024;

/**
 * Reads the header of an `.npy` array (versions 1 to 3).
 *
 * @throws DataError `corrupt` for a bad one, `unsupported` for records and Python objects (never unpickled)
 */
export function parseNpyHeader(head: Uint8Array, where: string): NpyHeader {
  const corrupt = (): DataError => dataError('corrupt', invalidNpyHeader(where), where);
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== '\x93NUMPY') throw corrupt();
  const major = bytes[6] ?? 0;
  const start = major === 1 ? 10 : 12;
  const dataOffset = start + (major === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8));
  if (major < 1 || major > 3 || dataOffset > bytes.length) throw corrupt();
  const text = bytes.toString('utf8', start, dataOffset);
  const dtype = /'descr':\s*'([^']+)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  if (dtype === undefined && text.includes("'descr'")) throw unsupported(where, structuredArray(where));
  if (dtype === undefined || order === undefined || shape === undefined) throw corrupt();
  return {
    dtype,
    fortranOrder: order === 'True',
    shape: shape
      .split(',')
      .map(part => part.trim().replace('L', ''))
      .filter(part => part !== '')
      .map(Number),
    dataOffset,
    itemSize: itemSize(dtype, where),
  };
}

function itemSize(dtype: string, where: string): number {
  const [, kind = '', size = ''] = /^[<>|=]?([a-zA-Z])(\d+)/.exec(dtype) ?? [];
  if (kind === 'O' || dtype.includes('O')) throw unsupported(where, pickledArray(where));
  if (!'biufSU'.includes(kind) || size === '')
    throw unsupported(where, unsupportedArrayType({ file: where, dtype }));
  return kind === 'U' ? 4 * Number(size) : Number(size);
}

function unsupported(where: string, message: string): DataError {
  return dataError('unsupported', message, where);
}

/** A NumPy `.npy` array: its first axis is the examples. Only its header is read to count it. */
export async function openNpy(path: string, signal?: AbortSignal): Promise<Table> {
  const header = parseNpyHeader(await readHead(path, NPY_HEAD, signal), path);
  const rows = checkedRows(header, path);
  const { size } = await stat(path);
  checkLength(header, size, path);
  return arrayTable(path, countSource('npy-header'), [
    {
      name: 'data',
      dtype: header.dtype,
      shape: [rows, ...header.shape.slice(1)],
      dataOffset: header.dataOffset,
      open: each => openBytes(path, each),
    },
  ]);
}

/** @throws DataError `unsupported` for a scalar or an array in Fortran order */
export function checkedRows({ shape, fortranOrder }: NpyHeader, where: string): number {
  const [rows] = shape;
  if (rows === undefined) throw dataError('unsupported', scalarArray(where), where);
  if (fortranOrder && shape.length > 1) {
    throw dataError('unsupported', fortranOrderArray(where), where);
  }
  return rows;
}

/** @throws DataError `truncated` where `size` bytes cannot hold the array, `corrupt` where its examples take none */
export function checkLength({ shape, itemSize, dataOffset }: NpyHeader, size: number, where: string): void {
  checkArray({ shape, itemSize, dataOffset }, size, where);
}
