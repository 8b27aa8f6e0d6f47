import { countSource } from '../../messages/counting-messages';
import { invalidMatlab, matlabLevel4, matlabTooLarge } from '../../messages/format-messages';
import { byteLocation } from '../../messages/data-access-messages';
import { type RandomAccess, withFile } from '../bytes/random-access-file';
import type { RawDatasetPart } from '../data-tables';
import { dataError, isDataError } from '../issues';
import { mostUnpacked } from './array-bounds';
import { isHdf5, openHdf5 } from './hdf5';
import {
  COMPRESSED,
  MATRIX,
  MAX_VARIABLE,
  MatlabFault,
  charactersOf,
  type MatrixHead,
  inflateHead,
  inflateVariable,
  numbersOf,
  readElement,
  readMatrixHead,
  readTag,
} from './matlab-elements';
import { type ElementAt, type StoredArray, arrayTables, stridesOf } from './stored-arrays';

/** Text and version, before the first variable. */
const HEADER = 128;
/** The heads of variables are short. */
const HEAD = 4096;
const MAX_VARIABLES = 2000;
const MAX_DEPTH = 8;

/** A variable, or a field of one: which, and what its head says. */
interface Variable {
  readonly name: string;
  /** Where its tag is in the file, and its bytes with the tag. */
  readonly from: number;
  readonly size: number;
  readonly isPacked: boolean;
  /** The places of fields that lead to the array in it. */
  readonly steps: readonly number[];
  readonly head: MatrixHead;
}

interface MatlabFile {
  readonly little: boolean;
  readonly variables: readonly Variable[];
  readonly unread: readonly string[];
}

/**
 * A MATLAB file of level 5 (`-v7` and before) or 7.3: numbers, sparse arrays, texts in cells, and fields of structs, as
 * arrays along their first or last axis. Only the heads of variables are read to count it.
 *
 * @throws DataError `corrupt`, `truncated`, `unsupported`
 */
export async function openMatlab(
  path: string,
  table: string | undefined,
  signal: AbortSignal | undefined,
): Promise<RawDatasetPart[]> {
  if (await isHdf5(path, signal)) return openHdf5(path, { table, isMatlab: true, signal });
  const { little, variables, unread } = await withFile(path, signal, file =>
    guarded(path, () => listVariables(file)),
  );
  const stored = variables.map((variable): StoredArray => ({
    name: variable.name,
    shape: variable.head.kind === 'text' ? [variable.head.shape[0] ?? 0, 1] : variable.head.shape,
    itemSize: 8,
    async open(axis, each) {
      const bytes = await withFile(path, each, file =>
        guarded(path, () => readVariable(file, variable, little)),
      );
      const at = await guarded(path, () => Promise.resolve(elementsOf(bytes, variable.head, axis, little)));
      return { rows: first => Promise.resolve((row, element) => at(first + row, element)) };
    },
  }));
  const written = { format: 'matlab', ...(table !== undefined && { table }) } as const;
  return arrayTables(path, stored, { from: countSource('matlab-headers'), table, written, unread });
}

/** Whatever bytes are no element make a damaged file. */
async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDataError(error) || !(error instanceof Error) || error.name === 'AbortError') throw error;
    throw dataError('corrupt', invalidMatlab(path), path);
  }
}

async function listVariables(file: RandomAccess): Promise<MatlabFile> {
  const { path, size } = file;
  const header = Buffer.from(await file.slice(0, Math.min(size, HEADER)));
  const mark = header.toString('latin1', 126, 128);
  if (mark !== 'IM' && mark !== 'MI') {
    const isLevel4 = header.length >= 20 && header.readUInt32LE(0) <= 4052 && header.readUInt32LE(16) < 64;
    throw dataError(
      isLevel4 ? 'unsupported' : 'corrupt',
      isLevel4 ? matlabLevel4(path) : invalidMatlab(path),
      path,
    );
  }
  const little = mark === 'IM';
  const variables: Variable[] = [];
  const unread: string[] = [];
  for (let at = HEADER; at + 8 <= size && variables.length < MAX_VARIABLES;) {
    const tag = readTag(await file.slice(at, at + 8), 0, little);
    const end = at + tag.start + tag.size;
    // Reading the last byte tells a file that is cut off.
    await file.slice(end - 1, end);
    const part = await file.slice(at, Math.min(end, at + HEAD));
    const isPacked = tag.type === COMPRESSED;
    if (isPacked || tag.type === MATRIX) {
      const shown = isPacked ? inflateHead(part.subarray(tag.start)) : part;
      const inner = readTag(shown, 0, little);
      const head = readMatrixHead(shown.subarray(inner.start), little);
      const variable = { name: head.name, from: at, size: end - at, isPacked, steps: [], head };
      // Classes and functions of MATLAB have no name.
      if (head.name !== '') {
        const found =
          head.kind === 'struct'
            ? fieldsOf(await readVariable(file, variable, little), variable, little, 0)
            : [variable];
        const readable = found.filter(each => isReadable(each.head, each.size));
        variables.push(...readable);
        unread.push(...found.filter(each => !readable.includes(each)).map(({ name }) => name));
      }
    }
    at += tag.next;
  }
  return { little, variables, unread };
}

/** @param size bytes of the variable, which cannot hold any number of elements */
function isReadable({ kind, isComplex, shape }: MatrixHead, size: number): boolean {
  const total = shape.reduce((product, axis) => product * axis, 1);
  if (isComplex || total > mostUnpacked(size)) return false;
  return (
    kind === 'numbers' || kind === 'cells' || kind === 'sparse' || (kind === 'text' && shape.length === 2)
  );
}

/** The bytes of an array behind its tag. */
async function readVariable(file: RandomAccess, variable: Variable, little: boolean): Promise<Uint8Array> {
  const { from, size, isPacked, steps } = variable;
  if (size > MAX_VARIABLE) {
    const message = matlabTooLarge({ file: file.path, name: variable.name, limit: MAX_VARIABLE });
    throw dataError('too-large', message, byteLocation({ file: file.path, byte: from }));
  }
  const raw = await file.slice(from, from + size);
  const whole = isPacked ? inflateVariable(raw.subarray(8), little) : raw;
  let { bytes } = readElement(whole, 0, little);
  for (const step of steps) bytes = fieldElements(bytes, little)[step]?.bytes ?? new Uint8Array(0);
  return bytes;
}

/** The arrays that a struct of one element holds, and those that structs in it hold. */
function fieldsOf(bytes: Uint8Array, of: Variable, little: boolean, depth: number): Variable[] {
  if (depth > MAX_DEPTH || of.head.shape.some(axis => axis !== 1)) return [of];
  return fieldElements(bytes, little).flatMap(({ name, bytes: inner }, place) => {
    const head = readMatrixHead(inner, little);
    const field = { ...of, name: `${of.name}/${name}`, steps: [...of.steps, place], head };
    return head.kind === 'struct' ? fieldsOf(inner, field, little, depth + 1) : [field];
  });
}

function fieldElements(bytes: Uint8Array, little: boolean): { name: string; bytes: Uint8Array }[] {
  const { contents } = readMatrixHead(bytes, little);
  const width = readElement(bytes, contents, little);
  const names = readElement(bytes, width.next, little);
  const length = numbersOf(width, little).at(0);
  if (!(length > 0 && length <= 64)) throw new MatlabFault();
  const found: { name: string; bytes: Uint8Array }[] = [];
  let at = names.next;
  for (let place = 0; (place + 1) * length <= names.bytes.length; place++) {
    const [name = ''] = Buffer.from(names.bytes.subarray(place * length, (place + 1) * length))
      .toString('latin1')
      .split('\0');
    const element = readElement(bytes, at, little);
    if (element.type !== MATRIX) throw new MatlabFault();
    found.push({ name, bytes: element.bytes });
    at = element.next;
  }
  return found;
}

function elementsOf(bytes: Uint8Array, head: MatrixHead, axis: number, little: boolean): ElementAt {
  const { shape } = head;
  const total = shape.reduce((product, length) => product * length, 1);
  const { rowStride, offsets } = stridesOf(shape, axis, true);
  const place = (row: number, element: number): number => row * rowStride + (offsets[element] ?? 0);
  const { contents } = readMatrixHead(bytes, little);
  switch (head.kind) {
    case 'cells': {
      const texts = textsOf(bytes, contents, total, little);
      return (row, element) => texts[place(row, element)] ?? NaN;
    }
    case 'sparse': {
      const values = denseOf(bytes, contents, shape, little);
      return (row, element) => values[place(row, element)] ?? NaN;
    }
    case 'text': {
      const characters = charactersOf(readElement(bytes, contents, little), little);
      // Each row of characters is a text.
      const [rows = 0, length = 0] = shape;
      return row =>
        Array.from({ length }, (_, at) => characters.charAt(row + at * rows))
          .join('')
          .trimEnd();
    }
    default: {
      const numbers = numbersOf(readElement(bytes, contents, little), little);
      if (numbers.length < total) throw new MatlabFault();
      return (row, element) => numbers.at(place(row, element));
    }
  }
}

/** The texts and numbers in cells, each an array of its own. */
function textsOf(bytes: Uint8Array, from: number, total: number, little: boolean): (string | number)[] {
  const texts: (string | number)[] = [];
  let at = from;
  for (let i = 0; i < total; i++) {
    const element = readElement(bytes, at, little);
    if (element.type !== MATRIX) throw new MatlabFault();
    at = element.next;
    const head = element.bytes.length > 0 ? readMatrixHead(element.bytes, little) : undefined;
    const isEmpty = !head || head.shape.includes(0) || (head.kind !== 'text' && head.kind !== 'numbers');
    if (isEmpty) {
      texts.push(NaN);
      continue;
    }
    const contents = readElement(element.bytes, head.contents, little);
    if (head.kind === 'text') texts.push(charactersOf(contents, little));
    else texts.push(numbersOf(contents, little).length === 1 ? numbersOf(contents, little).at(0) : NaN);
  }
  return texts;
}

/** More elements than this, in a sparse array, are not made dense. */
const MAX_DENSE = 64 * 1024 * 1024;

function denseOf(bytes: Uint8Array, from: number, shape: readonly number[], little: boolean): Float64Array {
  const [rows = 0, columns = 0] = shape;
  const total = rows * columns;
  if (shape.length !== 2 || total > MAX_DENSE) throw new MatlabFault();
  const rowOf = readElement(bytes, from, little);
  const starts = readElement(bytes, rowOf.next, little);
  const values = numbersOf(readElement(bytes, starts.next, little), little);
  const [places, ends] = [numbersOf(rowOf, little), numbersOf(starts, little)];
  const dense = new Float64Array(total);
  for (let column = 0; column < columns; column++)
    for (let i = ends.at(column); i < Math.min(ends.at(column + 1), places.length); i++) {
      const row = places.at(i);
      if (!(row >= 0 && row < rows)) throw new MatlabFault();
      dense[column * rows + row] = values.at(i);
    }
  return dense;
}
