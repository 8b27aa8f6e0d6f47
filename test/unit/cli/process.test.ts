import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import manifest from '../../../package.json';
import { programOptions } from '../../../scripts/lib/bundles.mjs';
import { createFolder, removeFolders } from '../workspace/support';
import { RADIOLOGY } from './support';

const ROOT = path.join(__dirname, '../../..');

describe('the program strategy-advisor', () => {
  let folder = '';
  let program = '';

  before(async () => {
    // Below the package, as it ships: the program looks for its version and its translations above itself.
    mkdirSync(path.join(ROOT, 'dist/test'), { recursive: true });
    folder = mkdtempSync(path.join(ROOT, 'dist/test/cli-'));
    program = path.join(folder, 'cli.mjs');
    await build({
      ...programOptions,
      absWorkingDir: ROOT,
      entryPoints: { cli: 'src/cli/cli-entry.ts' },
      outdir: folder,
      bundle: true,
      logLevel: 'silent',
    });
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(removeFolders);

  it('ends with the status of what it did, and writes where it belongs', () => {
    const { root } = createFolder({
      'train.py': RADIOLOGY,
      'broken.py': '# @dataset d task=t num_examples=x\n',
    });
    const run = (...args: string[]): [number | null, boolean, boolean] => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: root,
        encoding: 'utf8',
      });
      return [status, stdout !== '', stderr !== ''];
    };
    assert.deepEqual(run('--version'), [0, true, false]);
    assert.deepEqual(run('advise', 'train.py'), [0, true, false]);
    assert.deepEqual(run('advise', 'broken.py'), [1, true, true]);
    assert.deepEqual(run('advise', '--nonsense'), [2, false, true]);
  });

  it('writes all of a long answer to a pipe', () => {
    const { root } = createFolder({ 'train.py': longProblem() });
    const { stdout } = spawnSync(process.execPath, [program, 'datasets', root, '--json'], {
      encoding: 'utf8',
      maxBuffer: 64e6,
    });
    assert.ok(stdout.length > 200_000);
    assert.equal((JSON.parse(stdout) as { datasets: unknown[] }).datasets.length, 2000);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const { root } = createFolder({ 'train.py': longProblem() });
    const child = spawn(process.execPath, [program, 'datasets', root, '--json']);
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.stdout.once('data', () => child.stdout.destroy());
    const [status] = (await once(child, 'close')) as [number | null];
    assert.equal(Buffer.concat(errors).toString(), '');
    assert.equal(status, 0);
  });

  it('is packed with what it needs, and nothing else', () => {
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const [tarball] = JSON.parse(stdout) as { files: { path: string }[] }[];
    const files = tarball?.files.map(file => file.path) ?? [];
    for (const needed of [
      'package.json',
      'LICENSE',
      'schemas/advise.schema.json',
      'schemas/datasets.schema.json',
    ])
      assert.ok(files.includes(needed), needed);
    const kinds = new Set(files.filter(file => file.includes('/')).map(file => file.split('/')[0]));
    for (const kind of kinds)
      assert.ok(['dist', 'schemas', 'l10n', 'media', 'syntaxes', 'third-party'].includes(kind ?? ''), kind);
    assert.ok(!files.some(file => file.startsWith('dist/test/')));
    assert.equal(manifest.bin['strategy-advisor'], 'dist/cli.mjs');
  });
});

function longProblem(): string {
  return Array.from({ length: 2000 }, (_, i) => `# @dataset data-${i} task=t num_examples=${i}\n`).join('');
}
