import { countSource } from '../../messages/counting-messages';
import { blockTooLarge, byteLocation } from '../../messages/data-access-messages';
import {
  invalidParquet,
  parquetFooterMissing,
  parquetRowsDiffer,
  rowsTooManyForFile,
} from '../../messages/table-messages';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { errorMessage } from '../../common/errors';
import { isAbort, throwIfAborted } from '../../common/abort';
import { type RandomAccess, withFile } from '../bytes/random-access-file';
import { type Block, type ReadOptions, type Table, cellBlock } from '../data-tables';
import { dataError, isDataError } from '../issues';
import { MAX_FOOTER, areBoundedValues, assertBoundedColumn, compressors } from './parquet-bounds';
import { entryOf } from '../../common/named-entries';

/** Rows given at a time, and cells decoded at a time: each time, the library decodes a row group from its start. */
const BLOCK_ROWS = 8192;
const DECODED_CELLS = 2_000_000;

/**
 * A Parquet file. Only its footer is read to count it.
 *
 * @throws DataError `corrupt` or `truncated`
 */
export async function openParquet(path: string, signal?: AbortSignal): Promise<Table> {
  const { metadata, names, size } = await withFile(path, signal, file =>
    guard(path, async () => {
      const footer = await readFooter(file);
      const children = parquetSchema(footer).children.map(child => child.element.name);
      return { metadata: footer, names: children, size: file.size };
    }),
  );
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (rows !== Number(metadata.num_rows) || rows < 0) {
    const message = parquetRowsDiffer({ file: path, declared: Number(metadata.num_rows), found: rows });
    throw dataError('corrupt', message, path);
  }
  if (!areBoundedValues(rows, size)) {
    throw dataError('corrupt', rowsTooManyForFile({ file: path, rows, size }), path);
  }
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
  const length = tail.readUInt32LE(0);
  if (length + 12 > size) throw notParquet;
  if (length > MAX_FOOTER)
    throw dataError('too-large', blockTooLarge({ file: path, limit: MAX_FOOTER }), path);
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
  const step = Math.max(BLOCK_ROWS, Math.floor(DECODED_CELLS / Math.max(1, wanted.length)));
  const known = new Set(wanted);
  const schema = parquetSchema(metadata);
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows);
    for (let start = groupStart; start < groupEnd; start += step) {
      throwIfAborted(signal);
      const rows = await withFile(path, signal, file =>
        guard(path, async () => {
          if (start === groupStart)
            for (const { meta_data: column } of group.columns)
              if (column && known.has(column.path_in_schema[0] ?? ''))
                await assertBoundedColumn(file, schema, column);
          return parquetReadObjects({
            file: asyncBuffer(file),
            // Of all groups, the library would look at each one every time.
            metadata: { ...metadata, num_rows: group.num_rows, row_groups: [group] },
            columns: wanted,
            rowStart: start - groupStart,
            rowEnd: Math.min(start + step, groupEnd) - groupStart,
            compressors,
          });
        }),
      );
      for (let first = 0; first < rows.length; first += BLOCK_ROWS) {
        const block = rows.slice(first, first + BLOCK_ROWS);
        yield cellBlock(start + first, block.length, (row, column) => {
          const value: unknown = entryOf<unknown>(block[row], names[column] ?? '');
          return value;
        });
      }
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
