import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { XzReadableStream } from 'xz-decompress';
import { errorMessage } from '../../common/errors';
import { type Unpacked, UnpackFault } from './compression';

/** Unpacks xz in WebAssembly. The library unpacks one stream at a time: a second waits for the first. */
export async function* unpackXz(pieces: AsyncIterable<Buffer>): Unpacked {
  const source = Readable.from(pieces);
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  const input = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: () => void source.destroy(),
  });
  const reader = new XzReadableStream(input).getReader();
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        isOver = true;
        // XZ_BUF_ERROR: it needs more than there is.
        throw /error code 8$/.test(errorMessage(error)) ? new UnpackFault('truncated') : error;
      });
      isOver = done;
      if (done) return;
      // The library goes on filling the memory that this is in.
      yield value.slice();
    }
  } finally {
    if (!isOver) await reader.cancel();
    source.destroy();
  }
}
