import { type FileHandle, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { decompressionFailed } from '../../messages/data-access-messages';
import { errorMessage } from '../../common/errors';
import { throwIfAborted } from '../../common/abort';
import { openRegular } from '../../files/regular-file';
import { dataError } from '../issues';
import { fileError } from '../paths/file-access';
import { compressionOf } from './compression';
import { unpack } from './unpack';
import { type ByteReader, type Reader, unpackingReader } from './unpacking-reader';

export type { ByteReader } from './unpacking-reader';

/**
 * Opens a file for reading in order; one that ends in `.gz`, `.bz2`, `.xz` or `.zst` is decompressed on the way. A file of
 * an archive is `archive.zip#file`.
 */
export async function openBytes(path: string, signal?: AbortSignal): Promise<ByteReader> {
  throwIfAborted(signal);
  const member = splitArchive(path);
  if (member && (await isFile(member.archive))) {
    const { openMember } = await import('./zip-archive');
    return openMember(member.archive, member.name, signal);
  }
  const handle = await openRegular(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const before = await handle.stat();
    const compression = compressionOf(path);
    const read =
      compression === undefined
        ? plainReader(handle, before.size, signal)
        : unpackingReader(
            await unpack(fileChunks(handle, before.size), compression),
            { path, size: before.size, close: () => handle.close() },
            signal,
          );
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

async function* fileChunks(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < size;) {
    const buffer = Buffer.allocUnsafe(Math.min(256 * 1024, size - position));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** The archive and the name of a file in it, of `archive.zip#file`. */
function splitArchive(path: string): { readonly archive: string; readonly name: string } | undefined {
  const end = path.toLowerCase().indexOf('.zip#');
  return end < 0 ? undefined : { archive: path.slice(0, end + 4), name: path.slice(end + 5) };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false,
  );
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

/** Bytes that are passed over at a time. */
const SKIPPED = 256 * 1024;

/** Passes over the next bytes of a source, in bounded memory. */
export async function skipBytes(source: ByteReader, count: number): Promise<void> {
  const piece = new Uint8Array(Math.min(count, SKIPPED));
  for (let left = count; left > 0;) {
    const length = await source.read(piece.subarray(0, Math.min(left, piece.length)));
    if (length === 0) return;
    left -= length;
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

/**
 * The bytes of `source`, converted piece by piece while they are read.
 *
 * @param size bytes of a piece
 * @param convert what a piece becomes, which may be used until the next call; `ended`: no other follows
 */
export function convertedReader(
  source: ByteReader,
  size: number,
  convert: (piece: Uint8Array, ended: boolean) => Uint8Array,
): ByteReader {
  const chunk = new Uint8Array(size);
  let rest: Uint8Array = new Uint8Array(0);
  let ended = false;
  return {
    ...source,
    async read(target) {
      let filled = 0;
      while (filled < target.length) {
        if (rest.length === 0) {
          if (ended) break;
          const length = await source.read(chunk);
          ended = length < chunk.length;
          rest = convert(chunk.subarray(0, length), ended);
          continue;
        }
        const part = rest.subarray(0, target.length - filled);
        target.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
      }
      return filled;
    },
  };
}
