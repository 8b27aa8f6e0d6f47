import type { Readable } from 'node:stream';
import * as l10n from '@vscode/l10n';
import { DataError, throwIfAborted } from '../errors';
import type { ByteSource } from './source';

/** A stream of unpacked bytes, read in order. What goes wrong in it is a `corrupt` file. */
export function streamSource(path: string, stream: Readable, signal?: AbortSignal): ByteSource {
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
            const message = error instanceof Error ? error.message : String(error);
            throw new DataError('corrupt', l10n.t('{0} cannot be unpacked: {1}', path, message), path);
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
