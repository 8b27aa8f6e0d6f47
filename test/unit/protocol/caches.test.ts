import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CachedFile } from '../../../src/workspace/scan-cache';
import { decodeScanCache, encodeScanCache } from '../../../src/workspace/stored-scan-cache';
import { annotateText } from '../../../src/workspace/annotated-files';

const TEXT =
  '# @dataset digits task=digit num_examples=60k input=image:28x28\n# @dataset b num_examples=lots\n';

function scanned(): Map<string, CachedFile> {
  const { annotations, diagnostics } = annotateText('/w/a.py', TEXT, false).annotated;
  assert.ok(annotations.length > 0 && diagnostics.length > 0);
  return new Map([
    ['/w/a.py', { size: 1, changed: 2, annotated: { annotations, diagnostics } }],
    ['/w/b.py', { size: 3, changed: 4 }],
  ]);
}

describe('the cache of a scan', () => {
  it('comes back as it was written', () => {
    const files = scanned();
    const read = decodeScanCache(encodeScanCache(files, '1'), '1');
    assert.deepEqual(JSON.parse(JSON.stringify([...read])), JSON.parse(JSON.stringify([...files])));
  });

  it('is left alone where another release wrote it, or where any part of it is damaged', () => {
    const text = encodeScanCache(scanned(), '1');
    assert.equal(decodeScanCache(text, '2').size, 0);
    for (const [from, to] of [
      ['"range":{"start"', '"range":{"begin"'],
      ['"directive":"dataset"', '"directive":"data"'],
      ['"b.py",3', '"b.py","3"'],
      ['"severity":"error"', '"severity":7'],
    ] as const) {
      assert.ok(text.includes(from), from);
      assert.equal(decodeScanCache(text.replace(from, to), '1').size, 0, from);
    }
  });

  it('never breaks its reader, whatever is in the file', () => {
    const text = encodeScanCache(scanned(), '1');
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ maxLength: 3 }), (at, junk) => {
        const spoilt = text.slice(0, at) + junk + text.slice(at + junk.length);
        assert.ok(decodeScanCache(spoilt, '1').size <= 3);
      }),
    );
    fc.assert(
      fc.property(fc.json(), folders => {
        assert.ok(decodeScanCache(`{"version":2,"release":"1","folders":${folders}}`, '1') instanceof Map);
      }),
    );
  });
});
