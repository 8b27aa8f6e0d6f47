// Imported when first needed: few datasets hold TIFF images.
import { BaseDecoder, addDecoder, fromArrayBuffer } from 'geotiff';
import { inflateSync } from 'node:zlib';
import { imageTruncated, unsupportedImageKind } from '../../messages/media-messages';
import { unpackLzw, unpackRuns } from './unpack-lzw';

type Unpack = (packed: Uint8Array, limit: number) => Uint8Array;

/** What the library tells a decoder, and whether its blocks are tiles, which are whole always. */
interface BlockParameters {
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly planarConfiguration: number;
  readonly bitsPerSample: number[];
  readonly predictor: number;
  readonly isTiled: boolean;
}

async function parametersOf(directory: Directory): Promise<BlockParameters> {
  const isTiled = !directory.hasTag('StripOffsets');
  const number = async (tag: Tag, otherwise: number): Promise<number> =>
    (await directory.loadValue(tag)) ?? otherwise;
  const height = await number('ImageLength', 1);
  const bits = (await directory.loadValue('BitsPerSample')) as ArrayLike<number> | undefined;
  return {
    isTiled,
    tileWidth: await number(isTiled ? 'TileWidth' : 'ImageWidth', 1),
    tileHeight: isTiled
      ? await number('TileLength', 1)
      : Math.min(height, await number('RowsPerStrip', height)),
    planarConfiguration: await number('PlanarConfiguration', 1),
    bitsPerSample: Array.from(bits ?? [1]),
    predictor: await number('Predictor', 1),
  };
}

type Directory = Awaited<
  ReturnType<Awaited<ReturnType<typeof fromArrayBuffer>>['getImage']>
>['fileDirectory'];
type Tag =
  | 'ImageLength'
  | 'ImageWidth'
  | 'TileWidth'
  | 'TileLength'
  | 'RowsPerStrip'
  | 'PlanarConfiguration'
  | 'Predictor';

/** A decoder that unpacks no more than fits into a strip or tile: those of the library go on as long as they can. */
function bounded(unpack: Unpack): () => Promise<typeof BaseDecoder> {
  class Bounded extends BaseDecoder {
    override decodeBlock(packed: ArrayBufferLike): ArrayBufferLike {
      const { tileWidth, tileHeight, bitsPerSample, planarConfiguration, isTiled } = this
        .parameters as unknown as BlockParameters;
      const pixel =
        planarConfiguration === 2
          ? Math.max(...bitsPerSample)
          : bitsPerSample.reduce((sum, each) => sum + each, 0);
      const row = Math.ceil((tileWidth * pixel) / 8);
      const limit = row * tileHeight;
      const unpacked = unpack(new Uint8Array(packed), limit).subarray(0, limit);
      // The last strip may have fewer rows, but each is whole.
      if (unpacked.length < (isTiled ? limit : row)) throw new Error(imageTruncated());
      const block = new Uint8Array(limit);
      block.set(unpacked);
      return block.buffer;
    }
  }
  return () => Promise.resolve(Bounded);
}

/** Encoders may leave a few bytes behind the last row. */
const SLACK = 1024;

const inflated: Unpack = (packed, limit) => inflateSync(packed, { maxOutputLength: limit + SLACK });

for (const [codes, unpack] of [
  [[undefined, 1], (packed: Uint8Array) => packed],
  [[5], unpackLzw],
  [[8, 32946], inflated],
  [[32773], unpackRuns],
] satisfies [(number | undefined)[], Unpack][])
  addDecoder(codes, bounded(unpack), parametersOf);
for (const [code, name] of [
  [6, 'JPEG'],
  [7, 'JPEG'],
  [34887, 'LERC'],
  [50000, 'Zstandard'],
  [50001, 'WebP'],
] as const)
  addDecoder(code, () => Promise.reject(new Error(unsupportedImageKind(`TIFF, ${name}`))));

export { fromArrayBuffer };
