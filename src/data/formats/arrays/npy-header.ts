import * as l10n from '@vscode/l10n';
import { DataError } from '../../errors';

/** What the head of an `.npy` array says of it. */
export interface NpyHeader {
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
  const corrupt = (): DataError =>
    new DataError('corrupt', l10n.t('{0} has no valid .npy header', where), where);
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
  if (dtype === undefined && text.includes("'descr'")) throw unsupported(where, l10n.t('records'));
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
  if (kind === 'O' || dtype.includes('O')) throw unsupported(where, l10n.t('Python objects'));
  if (!'biufSU'.includes(kind) || size === '') throw unsupported(where, dtype);
  return kind === 'U' ? 4 * Number(size) : Number(size);
}

function unsupported(where: string, what: string): DataError {
  return new DataError('unsupported', l10n.t('{0} holds {1}, which are not read', where, what), where);
}
