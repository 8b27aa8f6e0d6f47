import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pages, ROOT } from '../unit/docs/support';
import { predictScript } from '../../src/training/artifacts/predict-script';

/** Everything that shows commands to users: pages, messages and their translations, examples, programs. */
function shownFiles(): string[] {
  const inside = (folder: string, ending: RegExp): string[] =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter(each => each.isFile() && ending.test(each.name) && !each.parentPath.includes('node_modules'))
      .map(each => path.relative(ROOT, path.join(each.parentPath, each.name)));
  return [
    ...pages(),
    ...['package.json', 'package.nls.json', 'package.nls.ko.json'],
    ...inside('src', /\.(?:ts|tsx|json)$/),
    ...inside('l10n', /\.json$/),
    ...inside('examples', /\.(?:md|py|ts|js|json|ipynb|R|jl|txt)$/),
    ...inside('scripts', /\.(?:mjs|ts|json)$/),
    ...inside('.vscode', /\.json$/),
  ];
}

describe('a command that users copy installs no package of a stranger', () => {
  const files = shownFiles().map(file => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));

  it('says --no wherever it uses npx', () => {
    assert.ok(files.length > 300);
    const found = files.flatMap(({ file, text }) =>
      // A sentence about `npx` has it in code, alone.
      [...text.matchAll(/\bnpx +(?!--no\b)\S+/g)].map(([command]) => `${file}: ${command}`),
    );
    assert.deepEqual(found, []);
  });

  it('starts the server for agents by its path: npx would start what the served folder has under the name', () => {
    assert.deepEqual(
      files
        .filter(({ text }) => /"command"\s*:\s*"(?:npx|strategy-advisor)"/.test(text))
        .map(each => each.file),
      [],
    );
  });

  it('names no place to install from before there is one', () => {
    const offers =
      /npm (?:install|i|add) (?:-\S+ )*strategy-advisor|marketplace\.visualstudio\.com|open-vsx\.org|ext install/;
    assert.deepEqual(
      files.filter(({ text }) => offers.test(text)).map(each => each.file),
      [],
    );
  });
});

describe('nothing is sent anywhere by the runtime that trains', () => {
  it('tells ONNX Runtime to keep quiet before it is loaded', function () {
    if (process.platform === 'win32') {
      this.test!.title += ' (skipped: on Windows it leaves no trace that could be looked for)';
      this.skip();
    }
    this.timeout(60_000);
    const home = mkdtempSync(path.join(tmpdir(), 'telemetry-'));
    try {
      const file = JSON.stringify(path.join(ROOT, 'src/engine/runtime/onnxruntime.ts'));
      const program = `import(${file}).then(m => (m.createSession ?? m.default.createSession)(new Uint8Array([1])))
        .catch(error => { if (error.code !== 'bad-model') throw error; process.stdout.write('loaded'); });`;
      // Without what CI sets, where ONNX Runtime keeps quiet anyway, and with what would ask it not to.
      const run = spawnSync(process.execPath, ['--import', 'tsx', '--eval', program], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: home, XDG_CACHE_HOME: home, ORT_DISABLE_TELEMETRY: '0' },
      });
      assert.equal(run.stdout, 'loaded', run.stderr);
      const left = readdirSync(home, { recursive: true, encoding: 'utf8' });
      assert.deepEqual(
        left.filter(name => /microsoft|onnx/i.test(name)),
        [],
      );
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('has the same in the program that comes with a model', () => {
    const code = predictScript({
      version: 1,
      input: { kind: 'text', column: 'text', vocabulary: ['a'], length: 2 },
      labels: {},
    });
    const silenced = code.indexOf('os.environ["ORT_DISABLE_TELEMETRY"] = "1"');
    assert.ok(silenced > 0 && silenced < code.indexOf(' import onnxruntime'));
    assert.ok(code.indexOf('disable_telemetry_events()') < code.indexOf('InferenceSession('));
  });
});
