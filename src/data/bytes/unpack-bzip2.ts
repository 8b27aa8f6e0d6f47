import unbzip2 from 'unbzip2-stream';
import { type Unpacked, UnpackFault, collectUnpacked } from './compression';

/** Bytes that 64 KiB may become. Text makes about a megabyte of them; one block that is all one byte can make 46. */
const MOST_OF_A_PIECE = 32 * 1024 * 1024;

/** Unpacks bzip2, a block of at most 900 kB before its runs at a time. */
export async function* unpackBzip2(pieces: AsyncIterable<Buffer>): Unpacked {
  const unpacker = unbzip2();
  // The library works while it is written to, and says what it has made before it returns.
  const made = collectUnpacked(MOST_OF_A_PIECE);
  let failed: Error | undefined;
  unpacker.on('data', (piece: Uint8Array) => {
    made.add(piece);
  });
  // Its own reasons are jokes, and behind the end of what is cut off accidents of its code.
  unpacker.on('error', (error: unknown) => {
    failed ??=
      error instanceof UnpackFault
        ? error
        : new UnpackFault(error instanceof TypeError ? 'truncated' : 'invalid');
  });
  const taken = (): Uint8Array[] => {
    if (failed) throw failed;
    return made.take();
  };
  for await (const piece of pieces) {
    unpacker.write(piece);
    yield* taken();
  }
  unpacker.end();
  yield* taken();
}
