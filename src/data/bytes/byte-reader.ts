import type { FileHandle } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import {
  compressionBomb,
  decompressedLocation,
  decompressionFailed,
  gzipTruncated,
  invalidGzip,
} from '../../messages/data-access-messages';
import { errorMessage } from '../../common/errors';
import { throwIfAborted } from '../../common/abort';
import { openRegular } from '../../files/regular-file';
import { dataError } from '../issues';
import { fileError } from '../paths/file-access';

/** Bytes read in order. Never more than the file held when it was opened, so a growing file ends. */
export interface ByteReader {
  readonly path: string;
  /** Fills `target` from its start; fewer bytes than its length only at the end. */
  read(target: Uint8Array): Promise<number>;
  /** Whether the file has changed since it was opened. */
  changed(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Decompressed bytes beyond which the ratio is judged, and the ratio that no real text reaches: log files
 * compress about 20-fold, columns of zeros under 200-fold; deflate's ceiling is 1,032.
 */
const BOMB_BYTES = 256 * 1024 * 1024;
const BOMB_RATIO = 250;

/** Opens a file for reading in order; one that ends in `.gz` is decompressed on the way. */
export async function openBytes(path: string, signal?: AbortSignal): Promise<ByteReader> {
  throwIfAborted(signal);
  const handle = await openRegular(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const before = await handle.stat();
    const read = path.toLowerCase().endsWith('.gz')
      ? gunzipReader(handle, path, before.size, signal)
      : plainReader(handle, before.size, signal);
    return {
      path,
      ...read,
      changed: async () => {
        const after = await handle.stat();
        return after.size !== before.size || after.mtimeMs !== before.mtimeMs;
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

type Reader = Pick<ByteReader, 'read' | 'close'>;

function plainReader(handle: FileHandle, size: number, signal?: AbortSignal): Reader {
  let position = 0;
  return {
    async read(target) {
      throwIfAborted(signal);
      let filled = 0;
      while (filled < target.length && position < size) {
        const length = Math.min(target.length - filled, size - position);
        const { bytesRead } = await handle.read(target, filled, length, position);
        if (bytesRead === 0) break;
        filled += bytesRead;
        position += bytesRead;
      }
      return filled;
    },
    close: () => handle.close(),
  };
}

function gunzipReader(handle: FileHandle, path: string, size: number, signal?: AbortSignal): Reader {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const output = new PassThrough({ highWaterMark: 1024 * 1024 });
  const finished = pipeline(Readable.from(fileChunks(handle, size)), gunzip, output).catch(
    (error: unknown) => error,
  );
  const chunks = output[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let rest: Uint8Array = new Uint8Array(0);
  let total = 0;
  return {
    async read(target) {
      let filled = 0;
      while (filled < target.length) {
        throwIfAborted(signal);
        if (rest.length === 0) {
          const next = await chunks.next().catch((error: unknown) => {
            throw gzipError(error, path, total);
          });
          if (next.done) break;
          rest = next.value;
        }
        const length = Math.min(rest.length, target.length - filled);
        target.set(rest.subarray(0, length), filled);
        rest = rest.subarray(length);
        filled += length;
      }
      total += filled;
      if (total > BOMB_BYTES && total > BOMB_RATIO * size) {
        throw dataError('compression-bomb', compressionBomb({ file: path, ratio: BOMB_RATIO }), path);
      }
      return filled;
    },
    async close() {
      output.destroy();
      gunzip.destroy();
      await finished;
      await handle.close();
    },
  };
}

async function* fileChunks(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < size;) {
    const buffer = Buffer.allocUnsafe(Math.min(256 * 1024, size - position));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function gzipError(error: unknown, path: string, offset: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') {
    return dataError('truncated', gzipTruncated(path), decompressedLocation({ file: path, byte: offset }));
  }
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return dataError(
      'corrupt',
      invalidGzip({ file: path, reason: errorMessage(error) }),
      decompressedLocation({ file: path, byte: offset }),
    );
  }
  return error;
}

/** Reads the first bytes of a source: fewer than `length` only where it is shorter. */
export async function readHead(path: string, length: number, signal?: AbortSignal): Promise<Uint8Array> {
  const source = await openBytes(path, signal);
  try {
    const head = new Uint8Array(length);
    return head.subarray(0, await source.read(head));
  } finally {
    await source.close();
  }
}

/** A stream of unpacked bytes, read in order. What goes wrong in it is a `corrupt` file. */
export function readerOfStream(path: string, stream: Readable, signal?: AbortSignal): ByteReader {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let rest: Uint8Array = new Uint8Array(0);
  return {
    path,
    async read(target) {
      let filled = 0;
      while (filled < target.length) {
        throwIfAborted(signal);
        if (rest.length === 0) {
          const next = await chunks.next().catch((error: unknown) => {
            const message = errorMessage(error);
            throw dataError('corrupt', decompressionFailed({ file: path, reason: message }), path);
          });
          if (next.done) break;
          rest = next.value;
        }
        const part = rest.subarray(0, target.length - filled);
        target.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
      }
      return filled;
    },
    changed: () => Promise.resolve(false),
    close: () => {
      stream.destroy();
      return Promise.resolve();
    },
  };
}
