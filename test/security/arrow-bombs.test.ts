import assert from 'node:assert/strict';
import { type Table, tableFromArrays, tableToIPC } from 'apache-arrow';
import { decompressLz4 } from '../../src/data/formats/lz4';
import { countDataset } from '../../src/data';
import { useScratch } from '../unit/data/helpers/files';

/** Texts are kept in a dictionary, which stands before the batches. */
function table(rows: number, word: (row: number) => string): Table {
  return tableFromArrays({ y: Array.from({ length: rows }, (_, row) => word(row)) });
}

describe('an Arrow file of a few bytes takes little time and memory', () => {
  const scratch = useScratch();

  it('and all of its batches are read', async () => {
    const words = table(12, row => 'abc'[row % 3] ?? '');
    const whole = words.slice(0, 5).concat(words.slice(5));
    for (const format of ['file', 'stream'] as const) {
      const path = await scratch.write(`${format}.arrow`, tableToIPC(whole, format));
      const { counted, issues } = await countDataset(path, { label: 'y' });
      assert.deepEqual({ classes: counted?.classes, issues }, { classes: { a: 4, b: 4, c: 4 }, issues: [] });
    }
  });

  it('where it unpacks to more than it states', () => {
    // One literal, then a match of as many bytes as it takes to make gigabytes.
    const block = Buffer.concat([
      Buffer.from([0x1f, 65, 1, 0]),
      Buffer.alloc(1_000_000, 255),
      Buffer.from([0, 0]),
    ]);
    const head = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(block.length);
    const frame = Buffer.concat([head, length, block, Buffer.alloc(4)]);
    assert.throws(() => decompressLz4(frame, 1024 * 1024), /unpacks to too much/);
  });
});
