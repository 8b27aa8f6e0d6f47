import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage } from '../../../src/data/images/decode-image';
import { toChannels } from '../../../src/data/images/resize-image';
import { isDataError } from '../../../src/data';
import { useScratch } from './helpers/files';

/** Made by `make.py` there with Pillow and tifffile, which also say what is expected. */
const IMAGES = join(__dirname, '../../fixtures/images');
/** Means of blocks of so many by so many pixels. */
const BLOCK = 4;

type Means = readonly (readonly (readonly number[])[])[];

async function blockMeans(file: string): Promise<Means> {
  return decodeImage(file, pixels => {
    const { width, height, data, max } = toChannels(pixels, 3);
    return Array.from({ length: height / BLOCK }, (_, v) =>
      Array.from({ length: width / BLOCK }, (__, u) =>
        Array.from({ length: 3 }, (___, c) => {
          let sum = 0;
          for (let y = v * BLOCK; y < (v + 1) * BLOCK; y++)
            for (let x = u * BLOCK; x < (u + 1) * BLOCK; x++) sum += data[3 * (y * width + x) + c] ?? NaN;
          return ((sum / BLOCK ** 2) * 255) / max;
        }),
      ),
    );
  });
}

describe('data: kinds of images', () => {
  const expected = new Map(
    Object.entries(JSON.parse(readFileSync(join(IMAGES, 'expected.json'), 'utf8')) as Record<string, Means>),
  );

  it('are all there', () => {
    const files = readdirSync(IMAGES).filter(name => /\.(?:bmp|gif|tif|jpg)$/.test(name));
    assert.deepEqual(files.sort(), [...expected.keys()].sort());
    assert.ok(files.length >= 30, String(files.length));
  });

  for (const [name, means] of expected)
    it(`are read as Pillow reads them: ${name}`, async () => {
      const found = await blockMeans(join(IMAGES, name));
      // Decoders of JPEG round differently.
      const tolerance = name.endsWith('.jpg') ? 2.5 : 0.51;
      found.forEach((row, v) => {
        row.forEach((cell, u) => {
          cell.forEach((value, c) => {
            const wanted = means[v]?.[u]?.[c] ?? NaN;
            assert.ok(Math.abs(value - wanted) <= tolerance, `${v}, ${u}, ${c}: ${value}, not ${wanted}`);
          });
        });
      });
      assert.equal(found.length * BLOCK, 20);
      assert.equal((found[0]?.length ?? 0) * BLOCK, 28);
    });

  describe('that state more than they hold', () => {
    const scratch = useScratch();
    const refused = async (name: string, bytes: Buffer, code: RegExp): Promise<void> => {
      const path = await scratch.write(name, bytes);
      await assert.rejects(
        decodeImage(path, () => undefined),
        error => isDataError(error) && code.test(error.code),
        name,
      );
    };
    const file = (name: string): Buffer => readFileSync(join(IMAGES, name));

    it('are refused before memory is taken', async () => {
      const bmp = file('rgb.bmp');
      bmp.writeUInt32LE(9000, 18);
      bmp.writeUInt32LE(9000, 22);
      await refused('a.bmp', bmp, /too-large/);
      const gif = file('grey.gif');
      gif.writeUInt16LE(65_535, 6);
      gif.writeUInt16LE(65_535, 8);
      await refused('a.gif', gif, /too-large/);
      const frame = file('grey.gif');
      const at = frame.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 28, 0, 20, 0]));
      frame.writeUInt16LE(65_535, at + 5);
      frame.writeUInt16LE(65_535, at + 7);
      await refused('b.gif', frame, /corrupt/);
      for (const name of ['rgb-tiff_lzw.tif', 'rgb-tiff_adobe_deflate.tif', 'rgb-packbits.tif']) {
        const wide = file(name);
        setTag(wide, 256, 60_000);
        await refused(`wide-${name}`, wide, /corrupt/);
        const high = file(name);
        setTag(high, 257, 4_000_000_000);
        await refused(`high-${name}`, high, /too-large/);
        // All rows in a strip, however many the file says that there are.
        const whole = file(name);
        setTag(whole, 278, 4_000_000_000);
        assert.equal(
          await decodeImage(await scratch.write(`whole-${name}`, whole), ({ height }) => height),
          20,
        );
      }
      const tiles = file('tiled.tif');
      setTag(tiles, 322, 1);
      setTag(tiles, 323, 1);
      setTag(tiles, 256, 9000);
      setTag(tiles, 257, 9000);
      await refused('tiles.tif', tiles, /too-large/);
    });

    it('are refused where a strip ends early or unpacks to more', async () => {
      const { length } = file('rgb.bmp');
      await refused('short.bmp', file('rgb.bmp').subarray(0, length - 40), /corrupt/);
      const tiff = file('rgb-tiff_adobe_deflate.tif');
      setTag(tiff, 257, 1);
      setTag(tiff, 278, 1);
      setTag(tiff, 256, 4);
      await refused('more.tif', tiff, /corrupt/);
    });

    it('are refused where a GIF ends early, wherever that is', async () => {
      for (const name of ['grey.gif', 'frames.gif', 'interlaced.gif', 'transparent.gif']) {
        const bytes = file(name);
        const image = bytes.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 28, 0, 20, 0]));
        for (const length of [14, image + 5, image + 20, image + 60])
          await refused(`${length}-${name}`, bytes.subarray(0, length), /corrupt/);
      }
      // Without the mark at its end all of the picture is there.
      const whole = file('grey.gif');
      const path = await scratch.write('whole.gif', whole.subarray(0, whole.length - 1));
      assert.equal(await decodeImage(path, ({ height }) => height), 20);
    });

    it('are called damaged, not of another kind, where the tags of a TIFF lead nowhere', async () => {
      for (const [tag, value] of [
        [256, 0],
        [322, 0],
      ] as const) {
        const bytes = file('tiled.tif');
        setTag(bytes, tag, value);
        const path = await scratch.write(`${tag}.tif`, bytes);
        await assert.rejects(
          decodeImage(path, () => undefined),
          /TIFF tags contradict each other/,
        );
      }
      const far = file('rgb-raw.tif');
      far.writeUInt32LE(0xffff_fff0, 4);
      const path = await scratch.write('far.tif', far);
      await assert.rejects(
        decodeImage(path, () => undefined),
        /point outside the file/,
      );
    });
  });
});

/** Changes a value of the directory of a little-endian TIFF image. */
function setTag(tiff: Buffer, tag: number, value: number): void {
  const start = tiff.readUInt32LE(4);
  for (let i = 0; i < tiff.readUInt16LE(start); i++) {
    const at = start + 2 + 12 * i;
    if (tiff.readUInt16LE(at) !== tag) continue;
    tiff.writeUInt16LE(4, at + 2);
    tiff.writeUInt32LE(value, at + 8);
  }
}
