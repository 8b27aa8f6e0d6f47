import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import * as jpeg from '@julusian/jpeg-turbo';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { encode as encodePng } from 'fast-png';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { Database } from 'node-sqlite3-wasm';
import { checkDataset, countDataset, isDataError, openDataset } from '../../../../src/data';
import { createRandom, mutate } from './mutate';
import { wav } from './wav';

/** Tables that other programs have compressed. */
export const TABLES = join(__dirname, '../../../fixtures/tables');

/** A whole file of each format, small, with a column or folder `y` to predict. */
export async function seedFiles(folder: string): Promise<Record<string, Buffer>> {
  await mkdir(folder, { recursive: true });
  const x = Float64Array.from({ length: 200 }, (_, i) => i / 3);
  const y = Array.from({ length: 200 }, (_, i) => (i % 2 ? 'a' : 'b'));
  const csv = 'x,y,z\n' + y.map((label, i) => `${x[i] ?? 0},${label},"q ""${i}"", \n"\n`).join('');
  const lines = y.map((label, i) => JSON.stringify({ x: x[i], y: label })).join('\n');
  const pixels = Buffer.from(Uint8Array.from({ length: 24 * 24 * 3 }, (_, i) => (i * 31) % 256));
  const path = join(folder, 'seed.db');
  await rm(path, { force: true });
  const database = new Database(path);
  database.exec('create table t(x, y)');
  y.forEach((label, i) => database.run('insert into t values(?, ?)', [x[i] ?? 0, label]));
  database.close();
  const arrow = tableFromArrays({ x, y });
  return {
    'a.csv': Buffer.from(csv),
    'a.csv.gz': gzipSync(csv),
    'a.csv.bz2': await readFile(join(TABLES, 'a.csv.bz2')),
    'a.csv.xz': await readFile(join(TABLES, 'a.csv.xz')),
    'a.csv.zst': await readFile(join(TABLES, 'a.csv.zst')),
    'a.zip': zip({ 'train.csv': Buffer.from(csv), 'test.csv': Buffer.from(csv) }),
    'a.tsv': Buffer.from(csv.replaceAll(',', '\t')),
    'a.jsonl': Buffer.from(lines),
    'a.json': Buffer.from(`{"about": {"n": 200}, "data": [${lines.replaceAll('\n', ', ')}]}`),
    'b.json': Buffer.from(JSON.stringify({ x: [...x], y })),
    'a.dat': Buffer.from(y.map((label, i) => `  ${x[i] ?? 0}   ${label}\n`).join('')),
    'b.csv': Buffer.from(
      `# one\nTitle\ny;x\n${y.map((label, i) => `'${label}';${i},5;\n`).join('')}Total;1\n`,
    ),
    'a.txt': Buffer.from('one two\nthree\n'.repeat(50)),
    'a.npy': npy([50, 3], 8),
    'a.npz': zip({ 'x.npy': npy([40, 2], 8), 'y.npy': npy([40], 8) }),
    'a.idx': Buffer.concat([Buffer.from([0, 0, 8, 2, 0, 0, 0, 30, 0, 0, 0, 2]), Buffer.alloc(60, 7)]),
    'a.parquet': Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'x', data: [...x] },
          { name: 'y', data: y },
        ],
      }),
    ),
    'a.arrow': Buffer.from(tableToIPC(arrow, 'file')),
    'b.arrow': Buffer.from(tableToIPC(arrow, 'stream')),
    'a.db': await readFile(path),
    'a.arff': Buffer.from(
      `% one\n@relation r\n@attribute x numeric\n@attribute 'y' {a, "b"}\n@data\n${y
        .map((label, i) => (i % 9 ? `${x[i] ?? 0}, '${label}'\n` : `{0 ${i}, 1 ${label}}\n`))
        .join('')}`,
    ),
    'a.svm': Buffer.from(
      y.map((_, i) => `${i % 2} qid:${i % 5} 1:${i / 4} ${2 + (i % 6)}:-1 # n\n`).join(''),
    ),
    'a.xlsx': await readFile(join(TABLES, 'titled.xlsx')),
    'a.h5': await readFile(join(TABLES, 'groups.h5')),
    'a.mat': await readFile(join(TABLES, 'packed.mat')),
    'b.mat': await readFile(join(TABLES, 'plain.mat')),
    'c.mat': await readFile(join(TABLES, 'v73.mat')),
    'a.tfrecord': await readFile(join(TABLES, 'a.tfrecord')),
    'a.tfrecord.gz': await readFile(join(TABLES, 'a.tfrecord.gz')),
    'a.wav': wav(Array.from({ length: 2000 }, (_, i) => (i * 997) % 3000)),
    'a.png': Buffer.from(encodePng({ width: 24, height: 24, channels: 3, data: pixels })),
    'a.jpg': jpeg.compressSync(pixels, { format: jpeg.FORMAT_RGB, width: 24, height: 24, quality: 80 }),
    ...(await fixtures()),
    'README.md': Buffer.from('---\ndataset_info:\n  splits:\n  - name: train\n    num_examples: 3\n---\n'),
    'croissant.json': Buffer.from('{"conformsTo":"croissant","recordSet":[{"name":"r","data":[1,2]}]}'),
  };
}

/** Whole files of other programs: a picture and a recording of each format. */
async function fixtures(): Promise<Record<string, Buffer>> {
  const folder = join(__dirname, '../../../fixtures');
  const named = {
    'a.bmp': 'images/rgba.bmp',
    'b.bmp': 'images/palette8.bmp',
    'a.gif': 'images/transparent.gif',
    'a.tif': 'images/tiled-lzw.tif',
    'b.tif': 'images/deep-predictor.tif',
    'c.tif': 'images/rgb-packbits.tif',
    'd.tif': 'images/bigtiff.tif',
    'b.jpg': 'images/cmyk.jpg',
    'b.wav': 'recordings/ima.wav',
    'c.wav': 'recordings/ms.wav',
    'd.wav': 'recordings/mulaw.wav',
    'a.flac': 'recordings/flac16.flac',
    'a.oga': 'recordings/ogg-flac.oga',
    'a.ogg': 'recordings/vorbis.ogg',
    'a.opus': 'recordings/opus-mono.ogg',
    'a.mp3': 'recordings/vbr.mp3',
    'b.mp3': 'recordings/bare.mp3',
  };
  const files = Object.entries(named).map(
    async ([name, file]) => [name, await readFile(join(folder, file))] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

/** Names of files that are an example each. */
const MEDIA = /^[a-z]\.(?:png|jpg|bmp|gif|tif|wav|flac|oga|ogg|opus|mp3)$/;
const RECORDING = /\.(?:wav|flac|oga|ogg|opus|mp3)$/;

function npy(shape: readonly number[], bytes: number): Buffer {
  const text =
    `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117) + '\n';
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(text.length, 8);
  const size = shape.reduce((product, axis) => product * axis, 1);
  return Buffer.concat([head, Buffer.from(text), Buffer.alloc(size * bytes, 3)]);
}

/** A zip archive of deflated files. */
export function zip(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of Object.entries(files)) {
    const packed = deflateRawSync(data);
    const sizes = Buffer.alloc(26);
    sizes.writeUInt16LE(20, 0);
    sizes.writeUInt16LE(8, 4);
    sizes.writeUInt32LE(crcOf(data), 10);
    sizes.writeUInt32LE(packed.length, 14);
    sizes.writeUInt32LE(data.length, 18);
    sizes.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), sizes, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), sizes, tail, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entries, end]);
}

/** The checksum of a gzip member is that of a zip entry. */
function crcOf(data: Buffer): number {
  const packed = gzipSync(data);
  return packed.readUInt32LE(packed.length - 8);
}

/**
 * Damages a seed and puts it before every reader. A reader may refuse with a `DataError`, and nothing else.
 *
 * @throws what a reader threw that is no `DataError`, naming the case
 */
export async function tryMutation(folder: string, name: string, seed: Buffer, number: number): Promise<void> {
  const place = join(folder, `case-${name}`, MEDIA.test(name) ? 'y' : '');
  await mkdir(place, { recursive: true });
  const random = createRandom(number);
  const path = join(place, name);
  await writeFile(path, mutate(seed, random));
  const isCard = /README|croissant/.test(name);
  if (isCard) await writeFile(join(place, 'a.csv'), 'x,y\n1,a\n');
  const target = MEDIA.test(name) || isCard ? join(folder, `case-${name}`) : path;
  const label = { labels: { t: { column: labelOf(name) } } };
  try {
    await countDataset(target, { label: 'y', unit: RECORDING.test(name) ? 'seconds' : 'examples' });
    await refuse(async () => {
      const dataset = await openDataset(target, { ...label, shares: { train: 1, validation: 0, test: 0 } });
      for await (const chunk of dataset.read('train')) if (chunk.count > 1e6) throw new Error('made up rows');
    });
    await refuse(() => checkDataset(target, label));
  } catch (error) {
    throw new Error(`${name}, case ${number}`, { cause: error });
  }
}

function labelOf(name: string): string {
  if (MEDIA.test(name)) return 'class';
  if (/txt/.test(name)) return 'text';
  if (name.endsWith('.xlsx')) return 'kind';
  if (name.endsWith('.h5')) return 'labels';
  if (name.endsWith('.svm')) return 'label';
  return name.endsWith('.dat') ? '1' : 'y';
}

async function refuse(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDataError(error)) throw error;
  }
}
