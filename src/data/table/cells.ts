import { isMissing } from './missing';
import type { Block } from './table';

export type Cell = string | number | bigint | boolean | null | undefined | Date | object;

/** A block over cells that are JavaScript values already. */
export function cellBlock(
  first: number,
  rows: number,
  cell: (row: number, column: number) => unknown,
): Block {
  return {
    first,
    rows,
    text: (row, column) => cellText(cell(row, column)),
    number: (row, column) => cellNumber(cell(row, column)),
    vector: (row, column) => cellVector(cell(row, column)),
  };
}

export function cellText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return isMissing(value) ? undefined : value;
    case 'number':
      return Number.isNaN(value) ? undefined : String(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return undefined;
      return value instanceof Date ? value.toISOString() : JSON.stringify(value);
    default:
      return undefined;
  }
}

export function cellNumber(value: unknown): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'bigint':
    case 'boolean':
      return Number(value);
    case 'string':
      return value.trim() === '' ? NaN : Number(value);
    case 'object':
      return value instanceof Date ? value.getTime() : NaN;
    default:
      return NaN;
  }
}

function cellVector(value: unknown): ArrayLike<number> | undefined {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value as unknown as ArrayLike<number>;
  if (!Array.isArray(value)) return undefined;
  return value.flat(Infinity).map(cellNumber);
}
