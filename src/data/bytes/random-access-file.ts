import type { FileHandle } from 'node:fs/promises';
import { blockTooLarge, byteLocation, fileTruncated } from '../../messages/data-access-messages';
import { throwIfAborted } from '../../common/abort';
import { openRegular } from '../../files/regular-file';
import { dataError, type DataError } from '../issues';
import { fileError } from '../paths/file-access';

/** A file read at chosen places. */
export interface RandomAccess {
  readonly path: string;
  readonly size: number;
  /** Exactly the bytes `[from, to)`. @throws DataError `truncated` where the file ends before `to` */
  slice(from: number, to: number): Promise<Uint8Array>;
}

/** The largest read, in bytes: a file that declares larger blocks is not trusted. */
const MAX_SLICE = 1024 * 1024 * 1024;

/** Read at once when a file is opened: headers are mostly in it. */
const HEAD = 4096;

/** Opens a file, hands it to `use` and closes it. */
export async function withFile<T>(
  path: string,
  signal: AbortSignal | undefined,
  use: (file: RandomAccess) => Promise<T>,
): Promise<T> {
  const handle = await openRegular(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    return await use(await randomAccess(handle, path, signal));
  } finally {
    await handle.close();
  }
}

export async function randomAccess(
  handle: FileHandle,
  path: string,
  signal: AbortSignal | undefined,
): Promise<RandomAccess> {
  const { size } = await handle.stat();
  const head = new Uint8Array(Math.min(size, HEAD));
  const { bytesRead: headLength } = await handle.read(head, 0, head.length, 0);
  return {
    path,
    size,
    async slice(from, to) {
      throwIfAborted(signal);
      if (!(from >= 0 && to >= from && to <= size)) throw tooShort(path, size, to);
      if (to - from > MAX_SLICE) {
        throw dataError('too-large', blockTooLarge({ file: path, limit: MAX_SLICE }), path);
      }
      if (to <= headLength) return head.slice(from, to);
      const bytes = new Uint8Array(to - from);
      for (let filled = 0; filled < bytes.length;) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
        if (bytesRead === 0) throw tooShort(path, from + filled, to);
        filled += bytesRead;
      }
      return bytes;
    },
  };
}

function tooShort(path: string, size: number, wanted: number): DataError {
  return dataError(
    'truncated',
    fileTruncated({ file: path, end: size, expected: wanted }),
    byteLocation({ file: path, byte: size }),
  );
}
