import { Decompress } from 'fzstd';
import { type Unpacked, UnpackFault, collectUnpacked } from './compression';

/** What `zstd` itself unpacks without being asked to: the most that a frame may refer back, in bytes. */
const LARGEST_WINDOW = 128 * 1024 * 1024;

/** Bytes that 64 KiB may become: 1,000 times as many. */
const MOST_OF_A_PIECE = 64 * 1024 * 1024;

/** Unpacks Zstandard. */
export async function* unpackZstd(pieces: AsyncIterable<Buffer>): Unpacked {
  let isFirst = true;
  const made = collectUnpacked(MOST_OF_A_PIECE);
  const unpacker = new Decompress(piece => {
    made.add(piece);
  });
  for await (const piece of pieces) {
    if (isFirst && windowOf(piece) > LARGEST_WINDOW) throw new UnpackFault('invalid');
    isFirst = false;
    unpacker.push(piece);
    yield* made.take();
  }
  unpacker.push(new Uint8Array(0), true);
  yield* made.take();
}

/** How far back a frame refers, by its head (RFC 8878, 3.1.1.1); 0 for other bytes. */
function windowOf(head: Buffer): number {
  if (head.length < 14 || head.readUInt32LE(0) !== 0xfd2fb528) return 0;
  const descriptor = head[4] ?? 0;
  const isSingle = (descriptor & 32) !== 0;
  if (!isSingle) {
    const window = head[5] ?? 0;
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  const size = descriptor >> 6;
  const at = 5 + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  if (size === 3) return Number(head.readBigUInt64LE(Math.min(at, head.length - 8)));
  return size === 2 ? head.readUInt32LE(at) : 0;
}
