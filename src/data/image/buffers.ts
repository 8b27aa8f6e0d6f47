/** Buffers that are kept for the next image: one for each of those being decoded at a time. */
const MOST = 16;
/** Larger ones are left to the garbage collector. */
const LARGEST = 16 * 1024 * 1024;

const free: Buffer[] = [];

/**
 * Lends a buffer of at least `size` bytes while `use` runs. Fresh memory of the size of a photograph costs the
 * system a third of the time that decoding into it takes.
 */
export async function withBuffer<T>(size: number, use: (buffer: Buffer) => Promise<T>): Promise<T> {
  const at = free.findIndex(({ length }) => length >= size);
  const [known] = at < 0 ? [] : free.splice(at, 1);
  const buffer = known ?? Buffer.allocUnsafeSlow(size);
  try {
    return await use(buffer);
  } finally {
    if (buffer.length <= LARGEST) {
      free.push(buffer);
      // The oldest may be too small for the images that come now.
      if (free.length > MOST) free.shift();
    }
  }
}
