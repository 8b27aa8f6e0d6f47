import { inflateSync } from 'node:zlib';
import { mostUnpacked } from './array-bounds';

// The elements of MATLAB's level 5 files, as its MAT-File Format describes them.

/** What holds the numbers of an element. */
const NUMBER_TYPES: ReadonlyMap<number, { readonly size: number; readonly read: NumberAt }> = new Map([
  [1, { size: 1, read: (view: DataView, at: number) => view.getInt8(at) }],
  [2, { size: 1, read: (view: DataView, at: number) => view.getUint8(at) }],
  [3, { size: 2, read: (view: DataView, at: number, little: boolean) => view.getInt16(at, little) }],
  [4, { size: 2, read: (view: DataView, at: number, little: boolean) => view.getUint16(at, little) }],
  [5, { size: 4, read: (view: DataView, at: number, little: boolean) => view.getInt32(at, little) }],
  [6, { size: 4, read: (view: DataView, at: number, little: boolean) => view.getUint32(at, little) }],
  [7, { size: 4, read: (view: DataView, at: number, little: boolean) => view.getFloat32(at, little) }],
  [9, { size: 8, read: (view: DataView, at: number, little: boolean) => view.getFloat64(at, little) }],
  [
    12,
    { size: 8, read: (view: DataView, at: number, little: boolean) => Number(view.getBigInt64(at, little)) },
  ],
  [
    13,
    { size: 8, read: (view: DataView, at: number, little: boolean) => Number(view.getBigUint64(at, little)) },
  ],
  // UTF-8 and UTF-16, by their units.
  [16, { size: 1, read: (view: DataView, at: number) => view.getUint8(at) }],
  [17, { size: 2, read: (view: DataView, at: number, little: boolean) => view.getUint16(at, little) }],
]);

type NumberAt = (view: DataView, at: number, little: boolean) => number;

const INT8 = 1;
const UINT8 = 2;
const UTF8 = 16;

/** Types of elements that are no numbers, and classes of arrays. */
export const MATRIX = 14;
export const COMPRESSED = 15;
const CELL = 1;
const STRUCT = 2;
const CHAR = 4;
const SPARSE = 5;
const NUMBERS = { first: 6, last: 15 } as const;

/** Bytes that are no element, or more elements than bytes. */
export class MatlabFault extends Error {}

/** A piece of a file: its type and its bytes. */
export interface Element {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** Where the next one begins. */
  readonly next: number;
}

/** Reads the tag at a place, in either of its forms, and takes the bytes behind it. */
export function readElement(bytes: Uint8Array, at: number, little: boolean): Element {
  const { type, size, start, next } = readTag(bytes, at, little);
  if (start + size > bytes.length) throw new MatlabFault();
  return { type, bytes: bytes.subarray(start, start + size), next };
}

export interface Tag {
  readonly type: number;
  readonly size: number;
  readonly start: number;
  readonly next: number;
}

export function readTag(bytes: Uint8Array, at: number, little: boolean): Tag {
  if (at + 8 > bytes.length) throw new MatlabFault();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = view.getUint32(at, little);
  // Up to four bytes stand in the tag itself.
  const small = first >>> 16;
  if (small > 0) {
    if (small > 4) throw new MatlabFault();
    return { type: first & 0xffff, size: small, start: at + 4, next: at + 8 };
  }
  const size = view.getUint32(at + 4, little);
  const isPadded = first !== COMPRESSED;
  return { type: first, size, start: at + 8, next: at + 8 + (isPadded ? Math.ceil(size / 8) * 8 : size) };
}

/** What the head of an array says, and where its contents begin. */
export interface MatrixHead {
  readonly name: string;
  readonly kind: 'numbers' | 'text' | 'cells' | 'struct' | 'sparse' | 'other';
  readonly shape: readonly number[];
  readonly isComplex: boolean;
  readonly contents: number;
}

/** The most axes of an array. */
const MAX_AXES = 16;

/** @param bytes behind the tag of the array; the head alone will do */
export function readMatrixHead(bytes: Uint8Array, little: boolean): MatrixHead {
  const flags = readElement(bytes, 0, little);
  const sizes = readElement(bytes, flags.next, little);
  const name = readElement(bytes, sizes.next, little);
  if (flags.bytes.length < 8 || sizes.type !== 5 || sizes.bytes.length > 4 * MAX_AXES)
    throw new MatlabFault();
  const word = new DataView(flags.bytes.buffer, flags.bytes.byteOffset).getUint32(0, little);
  const shape = numbersOf(sizes, little).values();
  if (shape.some(axis => axis < 0)) throw new MatlabFault();
  return {
    name: Buffer.from(name.bytes).toString('latin1'),
    kind: kindOf(word & 255),
    shape,
    isComplex: (word & 0x0800) !== 0,
    contents: name.next,
  };
}

function kindOf(arrayClass: number): MatrixHead['kind'] {
  switch (arrayClass) {
    case CELL:
      return 'cells';
    case STRUCT:
      return 'struct';
    case CHAR:
      return 'text';
    case SPARSE:
      return 'sparse';
    default:
      return arrayClass >= NUMBERS.first && arrayClass <= NUMBERS.last ? 'numbers' : 'other';
  }
}

/** The numbers of an element, whatever they are stored as: MATLAB makes them as small as they fit. */
export interface Numbers {
  readonly length: number;
  at(place: number): number;
  values(): number[];
}

export function numbersOf({ type, bytes }: Element, little: boolean): Numbers {
  const found = NUMBER_TYPES.get(type);
  if (!found) throw new MatlabFault();
  const { size, read } = found;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = Math.floor(bytes.length / size);
  const at = (place: number): number => (place < length ? read(view, place * size, little) : NaN);
  return { length, at, values: () => Array.from({ length }, (_, place) => at(place)) };
}

/** The characters of a text, or of rows of texts in the order of MATLAB, by what they are stored as. */
export function charactersOf({ type, bytes }: Element, little: boolean): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (type) {
    case UTF8:
      return buffer.toString('utf8');
    case INT8:
    case UINT8:
      return buffer.toString('latin1');
    default:
      return numbersOf({ type, bytes, next: 0 }, little)
        .values()
        .map(unit => String.fromCharCode(unit))
        .join('');
  }
}

/** Larger variables are not read, in bytes. */
export const MAX_VARIABLE = 512 * 1024 * 1024;

/** The head of a compressed variable: about 200 bytes of it, however large it is. */
const HEAD = 2048;

/** The first bytes that a compressed variable unpacks to: its tag and head. */
export function inflateHead(packed: Uint8Array): Uint8Array {
  return inflateSync(packed.subarray(0, HEAD), { finishFlush: 2 });
}

/** A compressed variable, its tag first. @throws RangeError where it unpacks to more than it says */
export function inflateVariable(packed: Uint8Array, little: boolean): Uint8Array {
  const { size } = readTag(inflateHead(packed), 0, little);
  if (size > MAX_VARIABLE || size > mostUnpacked(packed.length)) throw new MatlabFault();
  return inflateSync(packed, { maxOutputLength: size + 8 });
}
