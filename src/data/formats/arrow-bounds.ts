import { DictionaryBatch } from 'apache-arrow/fb/dictionary-batch';
import type { Field } from 'apache-arrow/fb/field';
import { Footer } from 'apache-arrow/fb/footer';
import { Message } from 'apache-arrow/fb/message';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema } from 'apache-arrow/fb/schema';
import { ByteBuffer } from 'flatbuffers';

/** A row takes at least a bit, and compression makes that 250 times less at most. */
export const ROWS_PER_BYTE = 8 * 250;

/** Nested lists and structs go a few levels deep; a damaged offset can make a field its own child. */
const MAX_DEPTH = 64;

/**
 * Whether the lists of a message's head can fit into it. The library walks through as many entries as are stated,
 * in a damaged file billions, each read from beyond the end.
 */
export function isBoundedMessage(head: Uint8Array): boolean {
  const message = Message.getRootAsMessage(new ByteBuffer(head));
  switch (message.headerType() as unknown) {
    case 1:
      return isBoundedSchema(message.header(new Schema()) as Schema | null, head.length);
    case 2: {
      const dictionary = message.header(new DictionaryBatch()) as DictionaryBatch | null;
      return isBoundedBatch(dictionary?.data() ?? null, head.length, Number(message.bodyLength()));
    }
    case 3: {
      const batch = message.header(new RecordBatch()) as RecordBatch | null;
      return isBoundedBatch(batch, head.length, Number(message.bodyLength()));
    }
    default:
      return false;
  }
}

/** The same for the footer of a file. */
export function isBoundedFooter(bytes: Uint8Array): boolean {
  const footer = Footer.getRootAsFooter(new ByteBuffer(bytes));
  const lengths = [footer.recordBatchesLength(), footer.dictionariesLength(), footer.customMetadataLength()];
  return (
    lengths.every(length => isLength(length, bytes.length)) && isBoundedSchema(footer.schema(), bytes.length)
  );
}

function isLength(length: number, bytes: number): boolean {
  return length >= 0 && length <= bytes;
}

function isBoundedSchema(schema: Schema | null, bytes: number): boolean {
  if (!schema || !isLength(schema.customMetadataLength(), bytes)) return false;
  // Each field takes bytes, so there are fewer fields than bytes.
  const left = { fields: bytes };
  return areBoundedFields(schema.fieldsLength(), i => schema.fields(i), { bytes, depth: 0, left });
}

interface FieldBounds {
  readonly bytes: number;
  readonly depth: number;
  readonly left: { fields: number };
}

function areBoundedFields(
  length: number,
  at: (index: number) => Field | null,
  { bytes, depth, left }: FieldBounds,
): boolean {
  if (depth > MAX_DEPTH || !isLength(length, left.fields)) return false;
  left.fields -= length;
  for (let i = 0; i < length; i++) {
    const field = at(i);
    if (!field || !isLength(field.customMetadataLength(), bytes)) return false;
    const deeper = { bytes, depth: depth + 1, left };
    if (!areBoundedFields(field.childrenLength(), child => field.children(child), deeper)) return false;
  }
  return true;
}

/** @param body bytes behind the head, in which the values are */
function isBoundedBatch(batch: RecordBatch | null, head: number, body: number): boolean {
  if (!batch || !isLength(batch.buffersLength(), head) || !isLength(batch.nodesLength(), head)) return false;
  if (!isLength(batch.variadicBufferCountsLength(), head)) return false;
  for (let i = 0; i < batch.nodesLength(); i++) {
    const node = batch.nodes(i);
    if (!node || !isLength(Number(node.length()), ROWS_PER_BYTE * body)) return false;
  }
  return true;
}
