import unbzip2 from 'unbzip2-stream';
import { type Unpacked, UnpackFault } from './compression';

/** Unpacks bzip2, a block of at most 900 kB before its runs at a time. */
export async function* unpackBzip2(pieces: AsyncIterable<Buffer>): Unpacked {
  const unpacker = unbzip2();
  // The library works while it is written to, and says what it has made before it returns.
  let made: Uint8Array[] = [];
  let failed: Error | undefined;
  unpacker.on('data', (piece: Uint8Array) => made.push(piece));
  // Its own reasons are jokes, and behind the end of what is cut off accidents of its code.
  unpacker.on('error', (error: unknown) => {
    failed ??= new UnpackFault(error instanceof TypeError ? 'truncated' : 'invalid');
  });
  const taken = (): Uint8Array[] => {
    if (failed) throw failed;
    const given = made;
    made = [];
    return given;
  };
  for await (const piece of pieces) {
    unpacker.write(piece);
    yield* taken();
  }
  unpacker.end();
  yield* taken();
}
