import assert from 'node:assert/strict';
import { textDecoder } from '../../../src/common/text-decoding';

describe('decoding text', () => {
  it('knows the currency, quotes and dashes of windows-1252, in every release of Node', () => {
    const bytes = Uint8Array.of(0x80, 0x93, 0x41, 0x94, 0x96, 0xe9, 0x81);
    for (const label of ['windows-1252', 'latin1', 'iso-8859-1'])
      assert.equal(textDecoder(label).decode(bytes), '€“A”–é\u0081', label);
  });

  it('leaves other encodings as they are', () => {
    assert.equal(textDecoder('windows-1251').decode(Uint8Array.of(0x80)), 'Ђ');
    assert.equal(textDecoder('utf-8').decode(Uint8Array.of(0xc2, 0x80)), '\u0080');
  });
});
