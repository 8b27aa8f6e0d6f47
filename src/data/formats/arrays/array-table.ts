import * as l10n from '@vscode/l10n';
import { DataError, throwIfAborted } from '../../errors';
import { isMissing } from '../../table/missing';
import type { Block, Column, ReadOptions, Table } from '../../table/table';
import type { ByteSource } from '../../bytes/source';
import { elementReader, type ElementReader } from './elements';

/** One array, its first axis the examples, its elements in C order after `dataOffset`. */
export interface ArrayPart {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly dataOffset: number;
  /** The bytes of the array's file, from its start. */
  open(signal: AbortSignal | undefined): Promise<ByteSource>;
}

/** Rows read at a time are about this many bytes. */
const BLOCK_BYTES = 4 * 1024 * 1024;

/**
 * Arrays of equal length side by side: `.npy` (one), `.npz` (one for each name), IDX (images and labels).
 *
 * @throws DataError `uneven-rows` where their lengths differ
 */
export function arrayTable(path: string, from: string, parts: readonly ArrayPart[]): Table {
  const rows = parts[0]?.shape[0] ?? 0;
  const odd = parts.find(part => part.shape[0] !== rows);
  if (odd) {
    throw new DataError(
      'uneven-rows',
      l10n.t(
        '{0}: array "{1}" has {2} rows, but "{3}" has {4}',
        path,
        odd.name,
        odd.shape[0] ?? 0,
        parts[0]?.name ?? '',
        rows,
      ),
      path,
    );
  }
  const columns = parts.map(({ name, shape }): Column => {
    const cell = shape.slice(1);
    return { name, content: 'value', ...(cell.length > 0 && { shape: cell }) };
  });
  return {
    path,
    columns,
    from,
    count: () => Promise.resolve(rows),
    blocks: options => readBlocks(path, parts, rows, options),
  };
}

interface OpenPart {
  readonly source: ByteSource;
  readonly reader: ElementReader;
  readonly width: number;
  readonly isVector: boolean;
}

async function* readBlocks(
  path: string,
  parts: readonly ArrayPart[],
  rows: number,
  { columns, signal }: ReadOptions,
): AsyncGenerator<Block> {
  const open = new Map<number, OpenPart>();
  try {
    for (const column of columns ?? parts.keys()) {
      const part = parts[column];
      if (part && !open.has(column)) open.set(column, await openPart(part, signal));
    }
    const rowBytes = [...open.values()].reduce((sum, { reader, width }) => sum + reader.size * width, 1);
    const step = Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
    for (let first = 0; first < rows; first += step) {
      throwIfAborted(signal);
      const count = Math.min(step, rows - first);
      const views = new Map<number, DataView>();
      for (const [column, part] of open) views.set(column, await readRows(path, part, first, count));
      yield arrayBlock(first, count, open, views);
    }
  } finally {
    for (const { source } of open.values()) await source.close();
  }
}

async function openPart(part: ArrayPart, signal: AbortSignal | undefined): Promise<OpenPart> {
  const reader = elementReader(part.dtype);
  if (!reader)
    throw new DataError('unsupported', l10n.t('Elements of type {0} are not read', part.dtype), part.name);
  const source = await part.open(signal);
  await source.read(new Uint8Array(part.dataOffset));
  const width = part.shape.slice(1).reduce((product, axis) => product * axis, 1);
  return { source, reader, width, isVector: part.shape.length > 1 };
}

async function readRows(path: string, part: OpenPart, first: number, count: number): Promise<DataView> {
  const bytes = new Uint8Array(count * part.width * part.reader.size);
  const length = await part.source.read(bytes);
  if (length < bytes.length) {
    const row = first + Math.floor(length / Math.max(1, part.width * part.reader.size));
    throw new DataError(
      'truncated',
      l10n.t('{0} ends in row {1} of those its header states; copy or write it again', path, row),
      l10n.t('{0}, row {1}', path, row),
    );
  }
  return new DataView(bytes.buffer);
}

function arrayBlock(
  first: number,
  rows: number,
  open: ReadonlyMap<number, OpenPart>,
  views: ReadonlyMap<number, DataView>,
): Block {
  const at = <T>(
    row: number,
    column: number,
    read: (part: OpenPart, view: DataView, offset: number) => T,
  ): T | undefined => {
    const part = open.get(column);
    const view = views.get(column);
    return part && view && read(part, view, row * part.width * part.reader.size);
  };
  return {
    first,
    rows,
    text: (row, column) =>
      at(row, column, ({ reader }, view, offset) => {
        const text = reader.text(view, offset);
        return isMissing(text) ? undefined : text;
      }),
    number: (row, column) =>
      at(row, column, ({ reader }, view, offset) => reader.number(view, offset)) ?? NaN,
    vector: (row, column) =>
      at(row, column, ({ reader, width, isVector }, view, offset) =>
        isVector
          ? Float32Array.from({ length: width }, (_, i) => reader.number(view, offset + i * reader.size))
          : undefined,
      ),
  };
}
