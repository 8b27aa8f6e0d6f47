import { arrayRowsDiffer, arrayRowsTruncated, unsupportedElements } from '../../messages/array-messages';
import { blockTooLarge } from '../../messages/data-access-messages';
import { rowLocation } from '../../messages/table-messages';
import { throwIfAborted } from '../../common/abort';
import { trimEndWhere } from '../../common/trim-text';
import type { ByteReader } from '../bytes/byte-reader';
import { type Block, type Column, type ReadOptions, type Table, isMissing } from '../data-tables';
import { dataError } from '../issues';

/** Reads elements of one NumPy type out of bytes. */
interface ElementReader {
  readonly size: number;
  readonly isText: boolean;
  number(view: DataView, offset: number): number;
  text(view: DataView, offset: number): string;
}

/** The reader of elements of `dtype` (`<f4`, `>i2`, `|u1`, `<U10`, `|S5`); `undefined` for other types. */
function elementReader(dtype: string): ElementReader | undefined {
  const [, order = '', kind = '', digits = ''] = /^([<>|=]?)([a-zA-Z])(\d+)/.exec(dtype) ?? [];
  const size = Number(digits);
  const little = order !== '>';
  if (kind === 'S' || kind === 'U') return textReader(kind, size, little);
  const number = numberReaders(little)[`${kind}${size}`];
  return number && { size, isText: false, number, text: (view, offset) => String(number(view, offset)) };
}

type NumberReader = (view: DataView, offset: number) => number;

function numberReaders(little: boolean): Readonly<Record<string, NumberReader>> {
  return {
    b1: (view, at) => view.getUint8(at),
    u1: (view, at) => view.getUint8(at),
    i1: (view, at) => view.getInt8(at),
    u2: (view, at) => view.getUint16(at, little),
    i2: (view, at) => view.getInt16(at, little),
    u4: (view, at) => view.getUint32(at, little),
    i4: (view, at) => view.getInt32(at, little),
    u8: (view, at) => Number(view.getBigUint64(at, little)),
    i8: (view, at) => Number(view.getBigInt64(at, little)),
    f2: (view, at) => halfFloat(view.getUint16(at, little)),
    f4: (view, at) => view.getFloat32(at, little),
    f8: (view, at) => view.getFloat64(at, little),
  };
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function textReader(kind: 'S' | 'U', length: number, little: boolean): ElementReader {
  const text = (view: DataView, offset: number): string => {
    if (kind === 'S') {
      const bytes = Buffer.from(view.buffer, view.byteOffset + offset, length);
      return trimEndWhere(bytes.toString('utf8'), character => character === '\0');
    }
    let result = '';
    for (let i = 0; i < length; i++) {
      const point = view.getUint32(offset + 4 * i, little);
      if (point > 0 && point <= 0x10ffff) result += String.fromCodePoint(point);
    }
    return result;
  };
  return {
    size: kind === 'U' ? 4 * length : length,
    isText: true,
    number: (view, offset) => Number(text(view, offset) || NaN),
    text,
  };
}

/** One array, its first axis the examples, its elements in C order after `dataOffset`. */
export interface ArrayPart {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly dataOffset: number;
  /** The bytes of the array's file, from its start. */
  open(signal: AbortSignal | undefined): Promise<ByteReader>;
}

/** Rows read at a time are about this many bytes. */
const BLOCK_BYTES = 4 * 1024 * 1024;
/** In bytes: an example that takes more is no example. */
const MAX_ROW = 256 * 1024 * 1024;

/**
 * Arrays of equal length side by side: `.npy` (one), `.npz` (one for each name), IDX (images and labels).
 *
 * @throws DataError `uneven-rows` where their lengths differ
 */
export function arrayTable(path: string, from: string, parts: readonly ArrayPart[]): Table {
  const rows = parts[0]?.shape[0] ?? 0;
  const odd = parts.find(part => part.shape[0] !== rows);
  if (odd) {
    throw dataError(
      'uneven-rows',
      arrayRowsDiffer({
        file: path,
        array: odd.name,
        rows: odd.shape[0] ?? 0,
        other: parts[0]?.name ?? '',
        otherRows: rows,
      }),
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
  readonly source: ByteReader;
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
  if (!reader) throw dataError('unsupported', unsupportedElements(part.dtype), part.name);
  const rowBytes = part.shape.slice(1).reduce((product, axis) => product * axis, reader.size);
  if (rowBytes > MAX_ROW)
    throw dataError('too-large', blockTooLarge({ file: part.name, limit: MAX_ROW }), part.name);
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
    throw dataError('truncated', arrayRowsTruncated({ file: path, row }), rowLocation({ file: path, row }));
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
