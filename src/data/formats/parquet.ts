import { countSource } from '../../messages/counting-messages';
import { byteLocation } from '../../messages/data-access-messages';
import { invalidParquet, parquetFooterMissing, parquetRowsDiffer } from '../../messages/table-messages';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { errorMessage } from '../../common/errors';
import { isAbort, throwIfAborted } from '../../common/abort';
import { type RandomAccess, withFile } from '../bytes/random-access-file';
import { type Block, type ReadOptions, type Table, cellBlock } from '../data-tables';
import { dataError, isDataError } from '../issues';

/** Rows decoded at a time. */
const BLOCK_ROWS = 8192;

/**
 * A Parquet file. Only its footer is read to count it.
 *
 * @throws DataError `corrupt` or `truncated`
 */
export async function openParquet(path: string, signal?: AbortSignal): Promise<Table> {
  const metadata = await withFile(path, signal, file => guard(path, () => readFooter(file)));
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (rows !== Number(metadata.num_rows) || rows < 0) {
    const message = parquetRowsDiffer({ file: path, declared: Number(metadata.num_rows), found: rows });
    throw dataError('corrupt', message, path);
  }
  const names = parquetSchema(metadata).children.map(child => child.element.name);
  return {
    path,
    columns: names.map(name => ({ name, content: 'value' })),
    from: countSource('parquet-footer'),
    count: () => Promise.resolve(rows),
    blocks: options => readBlocks(path, metadata, names, options),
  };
}

async function readFooter(file: RandomAccess): Promise<FileMetaData> {
  const { path, size } = file;
  const notParquet = dataError(
    'truncated',
    parquetFooterMissing(path),
    byteLocation({ file: path, byte: size }),
  );
  if (size < 12) throw notParquet;
  const tail = Buffer.from(await file.slice(size - 8, size));
  if (tail.toString('latin1', 4) !== 'PAR1') throw notParquet;
  if (tail.readUInt32LE(0) + 12 > size) throw notParquet;
  return parquetMetadataAsync(asyncBuffer(file));
}

function asyncBuffer(file: RandomAccess): AsyncBuffer {
  return {
    byteLength: file.size,
    slice(start, end = file.size) {
      const from = start < 0 ? Math.max(0, file.size + start) : start;
      const bytes = file.slice(from, Math.min(end, file.size)).then(({ buffer }) => buffer as ArrayBuffer);
      // The library asks for all columns ahead; where one fails, nobody awaits the others.
      bytes.catch(() => undefined);
      return bytes;
    },
  };
}

async function* readBlocks(
  path: string,
  metadata: FileMetaData,
  names: readonly string[],
  { columns, signal }: ReadOptions,
): AsyncGenerator<Block> {
  const wanted = (columns ?? [...names.keys()]).map(column => names[column] ?? '');
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows);
    for (let first = groupStart; first < groupEnd; first += BLOCK_ROWS) {
      throwIfAborted(signal);
      const rowEnd = Math.min(first + BLOCK_ROWS, groupEnd);
      const rows = await withFile(path, signal, file =>
        guard(path, () =>
          parquetReadObjects({
            file: asyncBuffer(file),
            metadata,
            columns: wanted,
            rowStart: first,
            rowEnd,
            compressors,
          }),
        ),
      );
      yield cellBlock(first, rows.length, (row, column) => rows[row]?.[names[column] ?? ''] as unknown);
    }
    groupStart = groupEnd;
  }
}

/** Whatever the decoder throws at bad bytes is a corrupt file. */
async function guard<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDataError(error) || isAbort(error)) throw error;
    const message = errorMessage(error);
    throw dataError('corrupt', invalidParquet({ file: path, reason: message }), path);
  }
}
