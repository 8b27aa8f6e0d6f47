import { countSource } from '../../messages/counting-messages';
import { byteLocation } from '../../messages/data-access-messages';
import { invalidArrow } from '../../messages/table-messages';
import {
  type RecordBatch,
  RecordBatchReader,
  type RecordBatchStreamReader,
  compressionRegistry,
} from 'apache-arrow';
import { CompressionType } from 'apache-arrow/fb/compression-type';
import { decompress as decompressZstd } from 'fzstd';
import { errorMessage } from '../../common/errors';
import { isAbort } from '../../common/abort';
import { type RandomAccess, withFile } from '../bytes/random-access-file';
import { type Block, type ReadOptions, type Table, cellBlock } from '../data-tables';
import { dataError, type DataError } from '../issues';
import { type MessageRange, listMessages } from './arrow-messages';
import { decompressLz4 } from './lz4';

/** The bytes that the buffers of the messages at hand may still unpack to: many small ones are much together. */
let unpackable = 0;

/** Real data expands a few times; a column of one value, a thousand times. */
const UNPACKED_FLOOR = 256 * 1024 * 1024;
const UNPACKED_PER_BYTE = 1000;

function allowUnpacking(bytes: number): void {
  unpackable = Math.max(UNPACKED_FLOOR, UNPACKED_PER_BYTE * bytes);
}

/** The unpacked size, which Arrow writes in the 8 bytes before a compressed buffer. */
function unpackedSize(bytes: Uint8Array): number {
  return Number(new DataView(bytes.buffer, bytes.byteOffset - 8, 8).getBigInt64(0, true));
}

function unpacked(bytes: Uint8Array, decompress: (size: number) => Uint8Array): Uint8Array {
  const size = unpackedSize(bytes);
  if (!(size >= 0 && size <= unpackable)) throw new RangeError(`compressed buffer of ${size} bytes`);
  unpackable -= size;
  return decompress(size);
}

compressionRegistry.set(CompressionType.LZ4_FRAME, {
  decode: bytes => unpacked(bytes, size => decompressLz4(bytes, size)),
});
compressionRegistry.set(CompressionType.ZSTD, {
  decode: bytes => unpacked(bytes, size => decompressZstd(bytes, new Uint8Array(size))),
});

/**
 * An Arrow file or stream, Feather version 2 included. Only the heads of its batches are read to count it; a
 * batch at a time is read for its rows.
 *
 * @throws DataError `corrupt`, `truncated`, `unsupported`
 */
export async function openArrow(path: string, signal?: AbortSignal): Promise<Table> {
  const { messages, names } = await withFile(path, signal, async file => {
    const found = await listMessages(file);
    return { messages: found, names: await readNames(file, found) };
  });
  return {
    path,
    columns: names.map(name => ({ name, content: 'value' })),
    from: countSource('arrow-headers'),
    count: () => Promise.resolve(messages.reduce((sum, { rows }) => sum + rows, 0)),
    blocks: options => readBlocks(path, messages, options),
  };
}

async function readNames(file: RandomAccess, messages: readonly MessageRange[]): Promise<string[]> {
  const schema = messages.filter(({ kind }) => kind === 'schema');
  return decode(file, schema, reader => reader.schema.fields.map(field => field.name));
}

async function* readBlocks(
  path: string,
  messages: readonly MessageRange[],
  { signal }: ReadOptions,
): AsyncGenerator<Block> {
  // Each batch is decoded as a separate short stream: the schema, the dictionaries so far, and the batch.
  const context: MessageRange[] = [];
  let first = 0;
  for (const message of messages) {
    if (message.kind !== 'batch') {
      context.push(message);
      continue;
    }
    const batch = await withFile(path, signal, file =>
      decode(file, [...context, message], reader => reader.next().value as RecordBatch | null),
    );
    if (!batch) continue;
    const failed = (error: unknown): DataError => invalid(path, message.from, error);
    yield batchBlock(batch, first, failed);
    first += batch.numRows;
  }
}

/** @param failed makes the error for values that the library cannot take out of a damaged batch */
function batchBlock(batch: RecordBatch, first: number, failed: (error: unknown) => DataError): Block {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw failed(error);
    }
  };
  const columns = attempt(() => batch.schema.fields.map((_, i) => batch.getChildAt(i)));
  return cellBlock(first, batch.numRows, (row, column) =>
    attempt(() => {
      const value: unknown = columns[column]?.get(row);
      return isVector(value) ? value.toArray() : value;
    }),
  );
}

function isVector(value: unknown): value is { toArray(): unknown } {
  return (
    typeof value === 'object' && value !== null && 'toArray' in value && typeof value.toArray === 'function'
  );
}

async function decode<T>(
  file: RandomAccess,
  messages: readonly MessageRange[],
  use: (reader: RecordBatchStreamReader) => T,
): Promise<T> {
  const parts: Uint8Array[] = [];
  for (const { from, to, bytes } of messages) parts.push(bytes ?? (await file.slice(from, to)));
  allowUnpacking(parts.reduce((sum, { length }) => sum + length, 0));
  try {
    const reader = RecordBatchReader.from(Buffer.concat(parts));
    reader.open();
    return use(reader);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw invalid(file.path, messages.at(-1)?.from ?? 0, error);
  }
}

function invalid(path: string, at: number, error: unknown): DataError {
  const reason = errorMessage(error);
  return dataError('corrupt', invalidArrow({ file: path, reason }), byteLocation({ file: path, byte: at }));
}
