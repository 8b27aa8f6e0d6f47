import { DictionaryBatch as RawDictionary } from 'apache-arrow/fb/dictionary-batch';
import type { Field } from 'apache-arrow/fb/field';
import { Footer as RawFooter } from 'apache-arrow/fb/footer';
import { Message as RawMessage } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { RecordBatch as RawBatch } from 'apache-arrow/fb/record-batch';
import { Schema as RawSchema } from 'apache-arrow/fb/schema';
import { ByteBuffer } from 'flatbuffers';

/** Fields within fields; a chain of references that leads back to itself is longer. */
const DEEPEST = 64;

/**
 * Whether the lists of a message can fit into it. The library walks through as many entries as are stated, be
 * they billions, and through fields that contain themselves.
 */
export function isBoundedMessage(head: Uint8Array): boolean {
  const message = RawMessage.getRootAsMessage(new ByteBuffer(head));
  switch (message.headerType()) {
    case MessageHeader.Schema:
      return isBoundedSchema(message.header(new RawSchema()) as RawSchema | null, head.length);
    case MessageHeader.DictionaryBatch: {
      const dictionary = message.header(new RawDictionary()) as RawDictionary | null;
      return isBoundedBatch(dictionary?.data() ?? null, head.length);
    }
    case MessageHeader.RecordBatch:
      return isBoundedBatch(message.header(new RawBatch()) as RawBatch | null, head.length);
    default:
      return false;
  }
}

/** Whether the lists of a footer can fit into it. */
export function isBoundedFooter(bytes: Uint8Array): boolean {
  const footer = RawFooter.getRootAsFooter(new ByteBuffer(bytes));
  const lengths = [footer.recordBatchesLength(), footer.dictionariesLength(), footer.customMetadataLength()];
  return lengths.every(length => length <= bytes.length) && isBoundedSchema(footer.schema(), bytes.length);
}

function isBoundedBatch(batch: RawBatch | null, bytes: number): boolean {
  return batch !== null && batch.nodesLength() <= bytes && batch.buffersLength() <= bytes;
}

/** An entry of a list takes four bytes or more, so all of them together are fewer than the bytes. */
function isBoundedSchema(schema: RawSchema | null, bytes: number): boolean {
  if (schema === null) return false;
  let left = bytes;
  const spend = (entries: number): boolean => entries >= 0 && (left -= entries) >= 0;
  const isBoundedField = (field: Field | null, depth: number): boolean => {
    if (field === null || depth > DEEPEST) return false;
    return (
      spend(1 + field.customMetadataLength()) &&
      areBounded(field.childrenLength(), i => field.children(i), depth + 1)
    );
  };
  const areBounded = (length: number, field: (i: number) => Field | null, depth: number): boolean => {
    if (length > left) return false;
    for (let i = 0; i < length; i++) if (!isBoundedField(field(i), depth)) return false;
    return true;
  };
  return spend(schema.customMetadataLength()) && areBounded(schema.fieldsLength(), i => schema.fields(i), 0);
}
