import { countSource } from '../../messages/counting-messages';
import {
  invalidTfrecord,
  notTfrecord,
  tfrecordOnlyCounted,
  tfrecordTruncated,
} from '../../messages/format-messages';
import { byteLocation } from '../../messages/data-access-messages';
import { throwIfAborted } from '../../common/abort';
import { openBytes } from '../bytes/byte-reader';
import { withFile } from '../bytes/random-access-file';
import { compressionOf } from '../bytes/compression';
import type { Table } from '../data-tables';
import { type DataError, dataError } from '../issues';

/** A record: its length (8 bytes), the checksum of that (4), its bytes, and their checksum (4). */
const HEAD = 12;
const TAIL = 4;
/** No example is longer, in bytes. */
const MAX_RECORD = 2 ** 31;

/**
 * A TFRecord file, of which records are counted: from each, its length is read and proved by its checksum. What records
 * hold is known to the program that wrote them alone.
 *
 * @throws DataError `unsupported` where rows are asked for
 */
export async function openTfrecord(path: string, signal?: AbortSignal): Promise<Table> {
  const count = compressionOf(path) === undefined ? countPlain : countPacked;
  const records = await count(path, signal);
  return {
    path,
    columns: [],
    from: countSource('tfrecord-headers'),
    count: () => Promise.resolve(records),
    blocks() {
      throw dataError('unsupported', tfrecordOnlyCounted(path), path);
    },
  };
}

/** Lengths are read ahead in pieces: where records are short, nearly each piece holds many. */
const PIECE = 256 * 1024;

async function countPlain(path: string, signal: AbortSignal | undefined): Promise<number> {
  return withFile(path, signal, async file => {
    let [records, at, pieceAt] = [0, 0, 0];
    let piece: Uint8Array = new Uint8Array(0);
    while (at < file.size) {
      if (at + HEAD > file.size) throw truncated(path, records + 1, file.size);
      if (at < pieceAt || at + HEAD > pieceAt + piece.length) {
        throwIfAborted(signal);
        pieceAt = at;
        piece = await file.slice(at, Math.min(file.size, at + PIECE));
      }
      const length = recordLength(path, piece.subarray(at - pieceAt, at - pieceAt + HEAD), records + 1, at);
      at += HEAD + length + TAIL;
      if (at > file.size) throw truncated(path, records + 1, file.size);
      records++;
    }
    return records;
  });
}

/** What is unpacked on the way is proved as a whole. */
async function countPacked(path: string, signal: AbortSignal | undefined): Promise<number> {
  const source = await openBytes(path, signal);
  const head = new Uint8Array(HEAD);
  const buffer = new Uint8Array(PIECE);
  try {
    let [records, at] = [0, 0];
    for (;;) {
      const read = await source.read(head);
      if (read === 0) return records;
      if (read < HEAD) throw truncated(path, records + 1, at + read);
      const length = recordLength(path, head, records + 1, at);
      let sum = CRC_START;
      for (let left = length; left > 0;) {
        const part = buffer.subarray(0, Math.min(left, buffer.length));
        if ((await source.read(part)) < part.length) throw truncated(path, records + 1, at);
        sum = crcUpdate(sum, part);
        left -= part.length;
      }
      const tail = Buffer.alloc(TAIL);
      if ((await source.read(tail)) < TAIL) throw truncated(path, records + 1, at);
      if (tail.readUInt32LE(0) !== masked(sum)) throw damaged(path, records + 1, at);
      records++;
      at += HEAD + length + TAIL;
    }
  } finally {
    await source.close();
  }
}

/** @param record its number, from 1 */
function recordLength(path: string, head: Uint8Array, record: number, at: number): number {
  const view = Buffer.from(head.buffer, head.byteOffset, head.length);
  const length = Number(view.readBigUInt64LE(0));
  if (view.readUInt32LE(8) !== masked(crcUpdate(CRC_START, view.subarray(0, 8))) || length > MAX_RECORD)
    throw damaged(path, record, at);
  return length;
}

function damaged(path: string, record: number, at: number): DataError {
  const message = record === 1 ? notTfrecord(path) : invalidTfrecord({ file: path, record });
  return dataError('corrupt', message, byteLocation({ file: path, byte: at }));
}

function truncated(path: string, record: number, at: number): DataError {
  const place = byteLocation({ file: path, byte: at });
  return dataError('truncated', tfrecordTruncated({ file: path, record }), place);
}

/** The polynomial of Castagnoli, reflected. */
const POLYNOMIAL = 0x82f63b78;
const CRC_START = 0xffffffff;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

function crcUpdate(sum: number, bytes: Uint8Array): number {
  let value = sum;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 255] ?? 0) ^ (value >>> 8);
  return value;
}

/** The checksum of a CRC-32C, rotated and shifted so that those of data that holds checksums are no trivial ones. */
function masked(sum: number): number {
  const crc = ~sum >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
