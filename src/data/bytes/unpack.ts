import { PassThrough, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Compression, Unpacked } from './compression';

/**
 * Unpacks a stream of compressed pieces. What is wrong with them is an error of the library's; a stream that ends too
 * early is one, too.
 */
export async function unpack(pieces: AsyncIterable<Buffer>, compression: Compression): Promise<Unpacked> {
  switch (compression) {
    case 'gz':
      return gunzip(pieces);
    case 'bz2':
      return (await import('./unpack-bzip2')).unpackBzip2(pieces);
    case 'xz':
      return (await import('./unpack-xz')).unpackXz(pieces);
    case 'zst':
      return (await import('./unpack-zstd')).unpackZstd(pieces);
  }
}

async function* gunzip(pieces: AsyncIterable<Buffer>): Unpacked {
  const source = Readable.from(pieces);
  const unpacker = createGunzip({ chunkSize: 256 * 1024 });
  const output = new PassThrough({ highWaterMark: 1024 * 1024 });
  source.once('error', error => unpacker.destroy(error));
  unpacker.once('error', error => output.destroy(error));
  source.pipe(unpacker).pipe(output);
  try {
    for await (const piece of output) yield piece as Buffer;
  } finally {
    source.destroy();
    unpacker.destroy();
    output.destroy();
  }
}
