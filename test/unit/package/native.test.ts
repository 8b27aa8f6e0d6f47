import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyNative } from '../../../scripts/lib/native.mjs';

const BINARY = /\.(?:node|so|dll|dylib)(?:\.[\d.]+)?$/;

describe('what a package holds of packages with native code', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-native-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const files = (): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => file.split(path.sep).join('/'));

  for (const [platform, arch] of [
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'arm64'],
    ['win32', 'x64'],
  ] as const)
    it(`is the runtime of one platform: ${platform}-${arch}`, () => {
      copyNative(folder, { platform, arch });
      const binaries = files().filter(file => BINARY.test(file));
      const [ours, others] = [
        [platform, arch].join('/'),
        binaries.filter(file => !isOf(file, platform, arch)),
      ];
      assert.ok(
        binaries.some(file => file.includes(`onnxruntime-node/bin/napi-v6/${ours}/`)),
        binaries.join(', '),
      );
      assert.deepEqual(others, []);
    });

  it('is no runtime where there is none for the platform', () => {
    copyNative(folder, { platform: 'aix', arch: 'ppc64' });
    assert.deepEqual(
      files().filter(file => BINARY.test(file)),
      [],
    );
  });

  it('is the runtime in WebAssembly there, and nowhere else', () => {
    const wasm = /^onnxruntime-web\/.*\.wasm$/;
    copyNative(folder, { platform: 'darwin', arch: 'x64' });
    const there = files();
    assert.ok(there.includes('onnxruntime-web/dist/ort.node.min.mjs') && there.some(file => wasm.test(file)));
    assert.ok(there.some(file => file.startsWith('onnxruntime-common/dist/esm/')));
    copyNative(folder, { platform: 'linux', arch: 'x64' });
    assert.ok(!files().some(file => file.startsWith('onnxruntime-web')));
  });

  it('is small: under 60 MB, without sources, types or maps', () => {
    copyNative(folder);
    const all = files().filter(file => statSync(path.join(folder, file)).isFile());
    const bytes = all.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
    assert.ok(bytes < 60e6, `${bytes} bytes`);
    assert.deepEqual(
      all.filter(file => /\.(?:map|ts|cc|h)$/.test(file)),
      [],
    );
  });
});

function isOf(file: string, platform: string, arch: string): boolean {
  return file.includes(`/${platform}/${arch}/`) || file.includes(`-${platform}-${arch}`);
}
