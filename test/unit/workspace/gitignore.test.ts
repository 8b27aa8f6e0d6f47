import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { scanSync } from '../../../src/workspace/annotation-scan';
import { createFolder, dataset, removeFolders, type Files, type Folder } from './support';

function walked({ root }: Folder, start = '.'): string[] {
  return scanSync([path.join(root, start)]).files.map(file =>
    path.relative(root, file.path).split(path.sep).join('/'),
  );
}

function annotated(...names: string[]): Files {
  return Object.fromEntries(names.map(name => [name, dataset('d')]));
}

const SAMPLE: Files = {
  ...annotated('a.py', 'build/a.py', 'out/keep/a.py', 'src/build/a.py', 'src/gen_a.py', 'src/gen_b.py'),
  ...annotated('src/deep/gen_a.py', 'src/deep/x.py', 'src/deep/only/x.py', 'logs/x.py', 'doc/logs/x.py'),
  ...annotated('src/other/only/x.py', 'star/one/two/x.py', 'star/x.py', 'neg/a.py', 'neg/b.py', 'sp ace.py'),
  '.gitignore': [
    '# a comment',
    'build/',
    '/logs',
    'gen_*.py',
    '!gen_b.py',
    'out/*',
    '!out/keep/',
    'star/**/x.py',
    'sp\\ ace.py',
    'neg/*',
    '',
  ].join('\n'),
  'src/deep/.gitignore': '!gen_a.py\n/only\n',
  'neg/.gitignore': '!b.py\r\n',
};

const PATTERNS = [
  ...['a', 'b/', '/a', '/b/', '*', 'a/*', '**/a', 'a/**', 'a/b/', '/*/', 'ab*', '?', '[ab]', 'x.*'],
  ...['*.py', 'a.py', '/a.py', '!a', '!b/', '!a/b', '!*/', '!*.py', '!ab.py', '\\!a', '#c', '  ', 'a '],
];

function hasGit(): boolean {
  return spawnSync('git', ['--version']).status === 0;
}

/** The Python files that git would add. */
function listedByGit({ root }: Folder): string[] {
  spawnSync('git', ['init', '-q'], { cwd: root });
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return stdout
    .split('\0')
    .filter(name => name.endsWith('.py'))
    .sort();
}

describe('.gitignore', () => {
  afterEach(removeFolders);

  it('counts where it stands and below, the nearest last', () => {
    const folder = createFolder(SAMPLE);
    assert.deepEqual(walked(folder), [
      'a.py',
      'doc/logs/x.py',
      'neg/b.py',
      'out/keep/a.py',
      'src/deep/gen_a.py',
      'src/deep/x.py',
      'src/gen_b.py',
      'src/other/only/x.py',
    ]);
  });

  it('is read as git reads it', function () {
    if (!hasGit()) {
      this.test!.title += ' (skipped: there is no git here)';
      this.skip();
    }
    const folder = createFolder(SAMPLE);
    assert.deepEqual(walked(folder), listedByGit(folder));
  });

  it('is read as git reads it, whatever it holds and wherever it stands', function () {
    if (!hasGit()) {
      this.test!.title += ' (skipped: there is no git here)';
      this.skip();
    }
    const rules = fc.array(fc.constantFrom(...PATTERNS), { minLength: 1, maxLength: 4 });
    const parts = fc.array(fc.constantFrom('a', 'b', 'ab', 'x.y'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.record({ parts, rules }), { minLength: 2, maxLength: 8 }), folders => {
        const folder = createFolder();
        for (const { parts: names, rules: lines } of folders) {
          const at = (name: string): string => [...names, name].join('/');
          folder.write(annotated(at('a.py'), at('ab.py')));
          // Half of the folders have rules of their own.
          if (lines.length > 2 || names.length === 0) folder.write({ [at('.gitignore')]: lines.join('\n') });
        }
        assert.deepEqual(walked(folder), listedByGit(folder));
      }),
      { numRuns: 40, seed: 20_000 },
    );
  });

  it('counts above the folder that is walked, up to the root of the repository', () => {
    const folder = createFolder({ ...annotated('a/b/gen.py', 'a/b/x.py'), '.gitignore': 'gen.py\n' });
    assert.deepEqual(walked(folder, 'a/b'), ['a/b/gen.py', 'a/b/x.py']);
    mkdirSync(folder.at('.git'));
    assert.deepEqual(walked(folder, 'a/b'), ['a/b/x.py']);
  });

  it('does not hide what is named', () => {
    const folder = createFolder({ ...annotated('out/a.py', 'out/gen.py'), '.gitignore': 'out/\n' });
    folder.write({ 'out/.gitignore': 'gen.py\n', '.git/info/exclude': '' });
    assert.deepEqual(walked(folder), []);
    assert.deepEqual(walked(folder, 'out'), ['out/a.py']);
    assert.deepEqual(walked(folder, 'out/gen.py'), ['out/gen.py']);
  });

  it('has a private companion in .git/info/exclude', () => {
    const folder = createFolder({ ...annotated('a.py', 'mine.py'), '.git/info/exclude': 'mine.py\n' });
    assert.deepEqual(walked(folder), ['a.py']);
  });

  it('may hold nonsense', () => {
    const folder = createFolder({ ...annotated('a.py'), '.gitignore': '[z-a]\n[\n!\n\\\n***\0\n(\n//\n' });
    assert.deepEqual(walked(folder), ['a.py']);
    folder.write({ '.gitignore': new Uint8Array([0xff, 0xfe, 0x00, 0x0a]) });
    assert.deepEqual(walked(folder), ['a.py']);
  });
});
