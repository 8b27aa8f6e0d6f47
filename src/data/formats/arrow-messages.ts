import { byteLocation } from '../../messages/data-access-messages';
import { arrowFooterMissing, featherVersion1, invalidArrow } from '../../messages/table-messages';
import { MessageHeader } from 'apache-arrow';
import { Footer } from 'apache-arrow/ipc/metadata/file';
import { Message, type RecordBatch } from 'apache-arrow/ipc/metadata/message';
import type { RandomAccess } from '../bytes/random-access-file';
import { dataError, type DataError } from '../issues';
import { ROWS_PER_BYTE, isBoundedFooter, isBoundedMessage } from './arrow-bounds';

/** A message of an Arrow stream: its position in the file, with its prefix and body. */
export interface MessageRange {
  readonly kind: 'schema' | 'dictionary' | 'batch';
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** The message itself, where it is made from the footer. */
  readonly bytes?: Uint8Array;
}

const MAX_MESSAGES = 10_000_000;

/**
 * Lists the messages of an Arrow file or stream; of each, only its head is read. The file format is a stream
 * between two magic words, so both are walked alike.
 *
 * @throws DataError `truncated`, `corrupt`, or `unsupported` for Feather's first version
 */
export async function listMessages(file: RandomAccess): Promise<MessageRange[]> {
  const { path, size } = file;
  const magic = Buffer.from(await file.slice(0, Math.min(8, size))).toString('latin1');
  if (magic.startsWith('FEA1')) throw dataError('unsupported', featherVersion1(path), path);
  const isFile = magic.startsWith('ARROW1');
  const end = isFile ? await footerStart(file) : size;
  const messages: MessageRange[] = [];
  let at = isFile ? 8 : 0;
  while (at + 8 <= end && messages.length < MAX_MESSAGES) {
    const message = await readMessage(file, at);
    if (!message) break;
    messages.push(message);
    at = message.to;
  }
  // Some writers put the schema of a file only into its footer.
  if (isFile && messages[0]?.kind !== 'schema') messages.unshift(await footerSchema(file, end));
  if (messages[0]?.kind !== 'schema') throw corrupt(path, at);
  return messages;
}

/** A file ends with its footer, the footer's length and the magic word. */
async function footerStart(file: RandomAccess): Promise<number> {
  const { path, size } = file;
  const tail = Buffer.from(await file.slice(Math.max(0, size - 10), size));
  if (tail.toString('latin1', 4) !== 'ARROW1') {
    throw dataError('truncated', arrowFooterMissing(path), byteLocation({ file: path, byte: size }));
  }
  const start = size - 10 - tail.readInt32LE(0);
  if (start < 8 || start > size - 10) throw corrupt(path, size - 10);
  return start;
}

async function footerSchema(file: RandomAccess, from: number): Promise<MessageRange> {
  const footer = await file.slice(from, file.size - 10);
  try {
    if (!isBoundedFooter(footer)) throw corrupt(file.path, from);
    const encoded = Message.encode(Message.from(Footer.decode(footer).schema));
    const length = (encoded.length + 7) & ~7;
    const bytes = Buffer.alloc(8 + length);
    bytes.writeUInt32LE(0xffffffff, 0);
    bytes.writeInt32LE(length, 4);
    bytes.set(encoded, 8);
    return { kind: 'schema', from, to: from, rows: 0, bytes };
  } catch {
    throw corrupt(file.path, from);
  }
}

async function readMessage(file: RandomAccess, from: number): Promise<MessageRange | undefined> {
  const prefix = Buffer.from(await file.slice(from, from + 8));
  // Since version 0.15 a continuation mark comes before the length.
  const isMarked = prefix.readUInt32LE(0) === 0xffffffff;
  const length = prefix.readInt32LE(isMarked ? 4 : 0);
  if (length === 0) return undefined;
  const start = from + (isMarked ? 8 : 4);
  if (length < 0 || length > 256 * 1024 * 1024) throw corrupt(file.path, from);
  const head = await file.slice(start, start + length);
  const { message, rows } = decodeHead(head) ?? {};
  if (!message || rows === undefined) throw corrupt(file.path, from);
  const to = start + length + message.bodyLength;
  if (!(message.bodyLength >= 0)) throw corrupt(file.path, from);
  // Reading the last byte detects a truncated body.
  if (message.bodyLength > 0) await file.slice(to - 1, to);
  switch (message.headerType) {
    case MessageHeader.Schema:
      return { kind: 'schema', from, to, rows: 0 };
    case MessageHeader.DictionaryBatch:
      return { kind: 'dictionary', from, to, rows: 0 };
    case MessageHeader.RecordBatch:
      return { kind: 'batch', from, to, rows };
    default:
      throw corrupt(file.path, from);
  }
}

/** Message and rows; `undefined` for other bytes, or for sizes that are impossible. */
function decodeHead(head: Uint8Array): { message: Message; rows: number } | undefined {
  try {
    if (!isBoundedMessage(head)) return undefined;
    const message = Message.decode(head);
    const isBatch = message.headerType === MessageHeader.RecordBatch;
    const rows = isBatch ? (message.header() as RecordBatch).length : 0;
    const isPossible = rows >= 0 && rows <= ROWS_PER_BYTE * message.bodyLength;
    return isPossible ? { message, rows } : undefined;
  } catch {
    return undefined;
  }
}

function corrupt(path: string, at: number): DataError {
  return dataError('corrupt', invalidArrow({ file: path }), byteLocation({ file: path, byte: at }));
}
