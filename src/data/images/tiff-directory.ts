/** The first image of a TIFF file, as its directory describes it: checked before anything is read of it. */
export interface TiffLayout {
  readonly isLittleEndian: boolean;
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly bits: number;
  readonly compression: number;
  readonly predictor: number;
  /** What the samples mean: 0 and 1 are grey, 2 colours, 3 a palette, 5 inks. */
  readonly photometric: number;
  /** Unsigned whole numbers (1), signed ones (2) or floats (3). */
  readonly sampleFormat: number;
  /** Bytes that a strip or tile unpacks to. */
  readonly blockBytes: number;
  readonly blocks: number;
}

const TAGS = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  samples: 277,
  rowsPerStrip: 278,
  planar: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  sampleFormat: 339,
} as const;

/** Bytes of a value, by its type. */
const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

const CLASSIC = 42;
const BIG = 43;
/** Real directories have some dozens of entries. */
const MOST_ENTRIES = 1000;

/** Whether bytes begin as those of TIFF files do, whatever follows. */
export function isTiff(data: Buffer): boolean {
  const order = data.toString('latin1', 0, 2);
  if (data.length < 8 || (order !== 'II' && order !== 'MM')) return false;
  const version = order === 'II' ? data.readUInt16LE(2) : data.readUInt16BE(2);
  return version === CLASSIC || version === BIG;
}

/**
 * Reads the directory of the first image. `undefined` for other bytes, and where an entry points outside of the file or
 * no image can be so: what the entries say can be trusted afterwards to name bytes that are there.
 */
export function tiffLayout(data: Buffer): TiffLayout | undefined {
  if (data.length < 16 || !isTiff(data)) return undefined;
  const isLittleEndian = data.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number): number => (isLittleEndian ? data.readUInt16LE(at) : data.readUInt16BE(at));
  const u32 = (at: number): number => (isLittleEndian ? data.readUInt32LE(at) : data.readUInt32BE(at));
  const u64 = (at: number): number =>
    Number(isLittleEndian ? data.readBigUInt64LE(at) : data.readBigUInt64BE(at));
  const isBig = u16(2) === BIG;
  const word = isBig ? u64 : u32;
  const [wordBytes, countBytes, entryBytes] = isBig ? [8, 8, 20] : [4, 2, 12];
  const start = isBig ? u64(8) : u32(4);
  if (!(start + countBytes <= data.length)) return undefined;
  const count = isBig ? u64(start) : u16(start);
  if (count > MOST_ENTRIES || start + countBytes + count * entryBytes + wordBytes > data.length)
    return undefined;
  const values = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const at = start + countBytes + i * entryBytes;
    const [tag, type, number] = [u16(at), u16(at + 2), word(at + 4)];
    const size = SIZES[type];
    if (size === undefined) return undefined;
    const inside = size * number <= wordBytes;
    const place = inside ? at + 4 + wordBytes : word(at + 4 + wordBytes);
    if (!(place + size * number <= data.length)) return undefined;
    if (number === 0 || values.has(tag)) continue;
    if (size === 1) values.set(tag, data[place] ?? 0);
    else if (size === 2) values.set(tag, u16(place));
    else if (type === 4 || type === 13) values.set(tag, u32(place));
    else if (type === 16 || type === 18) values.set(tag, u64(place));
  }
  return layoutOf(values, isLittleEndian);
}

function layoutOf(values: ReadonlyMap<number, number>, isLittleEndian: boolean): TiffLayout | undefined {
  const value = (tag: number, otherwise: number): number => values.get(tag) ?? otherwise;
  const [width, height] = [value(TAGS.width, 0), value(TAGS.height, 0)];
  const [samples, bits] = [value(TAGS.samples, 1), value(TAGS.bits, 1)];
  const isTiled = values.has(TAGS.tileWidth);
  const blockWidth = isTiled ? value(TAGS.tileWidth, 0) : width;
  const blockHeight = isTiled
    ? value(TAGS.tileHeight, 0)
    : Math.min(height, value(TAGS.rowsPerStrip, height));
  if ([width, height, samples, bits, blockWidth, blockHeight].some(each => !(each >= 1))) return undefined;
  const isPlanar = value(TAGS.planar, 1) === 2;
  const blocks = Math.ceil(width / blockWidth) * Math.ceil(height / blockHeight) * (isPlanar ? samples : 1);
  const rowBits = blockWidth * bits * (isPlanar ? 1 : samples);
  return {
    isLittleEndian,
    width,
    height,
    samples,
    bits,
    compression: value(TAGS.compression, 1),
    predictor: value(TAGS.predictor, 1),
    photometric: value(TAGS.photometric, 1),
    sampleFormat: value(TAGS.sampleFormat, 1),
    blockBytes: Math.ceil(rowBits / 8) * blockHeight,
    blocks,
  };
}
