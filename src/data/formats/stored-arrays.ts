import { arraysLeftOut, arraysWithoutExamples, unknownArray } from '../../messages/array-messages';
import { throwIfAborted } from '../../common/abort';
import {
  type Block,
  type Column,
  type RawDatasetPart,
  type Table,
  cellText,
  cellNumber,
} from '../data-tables';
import { dataError } from '../issues';
import type { TableSource } from '../../protocol/preprocessing';
import type { SplitName } from '../splits';
import { splitOfPath } from './array-names';

/** The value at an element of an example, both counted from 0; elements in C order. */
export type ElementAt = (row: number, element: number) => number | string;

/** An array of a file that holds several, such as HDF5 and MATLAB files. */
export interface StoredArray {
  /** With the groups that lead to it, by slashes. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes of an element. */
  readonly itemSize: number;
  /** What reads examples along an axis, which is the first or the last one. */
  open(axis: number, signal: AbortSignal | undefined): Promise<OpenArray>;
}

export interface OpenArray {
  /** The elements of so many examples; valid until the next call. */
  rows(first: number, count: number): Promise<ElementAt>;
}

/** Rows read at a time are about this many bytes. */
const BLOCK_BYTES = 4 * 1024 * 1024;
const MAX_BLOCK_ROWS = 8192;
/** Elements of an example: one that has more is no example. */
export const MAX_CELL = 4 * 1024 * 1024;

/** Where the elements of an array are: `row * rowStride + offsets[element]`. */
export interface Strides {
  readonly rowStride: number;
  readonly offsets: Float64Array;
}

/**
 * The places of the elements of examples along an axis.
 *
 * @param columnMajor whether the first axis varies fastest in memory, as MATLAB stores arrays
 */
export function stridesOf(shape: readonly number[], axis: number, columnMajor: boolean): Strides {
  const strides: number[] = [];
  let stride = 1;
  for (const place of columnMajor ? [...shape.keys()] : [...shape.keys()].reverse()) {
    strides[place] = stride;
    stride *= shape[place] ?? 1;
  }
  let offsets = new Float64Array(1);
  for (const [place, length] of shape.entries()) {
    if (place === axis) continue;
    const next = new Float64Array(offsets.length * length);
    offsets.forEach((offset, i) => {
      for (let at = 0; at < length; at++) next[i * length + at] = offset + at * (strides[place] ?? 0);
    });
    offsets = next;
  }
  return { rowStride: strides[axis] ?? 1, offsets };
}

interface ChosenArray {
  readonly array: StoredArray;
  readonly name: string;
  readonly axis: number;
  readonly cell: readonly number[];
}

/**
 * The tables that arrays are, one for each split that their names tell. The examples lie along the first axis, or the last,
 * whichever has the length that most arrays share; arrays of no such length are left out, and reported by the count.
 *
 * @param table the name of one array, or of a group of them
 * @throws DataError `empty` where there is no array of examples, `unknown-table`
 */
export function arrayTables(
  path: string,
  arrays: readonly StoredArray[],
  of: {
    readonly from: string;
    readonly table: string | undefined;
    readonly written: Partial<TableSource>;
    /** Arrays that have no values that can be read. */
    readonly unread: readonly string[];
  },
): RawDatasetPart[] {
  const { table, from, written, unread } = of;
  const asked =
    table === undefined
      ? arrays
      : arrays.filter(({ name }) => name === table || name.startsWith(`${table}/`));
  if (asked.length === 0 && table !== undefined && arrays.length > 0)
    throw dataError('unknown-table', unknownArray({ file: path, array: table }), path);
  const groups = new Map<SplitName | undefined, (readonly [string, StoredArray])[]>();
  for (const array of asked) {
    const { name, split } = splitOfPath(array.name);
    const group = groups.get(split) ?? [];
    groups.set(split, group);
    group.push([name, array]);
  }
  const parts: RawDatasetPart[] = [];
  const left = [...unread];
  // Arrays beside those of splits are about the data, such as the names of classes.
  if (groups.size > 1) {
    left.push(...(groups.get(undefined) ?? []).map(([, { name }]) => name));
    groups.delete(undefined);
  }
  for (const [split, named] of groups) {
    const { rows, chosen } = chooseAxes(named);
    left.push(
      ...named.filter(([, array]) => !chosen.some(each => each.array === array)).map(([name]) => name),
    );
    if (chosen.length === 0) continue;
    const isFirst = parts.length === 0;
    const opened = tableOf(path, from, chosen, rows, isFirst ? left : []);
    parts.push({ table: { ...opened, written }, ...(split !== undefined && { split }) });
  }
  if (parts.length === 0) throw dataError('empty', arraysWithoutExamples(path), path);
  return parts;
}

function chooseAxes(named: readonly (readonly [string, StoredArray])[]): {
  rows: number;
  chosen: ChosenArray[];
} {
  const votes = new Map<number, number>();
  for (const [, { shape }] of named) {
    const isVector = shape.filter(length => length !== 1).length <= 1;
    for (const length of new Set([shape[0], shape.at(-1)]))
      // Labels have no other axis.
      if (length !== undefined && (length !== 1 || shape.every(each => each === 1)))
        votes.set(length, (votes.get(length) ?? 0) + (isVector ? 1.5 : 1));
  }
  const [best] = [...votes].sort(([a, first], [b, second]) => second - first || b - a);
  const rows = best?.[0] ?? 0;
  const chosen = named.flatMap(([name, array]): ChosenArray[] => {
    const { shape } = array;
    const axis = shape[0] === rows ? 0 : shape.at(-1) === rows ? shape.length - 1 : -1;
    if (axis < 0) return [];
    const cell = shape.filter((_, place) => place !== axis);
    const size = cell.reduce((product, length) => product * length, 1);
    return size > 0 && size <= MAX_CELL ? [{ array, name, axis, cell: size === 1 ? [] : cell }] : [];
  });
  return { rows, chosen };
}

function tableOf(
  path: string,
  from: string,
  chosen: readonly ChosenArray[],
  rows: number,
  left: readonly string[],
): Table {
  return {
    path,
    from,
    columns: chosen.map(({ name, cell }): Column => ({
      name,
      content: 'value',
      ...(cell.length > 0 && { shape: cell }),
    })),
    count({ issues }) {
      if (left.length > 0)
        issues.add(
          'information',
          'mixed-formats',
          arraysLeftOut({ file: path, arrays: left }),
          path,
          left.length,
        );
      return Promise.resolve(rows);
    },
    async *blocks({ columns, signal }) {
      const wanted = [...new Set(columns ?? chosen.keys())];
      const open = new Map<
        number,
        { readonly from: OpenArray; readonly width: number; readonly isVector: boolean }
      >();
      let rowBytes = 1;
      for (const column of wanted) {
        const each = chosen[column];
        if (!each) continue;
        const width = each.cell.reduce((product, length) => product * length, 1);
        rowBytes += width * each.array.itemSize;
        open.set(column, {
          from: await each.array.open(each.axis, signal),
          width,
          isVector: each.cell.length > 0,
        });
      }
      const step = Math.min(MAX_BLOCK_ROWS, Math.max(1, Math.floor(BLOCK_BYTES / rowBytes)));
      for (let first = 0; first < rows; first += step) {
        throwIfAborted(signal);
        const count = Math.min(step, rows - first);
        const read = new Map<number, ElementAt>();
        for (const [column, { from: source }] of open) read.set(column, await source.rows(first, count));
        yield blockOf(first, count, column => open.get(column), read);
      }
    },
  };
}

function blockOf(
  first: number,
  rows: number,
  of: (column: number) => { readonly width: number; readonly isVector: boolean } | undefined,
  read: ReadonlyMap<number, ElementAt>,
): Block {
  const scalar = (row: number, column: number): number | string | undefined =>
    of(column)?.isVector === false ? read.get(column)?.(row, 0) : undefined;
  return {
    first,
    rows,
    text: (row, column) => cellText(scalar(row, column)),
    number: (row, column) => cellNumber(scalar(row, column)),
    vector(row, column) {
      const [found, at] = [of(column), read.get(column)];
      if (found?.isVector !== true || !at) return undefined;
      return Float64Array.from({ length: found.width }, (_, element) => cellNumber(at(row, element)));
    },
  };
}
