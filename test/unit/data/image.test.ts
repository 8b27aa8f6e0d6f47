import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileWat } from '../../../scripts/lib/wat.mjs';
import { decodeImage } from '../../../src/data/images/decode-image';
import { type Pixels, resize } from '../../../src/data/images/resize-image';
import { resizeModule } from '../../../src/data/images/resize-module';
import { useScratch } from './helpers/files';
import { python } from './helpers/python';

/** Keeps the pixels, which are lent. */
const whole = (pixels: Pixels): Pixels => ({ ...pixels, data: pixels.data.slice() });

describe('data: images', () => {
  const scratch = useScratch();

  it('resizes with what resize.wat compiles to', async () => {
    const module = await compileWat('src/data/images/resize.wat');
    assert.equal(module.toString('base64'), resizeModule);
  });

  it('resizes bytes and words alike', () => {
    for (const [width, height, channels, w, h] of [
      [7, 5, 3, 3, 9],
      [64, 33, 1, 16, 16],
      [20, 20, 3, 31, 7],
    ] as const) {
      const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37) % 256);
      const [bytes, words] = [new Float32Array(w * h * channels), new Float32Array(w * h * channels)];
      resize({ width, height, channels, data, max: 255 }, h, w, bytes);
      resize({ width, height, channels, data: Uint16Array.from(data), max: 255 }, h, w, words);
      bytes.forEach((value, i) => {
        assert.ok(Math.abs(value - (words[i] ?? NaN)) < 1e-5);
      });
    }
  });

  it('decodes and resizes as Pillow does', async function () {
    const expected = JSON.parse(
      python(
        this,
        ['PIL', 'numpy'],
        `
import json, numpy as np
from PIL import Image
folder = ${JSON.stringify(scratch.folder)}
rng = np.random.default_rng(0)
def noise(*shape): return rng.integers(0, 256, shape, dtype=np.uint8)
smooth = Image.fromarray(noise(8, 8, 3)).resize((50, 40), Image.BICUBIC)
images = {
  'rgb.png': smooth, 'grey.png': smooth.convert('L'), 'palette.png': smooth.convert('P'),
  'rgba.png': Image.fromarray(noise(20, 30, 4), 'RGBA'), 'colour.jpg': smooth, 'grey.jpg': smooth.convert('L'),
  'lossless.webp': smooth, 'lossy.webp': smooth, 'bits.png': smooth.convert('1'),
}
out = {}
for name, image in images.items():
  image.save(folder + '/' + name, **({'lossless': True} if name == 'lossless.webp' else {}))
  read = Image.open(folder + '/' + name)
  if read.mode == 'RGBA':
    white = Image.new('RGBA', read.size, 'white'); white.alpha_composite(read); read = white.convert('RGB')
  elif read.mode == '1': read = read.convert('L')
  elif read.mode == 'P': read = read.convert('RGB')
  out[name] = [np.asarray(read.resize((17, 13), Image.BILINEAR)).astype(int).ravel().tolist(), len(read.getbands())]
deep = (np.arange(600).reshape(20, 30) * 109).astype(np.uint16)
Image.fromarray(deep).save(folder + '/deep.png')
print(json.dumps(out))
`,
      ),
    ) as Record<string, [number[], number]>;
    for (const [name, [values, channels]] of Object.entries(expected)) {
      const pixels = await decodeImage(join(scratch.folder, name), whole);
      assert.equal(pixels.channels, channels, name);
      const output = new Float32Array(13 * 17 * channels);
      resize(pixels, 13, 17, output);
      // Pillow rounds to whole numbers after each of the two directions; lossy decoders differ by a little more.
      const worst = values.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - 255 * (output[i] ?? NaN))),
        0,
      );
      assert.ok(worst <= (/jpg|lossy/.test(name) ? 4 : 1.5), `${name}: off by ${worst}`);
    }
    const deep = await decodeImage(join(scratch.folder, 'deep.png'), whole);
    assert.equal(deep.max, 65535);
    assert.equal(deep.data[599], 599 * 109);
  });

  it('refuses what is cut off, not an image, or absurdly large', async function () {
    python(
      this,
      ['PIL'],
      `
from PIL import Image
Image.effect_noise((200, 200), 50).save(${JSON.stringify(join(scratch.folder, 'whole.jpg'))}, quality=90)
Image.effect_noise((200, 200), 50).save(${JSON.stringify(join(scratch.folder, 'whole.png'))})`,
    );
    for (const name of ['whole.jpg', 'whole.png']) {
      const bytes = await readFile(join(scratch.folder, name));
      const cut = await scratch.write(`cut-${name}`, bytes.subarray(0, bytes.length - 3000));
      await assert.rejects(decodeImage(cut, whole), { kind: 'data', code: 'corrupt' });
    }
    const png = await readFile(join(scratch.folder, 'whole.png'));
    png.writeUInt32BE(1_000_000, 16);
    png.writeUInt32BE(1_000_000, 20);
    await assert.rejects(decodeImage(await scratch.write('huge.png', png), whole), { code: 'too-large' });
    await assert.rejects(decodeImage(await scratch.write('text.png', 'hello'), whole), { code: 'corrupt' });
    await assert.rejects(decodeImage(join(scratch.folder, 'nowhere.png'), whole), { code: 'not-found' });
  });
});
