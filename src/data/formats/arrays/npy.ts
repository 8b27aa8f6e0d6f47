import { stat } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { openBytes, readHead } from '../../bytes/source';
import { DataError } from '../../errors';
import type { Table } from '../../table/table';
import { arrayTable } from './array-table';
import { NPY_HEAD, parseNpyHeader, type NpyHeader } from './npy-header';

/** A NumPy `.npy` array: its first axis is the examples. Only its header is read to count it. */
export async function openNpy(path: string, signal?: AbortSignal): Promise<Table> {
  const header = parseNpyHeader(await readHead(path, NPY_HEAD, signal), path);
  const rows = checkedRows(header, path);
  const { size } = await stat(path);
  checkLength(header, size, path);
  return arrayTable(path, l10n.t('.npy header'), [
    {
      name: 'data',
      dtype: header.dtype,
      shape: [rows, ...header.shape.slice(1)],
      dataOffset: header.dataOffset,
      open: each => openBytes(path, each),
    },
  ]);
}

/** @throws DataError `unsupported` for an array of no axis or one that lies column by column */
export function checkedRows({ shape, fortranOrder }: NpyHeader, where: string): number {
  const [rows] = shape;
  if (rows === undefined)
    throw new DataError('unsupported', l10n.t('{0} holds a single number, not examples', where), where);
  if (fortranOrder && shape.length > 1) {
    throw new DataError(
      'unsupported',
      l10n.t(
        '{0} is stored column by column (Fortran order); save it again with numpy.ascontiguousarray',
        where,
      ),
      where,
    );
  }
  return rows;
}

/** @throws DataError `truncated` where `size` bytes cannot hold the array */
export function checkLength(header: NpyHeader, size: number, where: string): void {
  const elements = header.shape.reduce((product, axis) => product * axis, 1);
  const wanted = header.dataOffset + elements * header.itemSize;
  if (size < wanted) {
    throw new DataError(
      'truncated',
      l10n.t('{0} has {1} bytes, but its header states {2}; copy or write it again', where, size, wanted),
      l10n.t('{0}, byte {1}', where, size),
    );
  }
}
