import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { nativePackages } from '../../../scripts/lib/native.mjs';
import { noticesOf } from '../../../scripts/lib/notices.mjs';

const ROOT = path.join(__dirname, '../../..');
const SHIPPED = ['THIRD_PARTY_NOTICES.md', 'third-party/onnxruntime-notices.txt'];

const notices = readFileSync(path.join(ROOT, 'THIRD_PARTY_NOTICES.md'), 'utf8');
/** The packages of its table, without what is compiled into one. */
const packages = [...notices.matchAll(/^\| (\S+) \| \d\S* \|/gm)].map(([, name = '']) => name);
/** The schema that a part of the engine is generated from stands in a folder of its own. */
const folders = packages.map(name => (name === 'onnx' ? 'third-party/onnx' : `node_modules/${name}`));

describe('THIRD_PARTY_NOTICES.md', () => {
  it('has the versions and licence texts of the packages it lists (else run `npm run notices`)', () => {
    assert.ok(packages.length > 30);
    assert.equal(notices, noticesOf(folders));
  });

  it('lists the packages with native code', () => {
    assert.deepEqual(
      nativePackages.filter(name => !packages.includes(name)),
      [],
    );
  });

  it('is refused with a package whose licence nobody has looked up, or without one that a text is kept for', () => {
    assert.throws(
      () => noticesOf([...folders, 'node_modules/@tensorflow/tfjs-backend-wasm']),
      /tfjs-backend-wasm has no licence file/,
    );
    assert.throws(
      () => noticesOf(folders.filter(folder => !folder.endsWith('/tr46'))),
      /has tr46, which does not ship/,
    );
  });

  it('ships with the extension', async () => {
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    for (const file of SHIPPED) assert.ok(files.includes(file), file);
  });

  it('ships with the command line', () => {
    // On Windows `npm` is a batch file, which only a shell runs.
    const shell = process.platform === 'win32';
    const { stdout, stderr, status } = spawnSync('npm', ['pack', '--dry-run', '--json'], {
      cwd: ROOT,
      encoding: 'utf8',
      shell,
    });
    assert.equal(status, 0, stderr);
    for (const file of SHIPPED) assert.ok(stdout.includes(`"${file}"`), file);
  });
});
