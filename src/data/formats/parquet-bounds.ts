import type { ColumnMetaData, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js';
import { decompress as decompressZstd } from 'fzstd';
import { compressors as plainCompressors } from 'hyparquet-compressors';
import type { RandomAccess } from '../bytes/random-access-file';

/**
 * A value takes a bit, and compression makes that a thousand times less at most. Below the floor, anything goes: a
 * column of one value is stored in some bytes, whatever its length.
 */
const VALUES_PER_BYTE = 8000;
const VALUES_FLOOR = 2 ** 24;
/** The same for the bytes of unpacked pages. */
const UNPACKED_PER_BYTE = 1000;
const UNPACKED_FLOOR = 64 * 1024 * 1024;

/** In bytes, of the description of columns and row groups, which becomes objects many times as large. */
export const MAX_FOOTER = 32 * 1024 * 1024;

/** Whether so many values may come out of so many bytes. */
export function areBoundedValues(values: number, bytes: number): boolean {
  return (
    Number.isSafeInteger(values) && values >= 0 && values <= Math.max(VALUES_FLOOR, VALUES_PER_BYTE * bytes)
  );
}

/** The decompressors, none of which takes more memory than a page's header states; that is checked before. */
export const compressors: typeof plainCompressors = {
  ...plainCompressors,
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
};

/**
 * Checks the pages of a column before the library decodes them: it takes memory for as many values as a header states
 * and follows runs of any length. Each number must fit those around it and the bytes that it stands for.
 *
 * @throws Error where it does not
 */
export async function assertBoundedColumn(
  file: RandomAccess,
  schema: SchemaTree,
  column: ColumnMetaData,
): Promise<void> {
  const start = Number(column.dictionary_page_offset ?? 0n) || Number(column.data_page_offset);
  const bytes = await file.slice(start, start + Number(column.total_compressed_size));
  const path = getTreePath(schema, column.path_in_schema);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
  const declared = Number(column.num_values);
  if (!areBoundedValues(declared, bytes.length)) throw invalid('number of values');
  let [values, unpacked] = [0, 0];
  while (reader.offset < bytes.length - 1) {
    const header = parquetHeader(reader);
    const end = reader.offset + header.compressed_page_size;
    if (!(header.compressed_page_size >= 0 && end <= bytes.length)) throw invalid('page size');
    unpacked += header.uncompressed_page_size;
    if (!(header.uncompressed_page_size >= 0)) throw invalid('page size');
    if (unpacked > Math.max(UNPACKED_FLOOR, UNPACKED_PER_BYTE * bytes.length)) throw invalid('page size');
    values += valuesOf(header);
    if (values > declared) throw invalid('number of values');
    assertBoundedPage(header, bytes.subarray(reader.offset, end), path, column);
    reader.offset = end;
  }
}

function invalid(what: string): Error {
  return new Error(`impossible ${what} in a page`);
}

/** The values of a page of data; none of a dictionary, whose own are checked here. */
function valuesOf({ dictionary_page_header: dictionary, ...header }: PageHeader): number {
  const [first, second] = [header.data_page_header, header.data_page_header_v2];
  if (dictionary) {
    const isPossible =
      dictionary.num_values >= 0 && dictionary.num_values <= 8 * header.uncompressed_page_size;
    if (!isPossible) throw invalid('number of words');
  }
  if (second) {
    const { num_values: values, num_nulls: nulls, num_rows: rows } = second;
    if (!(nulls >= 0 && nulls <= values && rows >= 0 && rows <= values)) throw invalid('number of rows');
  }
  const count = first?.num_values ?? second?.num_values ?? 0;
  if (!(count >= 0)) throw invalid('number of values');
  return count;
}

function assertBoundedPage(
  header: PageHeader,
  packed: Uint8Array,
  path: SchemaTree[],
  { codec, type }: ColumnMetaData,
): void {
  const [first, second] = [header.data_page_header, header.data_page_header_v2];
  const levels = [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)].filter(most => most > 0);
  if (first) {
    const page = decompressPage(packed, header.uncompressed_page_size, codec, compressors);
    const view = new DataView(page.buffer, page.byteOffset, page.length);
    let at = 0;
    for (const most of levels) {
      const length = view.getUint32(at, true);
      assertRuns(view, { from: at + 4, width: bitsFor(most), values: first.num_values });
      at += 4 + length;
    }
    assertBoundedValues(view, at, { encoding: first.encoding, type, values: first.num_values });
  } else if (second) {
    const { definition_levels_byte_length: defined, repetition_levels_byte_length: repeated } = second;
    if (!(defined >= 0 && repeated >= 0 && defined + repeated <= packed.length)) throw invalid('levels');
    const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
    const values = second.num_values;
    if (repeated > 0) assertRuns(view, { from: 0, width: bitsFor(getMaxRepetitionLevel(path)), values });
    if (defined > 0)
      assertRuns(view, { from: repeated, width: bitsFor(getMaxDefinitionLevel(path)), values });
    const rest = packed.subarray(defined + repeated);
    const size = header.uncompressed_page_size - defined - repeated;
    const page = second.is_compressed === false ? rest : decompressPage(rest, size, codec, compressors);
    assertBoundedValues(new DataView(page.buffer, page.byteOffset, page.length), 0, {
      encoding: second.encoding,
      type,
      values,
    });
  }
}

function assertBoundedValues(
  view: DataView,
  at: number,
  { encoding, type, values }: { readonly encoding: string; readonly type: string; readonly values: number },
): void {
  if (values === 0 || at >= view.byteLength) return;
  if (encoding === 'RLE' || encoding.endsWith('DICTIONARY')) {
    const isFlag = type === 'BOOLEAN';
    const width = isFlag ? 1 : view.getUint8(at);
    if (width > 0) assertRuns(view, { from: isFlag ? at + 4 : at + 1, width, values });
  }
  if (encoding === 'DELTA_BYTE_ARRAY') assertPrefixes(view, at, values);
}

/** How many bits hold the numbers up to `most`. */
function bitsFor(most: number): number {
  return Math.ceil(Math.log2(most + 1));
}

interface Runs {
  readonly from: number;
  readonly width: number;
  readonly values: number;
}

/** Runs of equal numbers and groups of eight packed ones, until all values are there. */
function assertRuns(view: DataView, { from, width, values }: Runs): void {
  let [at, seen] = [from, 0];
  while (seen < values && at < view.byteLength) {
    const { value: head, end } = readVarint(view, at);
    const count = head & 1 ? (head >>> 1) * 8 : head >>> 1;
    // The last group is filled up to eight, by some writers to more.
    if (count > values + 512) throw invalid('run');
    seen += count;
    at = end + (head & 1 ? (head >>> 1) * width : (width + 7) >> 3);
  }
}

function readVarint(view: DataView, from: number): { readonly value: number; readonly end: number } {
  let [value, at] = [0, from];
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = view.getUint8(at++);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value: value >>> 0, end: at };
  }
  throw invalid('run');
}

/** Texts that repeat the beginning of the one before: each takes memory for all of it. */
function assertPrefixes(view: DataView, at: number, values: number): void {
  const reader = { view, offset: at };
  // Behind the sizes of blocks stands how many there are.
  let next = readVarint(view, readVarint(view, at).end);
  next = readVarint(view, next.end);
  if (next.value > values) throw invalid('number of texts');
  const prefixes = new Int32Array(next.value);
  deltaBinaryUnpack(reader, next.value, prefixes);
  let total = 0;
  for (const length of prefixes) {
    if (length < 0 || length > view.byteLength) throw invalid('text');
    total += length;
  }
  if (total > Math.max(UNPACKED_FLOOR, UNPACKED_PER_BYTE * view.byteLength)) throw invalid('text');
}
