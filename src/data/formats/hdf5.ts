import { readSync } from 'node:fs';
import type { Dataset, Group, Metadata } from 'h5wasm';
import { countSource } from '../../messages/counting-messages';
import { hdf5TooSlow, invalidHdf5, notHdf5 } from '../../messages/format-messages';
import { errorMessage } from '../../common/errors';
import { throwIfAborted } from '../../common/abort';
import { openRegular } from '../../files/regular-file';
import { withinTime } from '../bytes/bounded-time';
import { readHead } from '../bytes/byte-reader';
import type { RawDatasetPart } from '../data-tables';
import { dataError, isDataError } from '../issues';
import { fileError } from '../paths/file-access';
import { mostUnpacked } from './array-bounds';
import { type ElementAt, type OpenArray, type StoredArray, arrayTables, stridesOf } from './stored-arrays';

const SIGNATURE = '\x89HDF\r\n\x1a\n';
/** A block of one's own, such as MATLAB's, may stand in front of the signature, in bytes. */
const USER_BLOCKS = [0, 512, 1024, 2048];

/** Whether a file is of HDF5, by its first bytes. */
export async function isHdf5(path: string, signal: AbortSignal | undefined): Promise<boolean> {
  const head = Buffer.from(await readHead(path, 4096, signal));
  return USER_BLOCKS.some(at => head.toString('latin1', at, at + 8) === SIGNATURE);
}

/** Arrays in groups within groups, and the time in milliseconds that damaged structures may cost. */
const MAX_ARRAYS = 2000;
const MAX_DEPTH = 12;
const MAX_TIME = 20_000;
/** Pieces that are unpacked at once, in bytes: a file may state any size. */
const MAX_CHUNK = 256 * 1024 * 1024;
/** Smaller arrays are read at once, in bytes: pieces that lie across the examples are then unpacked once. */
const WHOLE = 128 * 1024 * 1024;

/** What a text of variable length is taken for, in bytes. */
const VARIABLE_TEXT = 4096;

/** Classes of element types, as the library numbers them. */
const INTEGER = 0;
const FLOAT = 1;
const TEXT = 3;
const RECORD = 6;
const ENUM = 8;

/** What an array holds, or a field of its records. */
interface Hdf5Array {
  readonly path: string;
  readonly name: string;
  readonly shape: readonly number[];
  readonly itemSize: number;
  readonly field?: number;
}

/**
 * The arrays of an HDF5 file as tables: numbers, texts and fields of records. Nothing outside the file is followed, and its
 * own filters are those of HDF5: gzip and shuffle.
 *
 * @param options.table the name of an array or group
 * @param options.isMatlab whether MATLAB wrote it, which stores axes in reverse
 * @throws DataError `corrupt`, `unsupported`
 */
export async function openHdf5(
  path: string,
  options: {
    readonly table?: string | undefined;
    readonly isMatlab?: boolean;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<RawDatasetPart[]> {
  const { table, isMatlab = false, signal } = options;
  if (!(await isHdf5(path, signal))) throw dataError('corrupt', notHdf5(path), path);
  const { arrays, unread } = await withHdf5(path, signal, listArrays);
  const stored = arrays.map((array): StoredArray => {
    const shape = isMatlab ? array.shape.toReversed() : array.shape;
    return {
      name: array.name,
      shape,
      itemSize: array.itemSize,
      open: (axis, each) => Promise.resolve(openArray(path, array, { shape, axis, isMatlab, signal: each })),
    };
  });
  const from = countSource('hdf5-headers');
  const written = { format: isMatlab ? 'matlab' : 'hdf5', ...(table !== undefined && { table }) } as const;
  return arrayTables(path, stored, { from, table, written, unread });
}

/** A file in the library's own file system, as far as its reading is replaced. */
interface MemoryFile {
  usedBytes: number;
  stream_ops: {
    readonly read: (
      stream: unknown,
      buffer: Int8Array,
      offset: number,
      length: number,
      position: number,
    ) => number;
  };
}

/** Opens a file for the library, which sees this one alone, and reads of it what it asks for. */
async function withHdf5<T>(
  path: string,
  signal: AbortSignal | undefined,
  use: (root: Group, size: number) => T,
): Promise<T> {
  throwIfAborted(signal);
  const { File, ready } = await import('h5wasm');
  const library = await ready;
  const { FS } = library;
  // The library would print them.
  library.activate_throwing_error_handler();
  const handle = await openRegular(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const { size } = await handle.stat();
    const name = `file${handle.fd}`;
    FS.createDataFile('/', name, new Uint8Array(0), true, false, true);
    try {
      const { node } = FS.lookupPath(`/${name}`, {});
      const file = node as unknown as MemoryFile;
      file.usedBytes = size;
      file.stream_ops = {
        ...file.stream_ops,
        read: (_, buffer, offset, length, position) => readSync(handle.fd, buffer, offset, length, position),
      };
      // Damaged structures may lead the library in circles.
      const done = withinTime(MAX_TIME, () => {
        const opened = new File(`/${name}`, 'r');
        try {
          return use(opened, size);
        } finally {
          opened.close();
        }
      });
      if (!done) throw dataError('unsupported', hdf5TooSlow({ file: path, seconds: MAX_TIME / 1000 }), path);
      return done.value;
    } finally {
      FS.unlink(`/${name}`);
    }
  } catch (error) {
    if (isDataError(error)) throw error;
    throw dataError('corrupt', invalidHdf5({ file: path, reason: reasonOf(error) }), path);
  } finally {
    await handle.close();
  }
}

/** The library lists where in its code an error was met; the innermost place says what is wrong. */
function reasonOf(error: unknown): string {
  const places = [...errorMessage(error).matchAll(/\bin \w+\(\): (.*)/g)];
  return (places.at(-1)?.[1] ?? errorMessage(error).split('\n')[0] ?? '').slice(0, 200);
}

function listArrays(root: Group, size: number): { arrays: Hdf5Array[]; unread: string[] } {
  const arrays: Hdf5Array[] = [];
  const unread: string[] = [];
  const add = (entity: Dataset, name: string): void => {
    const found = arraysOf(entity, name, size);
    arrays.push(...found);
    if (found.length === 0) unread.push(name);
  };
  const visit = (group: Group, prefix: string, depth: number): void => {
    for (const key of group.keys()) {
      // References and classes of MATLAB.
      if (key.startsWith('#') || arrays.length + unread.length >= MAX_ARRAYS) continue;
      const entity = group.get(key);
      const name = prefix + key;
      if (isDataset(entity)) add(entity, name);
      else if (isGroup(entity) && depth < MAX_DEPTH) visit(entity, `${name}/`, depth + 1);
    }
  };
  visit(root, '', 0);
  return { arrays, unread };
}

/** Links, broken ones and those to other files, are neither. */
function isDataset(entity: unknown): entity is Dataset {
  return typeof entity === 'object' && entity !== null && 'type' in entity && entity.type === 'Dataset';
}

function isGroup(entity: unknown): entity is Group {
  return typeof entity === 'object' && entity !== null && 'type' in entity && entity.type === 'Group';
}

function arraysOf(dataset: Dataset, name: string, size: number): Hdf5Array[] {
  const { metadata, path } = dataset;
  const { shape, chunks } = metadata;
  if (!shape || shape.length === 0 || metadata.virtual_sources) return [];
  const bytes = (of: readonly number[]): number =>
    of.reduce((product, axis) => product * axis, metadata.size);
  // More rows than the bytes of the file unpack to are made up.
  if (bytes(shape) > mostUnpacked(size) || (chunks && bytes(chunks) > MAX_CHUNK)) return [];
  if (metadata.type === RECORD)
    return (metadata.compound_type?.members ?? []).flatMap((member, field) =>
      isReadable(member) && (member.shape ?? []).length === 0
        ? [{ path, name: `${name}/${member.name}`, shape, itemSize: metadata.size, field }]
        : [],
    );
  // A text of any length is elsewhere in the file.
  const itemSize = metadata.vlen ? VARIABLE_TEXT : metadata.size;
  return isReadable(metadata) ? [{ path, name, shape, itemSize }] : [];
}

function isReadable({ type, size, vlen }: Metadata): boolean {
  switch (type) {
    case INTEGER:
    case ENUM:
      return [1, 2, 4, 8].includes(size);
    case FLOAT:
      return size === 4 || size === 8;
    case TEXT:
      return size > 0 && (vlen || size < 65_536);
    default:
      return false;
  }
}

/** Reads examples along an axis; of a small array, all at once. */
function openArray(
  path: string,
  array: Hdf5Array,
  of: {
    readonly shape: readonly number[];
    readonly axis: number;
    readonly isMatlab: boolean;
    readonly signal: AbortSignal | undefined;
  },
): OpenArray {
  const { shape, axis, isMatlab, signal } = of;
  const total = shape.reduce((product, length) => product * length, 1);
  const isWhole = total * array.itemSize <= WHOLE;
  const length = shape[axis] ?? 0;
  let whole: ElementAt | undefined;
  const read = (first: number, count: number): Promise<ElementAt> =>
    withHdf5(path, signal, root => {
      const dataset = root.get(array.path);
      if (!isDataset(dataset)) throw new Error(array.name);
      const place = isMatlab ? shape.length - 1 - axis : axis;
      const ranges = array.shape.map((each, at): [number, number] =>
        at === place ? [first, first + count] : [0, each],
      );
      const values = dataset.slice(ranges) as ArrayLike<unknown>;
      const strides = stridesOf(
        shape.map((each, at) => (at === axis ? count : each)),
        axis,
        isMatlab,
      );
      return (row, element) => {
        const value = values[row * strides.rowStride + (strides.offsets[element] ?? 0)];
        return plain(array.field === undefined ? value : (value as ArrayLike<unknown>)[array.field]);
      };
    });
  return {
    async rows(first, count) {
      if (!isWhole) return read(first, count);
      const all = (whole ??= await read(0, length));
      return (row, element) => all(first + row, element);
    },
  };
}

function plain(value: unknown): number | string {
  return typeof value === 'string' ? value : Number(value);
}
