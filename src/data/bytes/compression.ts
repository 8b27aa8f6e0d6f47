/** The compressions of single files. */
export type Compression = 'gz' | 'bz2' | 'xz' | 'zst';

/** How a file is compressed, by its name; `undefined` where it is not. */
export function compressionOf(name: string): Compression | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return ending === 'gz' || ending === 'bz2' || ending === 'xz' || ending === 'zst' ? ending : undefined;
}

/** Unpacked bytes in order, each piece of bounded size; given up, the generator is ended. */
export type Unpacked = AsyncGenerator<Uint8Array, void>;

/** What is wrong with compressed bytes, where a library does not say it in words of use. */
export class UnpackFault extends Error {
  constructor(readonly kind: 'truncated' | 'invalid') {
    super(kind);
  }
}
