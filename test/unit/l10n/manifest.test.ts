import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readJson, root } from './extract';

describe('the texts of the manifest', () => {
  let used: readonly string[];

  before(() => {
    const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
    used = [...new Set([...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key = '']) => key))].sort();
  });

  for (const file of ['package.nls.json', 'package.nls.ko.json'])
    it(`are in ${file}, and no other`, () => {
      assert.ok(used.length > 20);
      assert.deepEqual(Object.keys(readJson(file)).sort(), used);
    });

  it('are Korean in package.nls.ko.json', () => {
    const untranslated = Object.entries(readJson('package.nls.ko.json')).filter(
      ([, text]) => !/[가-힣]/.test(text),
    );
    assert.deepEqual(untranslated, []);
  });
});
