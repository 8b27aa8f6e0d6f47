import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { scanSync } from '../../../src/workspace/scan';
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
    const folder = createFolder(SAMPLE);
    const git = (...args: string[]): { status: number | null; stdout: string } =>
      spawnSync('git', args, { cwd: folder.root, encoding: 'utf8' });
    if (git('init', '-q').status !== 0) {
      this.test!.title += ' (skipped: there is no git here)';
      this.skip();
    }
    const listed = git('ls-files', '-z', '--others', '--exclude-standard').stdout.split('\0');
    assert.deepEqual(walked(folder), listed.filter(name => name.endsWith('.py')).sort());
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
