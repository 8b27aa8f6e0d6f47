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
  constructor(readonly kind: 'truncated' | 'invalid' | 'bomb') {
    super(kind);
  }
}

/**
 * Collects what a library makes of one piece of a file while it is written to. A library that is given 64 KiB may make
 * gigabytes of them before it returns; this stops it.
 *
 * @param most bytes that one piece may make
 */
export function collectUnpacked(most: number): {
  readonly add: (piece: Uint8Array) => void;
  readonly take: () => Uint8Array[];
} {
  let made: Uint8Array[] = [];
  let bytes = 0;
  return {
    add(piece) {
      bytes += piece.length;
      if (bytes > most) throw new UnpackFault('bomb');
      made.push(piece);
    },
    take() {
      const given = made;
      made = [];
      bytes = 0;
      return given;
    },
  };
}
