import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holdsDirective } from '../../../src/workspace/file-reader';

/** What the bytes are compared with: the definition, on text of one character per byte. */
const WORD = /@(?:dataset|task|pipeline)(?!\w)/;

function holds(text: string, behind = ''): boolean {
  return holdsDirective(Buffer.from(`${text}${behind} `, 'latin1'), text.length);
}

describe('the raw test for annotations', () => {
  it('finds each word, anywhere, up to the last byte', () => {
    for (const word of ['@dataset', '@task', '@pipeline']) {
      assert.ok(holds(word));
      assert.ok(holds(`# ${word} a`));
      assert.ok(holds(`@@${word}`));
    }
  });

  it('finds whole words only, and nothing behind the end', () => {
    for (const text of ['@datasets', '@task_1', '@Task', 'dataset', '@pipe', '@'])
      assert.ok(!holds(text), text);
    assert.ok(!holds('@da', 'taset x'));
    assert.ok(!holds('', '@task'));
  });

  it('agrees with the regular expression on all bytes', () => {
    const piece = fc.constantFrom('@', 'dataset', 'task', 'pipeline', ' ', '_', 'x', '\0', '\xff', '9', '\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 3 }), (parts, behind) => {
        const text = parts.join('');
        assert.equal(holds(text, behind.join('')), WORD.test(text));
      }),
      { numRuns: 500 },
    );
  });
});
