import assert from 'node:assert/strict';
import { scanSync } from '../../../src/workspace/annotation-scan';
import { createFolder, dataset, removeFolders } from './support';

const LINE = dataset('data');

/** The names found in a file of these bytes, and the column of the first `@`. */
function found(content: Uint8Array): { names: (string | undefined)[]; column: number | undefined } {
  const { at } = createFolder({ 'train.py': content });
  const annotations = scanSync([at('train.py')]).files.flatMap(file => file.annotations);
  return {
    names: annotations.map(({ name }) => name?.value),
    column: annotations[0]?.range.start.column,
  };
}

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

describe('the encoding of files', () => {
  afterEach(removeFolders);

  it('is UTF-8, with or without a byte-order mark, which is no column', () => {
    const expected = { names: ['data'], column: 2 };
    assert.deepEqual(found(Buffer.from(LINE)), expected);
    assert.deepEqual(found(Buffer.from(`\ufeff${LINE}`)), expected);
  });

  it('is UTF-16 where a byte-order mark says so', () => {
    for (const bigEndian of [false, true])
      assert.deepEqual(found(utf16(`# 데이터\n${LINE}`, bigEndian)), { names: ['data'], column: 2 });
  });

  it('may be anything else: bytes that are no UTF-8 hide nothing after them', () => {
    const latin1 = Buffer.concat([Buffer.from([0x23, 0x20, 0xe9, 0xff, 0x0a]), Buffer.from(LINE)]);
    assert.deepEqual(found(latin1), { names: ['data'], column: 2 });
  });

  it('does not carry over from one file to the next', () => {
    const { root } = createFolder({
      'a.py': utf16(LINE, false),
      'b.py': '',
      'c.py': '#',
      'd.py': dataset('d'),
    });
    assert.equal(scanSync([root]).files.length, 2);
  });

  it('leaves binary files alone, whatever they are called', () => {
    const { root, at } = createFolder({ 'a.py': Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(LINE)]) });
    assert.deepEqual(scanSync([root]).issues, []);
    const { files, issues } = scanSync([at('a.py')]);
    assert.equal(files.length, 0);
    assert.deepEqual(
      issues.map(({ code, severity }) => [code, severity]),
      [['binary-file', 'information']],
    );
  });
});
