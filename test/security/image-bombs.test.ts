import assert from 'node:assert/strict';
import { crc32, deflateSync } from 'node:zlib';
import * as jpeg from '@julusian/jpeg-turbo';
import { decodeImage } from '../../src/data/images/decode-image';
import { type Pixels, resize } from '../../src/data/images/resize-image';
import { useScratch } from '../unit/data/helpers/files';

const MEGABYTE = 1024 * 1024;

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

interface Png {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  readonly colour?: number;
  readonly data: Uint8Array;
  /** Chunks before the pixels. */
  readonly before?: readonly Buffer[];
}

function header({ width, height, depth = 8, colour = 2 }: Omit<Png, 'data'>): Buffer {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content.set([depth, colour, 0, 0, 0], 8);
  return chunk('IHDR', content);
}

function png(image: Png): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    header(image),
    ...(image.before ?? []),
    chunk('IDAT', image.data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The pixels of 8 × 8 in colour, each row with its filter's byte. */
const PIXELS = Buffer.alloc(8 * (1 + 8 * 3), 0).map((_, i) => (i % 25 === 0 ? 0 : 77));
const zeros = (megabytes: number): Buffer => deflateSync(Buffer.alloc(megabytes * MEGABYTE));

describe('an image of a few bytes takes little memory', () => {
  const scratch = useScratch();
  const decode = async (name: string, content: Uint8Array): Promise<Pixels> =>
    decodeImage(await scratch.write(name, content), pixels => ({ ...pixels, data: pixels.data.slice() }));

  /** Megabytes that this process grew by. */
  const growth = async (work: () => Promise<unknown>): Promise<number> => {
    const before = process.memoryUsage();
    await work();
    const after = process.memoryUsage();
    return (after.rss - before.rss) / MEGABYTE;
  };

  it('where its text and profile unpack to hundreds of megabytes: they are not unpacked', async () => {
    const packed = zeros(200);
    const profile = chunk('iCCP', Buffer.concat([Buffer.from('p\0\0', 'latin1'), packed]));
    const text = chunk('zTXt', Buffer.concat([Buffer.from('t\0\0', 'latin1'), packed]));
    const bomb = png({ width: 8, height: 8, data: deflateSync(PIXELS), before: [profile, text] });
    const grown = await growth(async () => {
      const pixels = await decode('profile.png', bomb);
      assert.ok(pixels.data.every(value => value === 77));
    });
    assert.ok(grown < 120, `${grown} MB`);
  });

  it('where its pixels unpack to more than it has', async () => {
    const data = deflateSync(Buffer.concat([PIXELS, Buffer.alloc(200 * MEGABYTE)]));
    const grown = await growth(() =>
      assert.rejects(decode('long.png', png({ width: 8, height: 8, data })), { code: 'corrupt' }),
    );
    assert.ok(grown < 120, `${grown} MB`);
  });

  it('where it states another size later on, or a palette without end', async () => {
    const data = deflateSync(PIXELS);
    const again = header({ width: 60_000, height: 60_000 });
    await assert.rejects(decode('twice.png', png({ width: 8, height: 8, data, before: [again] })), {
      code: 'corrupt',
    });
    const palette = chunk('PLTE', Buffer.alloc(30 * MEGABYTE));
    const grown = await growth(() =>
      assert.rejects(decode('palette.png', png({ width: 8, height: 8, data, before: [palette] })), {
        code: 'corrupt',
      }),
    );
    assert.ok(grown < 120, `${grown} MB`);
  });

  it('where its pixels come in millions of pieces', async () => {
    const data = deflateSync(PIXELS, { level: 0 });
    const empty = chunk('IDAT', Buffer.alloc(0));
    const pieces = [...data].map(byte => chunk('IDAT', Buffer.from([byte])));
    const cut = png({
      width: 8,
      height: 8,
      data: Buffer.alloc(0),
      before: [
        ...pieces.slice(0, 20),
        Buffer.concat(new Array<Buffer>(500_000).fill(empty)),
        ...pieces.slice(20),
      ],
    });
    const grown = await growth(async () => {
      assert.ok((await decode('pieces.png', cut)).data.every(value => value === 77));
    });
    assert.ok(grown < 120, `${grown} MB`);
  });

  it('where it states many more pixels than its bytes can hold', async () => {
    const small = jpeg.compressSync(Buffer.alloc(8 * 8 * 3, 99), {
      format: jpeg.FORMAT_RGB,
      width: 8,
      height: 8,
    });
    // The frame header, with height and width behind its length and precision.
    const frame = small.indexOf(Buffer.from([0xff, 0xc0]));
    small.writeUInt16BE(10_000, frame + 5);
    small.writeUInt16BE(10_000, frame + 7);
    await assert.rejects(decode('wide.jpg', small), { code: 'too-large' });
    const webp = Buffer.alloc(40);
    webp.write('RIFF\x20\0\0\0WEBPVP8L', 'latin1');
    webp.writeUInt32LE(9_999 | (9_999 << 14), 21);
    await assert.rejects(decode('wide.webp', webp), { code: 'too-large' });
    const line = png({ width: 90_000_000, height: 1, data: zeros(1) });
    await assert.rejects(decode('line.png', line), { code: 'too-large' });
    const deep = png({ width: 10_000, height: 10_000, depth: 16, colour: 6, data: zeros(1) });
    await assert.rejects(decode('deep.png', deep), { code: 'too-large' });
  });

  it('where it is a JPEG of thousands of scans', async () => {
    const whole = jpeg.compressSync(Buffer.alloc(1000 * 1000 * 3, 99), {
      format: jpeg.FORMAT_RGB,
      width: 1000,
      height: 1000,
    });
    const scan = Buffer.from([0xff, 0xda, 0, 6, 1, 1, 0, 0, 63, 0]);
    const scans = Buffer.concat([
      whole.subarray(0, -2),
      ...new Array<Buffer>(3000).fill(scan),
      whole.subarray(-2),
    ]);
    await assert.rejects(decode('scans.jpg', scans), { code: 'too-large' });
  });

  it('however long and thin it is when it is resized', async () => {
    const width = 900_000;
    const data = new Uint8Array(width * 3 * 4).fill(51);
    const output = new Float32Array(224 * 224 * 3);
    const grown = await growth(() => {
      resize({ width, height: 4, channels: 3, data, max: 255 }, 224, 224, output);
      return Promise.resolve();
    });
    assert.ok(output.every(value => Math.abs(value - 0.2) < 1e-3));
    assert.ok(grown < 300, `${grown} MB`);
  });
});
