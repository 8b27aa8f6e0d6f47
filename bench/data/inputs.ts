import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import * as jpeg from '@julusian/jpeg-turbo';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** A CSV of so many bytes, with numbers, words, and, where asked for, quoted text over two lines. */
export async function writeCsv(path: string, bytes: number, quoted: boolean): Promise<void> {
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const numbers = Array.from({ length: 7 }, (_, j) => ((i * (j + 3) * 7919) % 100_003) / 1e5).join(',');
    return `${i},${numbers},${quoted ? '"he said ""hi"", and\nleft"' : 'word'},${'abc'[i % 3] ?? ''}\n`;
  }).join('');
  const stream = createWriteStream(path);
  stream.write('id,a,b,c,d,e,f,g,text,label\n');
  for (let written = 0; written < bytes; written += rows.length)
    if (!stream.write(rows)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

export async function writeFolders(path: string, files: number): Promise<void> {
  for (let c = 0; c < 10; c++) {
    await mkdir(join(path, `class${c}`), { recursive: true });
    for (let i = 0; i < files / 10; i++) await writeFile(join(path, `class${c}`, `${i}.jpg`), '');
  }
}

/** Pictures with large and small detail, as photographs have. */
export async function writeImages(path: string, count: number, side: number): Promise<void> {
  await mkdir(path, { recursive: true });
  for (let n = 0; n < count; n++) {
    const pixels = Buffer.alloc(side * side * 3);
    for (let i = 0; i < pixels.length; i++) {
      const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
      pixels[i] = 128 + 60 * Math.sin((x + n) / 17 + (i % 3)) + 50 * Math.cos(y / 11) + ((i * 31 + n) % 16);
    }
    const image = jpeg.compressSync(pixels, {
      format: jpeg.FORMAT_RGB,
      width: side,
      height: side,
      quality: 90,
    });
    await writeFile(join(path, `${n}.jpg`), image);
  }
}

export async function writeParquet(path: string, rows: number): Promise<void> {
  const data = Float64Array.from({ length: rows }, (_, i) => i * 1.000001);
  await writeFile(
    path,
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'x', data },
          { name: 'y', data },
        ],
      }),
    ),
  );
}

/** Milliseconds of a command's fastest run of three. */
export function timeCommand(command: string): number {
  return fastest(() => execFileSync('/bin/sh', ['-c', command]));
}

function fastest(work: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}
