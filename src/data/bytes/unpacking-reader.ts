import {
  compressionBomb,
  decompressedLocation,
  decompressionFailed,
  gzipTruncated,
  invalidCompressed,
  invalidGzip,
} from '../../messages/data-access-messages';
import { isAbort, throwIfAborted } from '../../common/abort';
import { errorCode, errorMessage } from '../../common/errors';
import { dataError, isDataError } from '../issues';
import { fileError } from '../paths/file-access';
import { type Unpacked, UnpackFault } from './compression';

/** Bytes read in order. Never more than the file held when it was opened, so a growing file ends. */
export interface ByteReader {
  readonly path: string;
  /** Fills `target` from its start; fewer bytes than its length only at the end. */
  read(target: Uint8Array): Promise<number>;
  /** Whether the file has changed since it was opened. */
  changed(): Promise<boolean>;
  close(): Promise<void>;
}

/** What reads and closes a source. */
export type Reader = Pick<ByteReader, 'read' | 'close'>;

/**
 * Decompressed bytes beyond which the ratio is judged, and the ratio that no real text reaches: log files
 * compress about 20-fold, columns of zeros under 200-fold; deflate's ceiling is 1,032.
 */
const BOMB_BYTES = 256 * 1024 * 1024;
const BOMB_RATIO = 250;

interface Packed {
  readonly path: string;
  /** Of what is compressed, in bytes. */
  readonly size: number;
  close(): Promise<void>;
}

/** Reads what a stream unpacks to. @throws DataError `truncated`, `corrupt`, `compression-bomb` */
export function unpackingReader(unpacked: Unpacked, packed: Packed, signal: AbortSignal | undefined): Reader {
  const { path, size } = packed;
  let rest: Uint8Array = new Uint8Array(0);
  let total = 0;
  return {
    async read(target) {
      let filled = 0;
      while (filled < target.length) {
        throwIfAborted(signal);
        if (rest.length === 0) {
          const next = await unpacked.next().catch((error: unknown) => {
            throw unpackError(error, path, total + filled);
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
      await unpacked.return().catch(() => undefined);
      await packed.close();
    },
  };
}

function unpackError(error: unknown, path: string, offset: number): unknown {
  if (isAbort(error) || isDataError(error) || fileError(error, path) !== error) return fileError(error, path);
  const place = decompressedLocation({ file: path, byte: offset });
  if (error instanceof UnpackFault && error.kind === 'bomb')
    return dataError('compression-bomb', compressionBomb({ file: path, ratio: BOMB_RATIO }), path);
  if (error instanceof UnpackFault && error.kind === 'invalid')
    return dataError('corrupt', invalidCompressed(path), place);
  const code = errorCode(error);
  if (code === 'Z_BUF_ERROR' || /premature|unexpected (?:end|EOF)|truncated/i.test(errorMessage(error)))
    return dataError('truncated', gzipTruncated(path), place);
  const reason = errorMessage(error);
  const message = code?.startsWith('Z_') === true ? invalidGzip : decompressionFailed;
  return dataError('corrupt', message({ file: path, reason }), place);
}
