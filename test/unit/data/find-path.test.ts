import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileSystem } from '../../../src/data/paths/file-system';
import {
  type FileUri,
  fsPathOf,
  isInsideUri,
  joinUri,
  parentUri,
  uriKey,
  uriOfFsPath,
} from '../../../src/data/paths/file-uri';
import { type PathContext, candidateUris, findPath } from '../../../src/data/paths/annotated-path';

/** A file system that has these files, by their URIs, and the folders around them. */
function filesAt(...names: readonly string[]): FileSystem {
  const files = new Set(names);
  const folders = new Set<string>();
  const addFolders = (uri: FileUri): void => {
    const parent = parentUri(uri);
    folders.add(uriKey(parent));
    if (parent.path !== uri.path) addFolders(parent);
  };
  for (const name of names) addFolders(parse(name));
  return {
    stat(uri) {
      const key = uriKey(uri);
      const kind = files.has(key) ? 'file' : folders.has(key) ? 'folder' : undefined;
      return Promise.resolve(kind && { kind, size: 0 });
    },
    readFile: () => Promise.reject(new Error('not read here')),
  };
}

function parse(text: string): FileUri {
  const [, scheme = '', authority = '', path = ''] = /^([\w+.-]+):\/\/([^/]*)(\/.*)$/.exec(text) ?? [];
  return { scheme, authority, path };
}

function contextOf(file: string, folders: readonly string[] = [], home = 'file:///home/me'): PathContext {
  const uri = parse(file);
  const isWindows = /^\/[A-Za-z]:/.test(uri.path);
  return { file: uri, workspaceFolders: folders.map(parse), home: parse(home), isWindows };
}

const POSIX = contextOf('file:///repo/src/train.py', ['file:///repo', 'file:///other']);
const CELL = contextOf('file:///repo/src/a.ipynb', ['file:///repo']);
const WINDOWS = contextOf('file:///c:/repo/src/train.py', ['file:///c:/repo'], 'file:///c:/Users/me');
const SHARE = contextOf('file://server/share/train.py');
const REMOTE = contextOf('vscode-vfs://github/owner/repo/train.py', ['vscode-vfs://github/owner/repo']);
const UNTITLED = contextOf('untitled:///Untitled-1', ['file:///repo']);

describe('the places that a path may mean', () => {
  const table: readonly (readonly [name: string, written: string, PathContext, readonly string[]])[] = [
    ['beside the file', 'data/a.csv', POSIX, ['file:///repo/src/data/a.csv']],
    ['above the file', '../data/./a.csv', POSIX, ['file:///repo/data/a.csv']],
    ['never above the root', '../../../../a.csv', POSIX, ['file:///a.csv']],
    ['beside the notebook of a cell', 'a.csv', CELL, ['file:///repo/src/a.csv']],
    ['in the workspace folders', '${workspaceFolder}/d', POSIX, ['file:///repo/d', 'file:///other/d']],
    ['the workspace folder itself', '${workspaceFolder}', CELL, ['file:///repo']],
    ['in the home directory', '~/d', POSIX, ['file:///home/me/d']],
    ['a name that begins with a tilde', '~d', POSIX, ['file:///repo/src/~d']],
    ['absolute', '/data/a.csv', POSIX, ['file:///data/a.csv']],
    ['a file URI', 'file:///data/a%20b.csv', POSIX, ['file:///data/a b.csv']],
    ['a file URI with bad escapes', 'file:///a%zz', POSIX, ['file:///repo/src/file:/a%zz']],
    ['a backslash in a name', 'a\\b.csv', POSIX, ['file:///repo/src/a\\b.csv']],
    ['a path of Windows elsewhere', 'D:\\data', POSIX, ['file:///D:/data']],
    ['backslashes on Windows', '..\\data\\a.csv', WINDOWS, ['file:///c:/repo/data/a.csv']],
    ['a drive', 'D:\\data\\a.csv', WINDOWS, ['file:///D:/data/a.csv']],
    ['a drive with slashes', 'D:/data/a.csv', WINDOWS, ['file:///D:/data/a.csv']],
    ['the drive at hand', '\\data', WINDOWS, ['file:///c:/data']],
    ['a share', '\\\\server\\share\\a.csv', WINDOWS, ['file://server/share/a.csv']],
    ['home on Windows', '~\\d', WINDOWS, ['file:///c:/Users/me/d']],
    ['workspace on Windows', '${workspaceFolder}\\d', WINDOWS, ['file:///c:/repo/d']],
    ['never above a drive', '..\\..\\..\\..\\d', WINDOWS, ['file:///c:/d']],
    ['beside a file of a share', 'd/a.csv', SHARE, ['file://server/share/d/a.csv']],
    ['beside a file elsewhere', '../d', REMOTE, ['vscode-vfs://github/owner/d']],
    ['absolute elsewhere', '/d/a', REMOTE, ['vscode-vfs://github/d/a']],
    ['in a workspace elsewhere', '${workspaceFolder}/d', REMOTE, ['vscode-vfs://github/owner/repo/d']],
    ['beside what was never saved', 'a.csv', UNTITLED, []],
    ['absolute, in what was never saved', '/a.csv', UNTITLED, ['file:///a.csv']],
    ['in the workspace, in what was never saved', '${workspaceFolder}/a', UNTITLED, ['file:///repo/a']],
  ];
  for (const [name, written, context, expected] of table)
    it(name, () => {
      assert.deepEqual(candidateUris(written, context).map(uriKey), expected);
    });

  it('are none in a home directory that is not known', () => {
    assert.deepEqual(candidateUris('~/a', { ...POSIX, home: undefined }), []);
  });
});

describe('what a path names', () => {
  const files = filesAt(
    'file:///repo/src/a.csv',
    'file:///repo/src/b.csv',
    'file:///repo/src/a,b.csv',
    'file:///repo/src/odd#name.csv',
    'file:///repo/src/calls.db',
    'file:///repo/src/in/x.png',
    'file:///other/d.csv',
    'file:///c:/repo/data/w.csv',
    'vscode-vfs://github/owner/repo/r.csv',
  );
  const shown = async (written: string, context = POSIX): Promise<unknown> => {
    const found = await findPath(written, context, files);
    if (found.kind === 'remote') return `remote ${found.url}`;
    const { uri, list, fragment, entry } = found;
    const parts = [
      list ? list.map(uriKey).join(' ') : uriKey(uri),
      fragment === undefined ? '' : ` #${fragment}`,
    ];
    return `${parts.join('')} → ${entry ? `${entry.isFolder ? 'folder ' : ''}${uriKey(entry.uri)}` : 'nothing'}`;
  };
  const table: readonly (readonly [written: string, expected: string, context?: PathContext])[] = [
    ['a.csv', 'file:///repo/src/a.csv → file:///repo/src/a.csv'],
    ['in', 'file:///repo/src/in → folder file:///repo/src/in'],
    ['missing', 'file:///repo/src/missing → nothing'],
    ['${workspaceFolder}/d.csv', 'file:///other/d.csv → file:///other/d.csv'],
    ['${workspaceFolder}/e.csv', 'file:///repo/e.csv → nothing'],
    ['calls.db#2024', 'file:///repo/src/calls.db #2024 → file:///repo/src/calls.db'],
    ['calls.db#a#b', 'file:///repo/src/calls.db #a#b → file:///repo/src/calls.db'],
    ['missing.db#t', 'file:///repo/src/missing.db #t → nothing'],
    ['odd#name.csv', 'file:///repo/src/odd#name.csv → file:///repo/src/odd#name.csv'],
    ['odd#folder/x.csv', 'file:///repo/src/odd#folder/x.csv → nothing'],
    ['in/*.png', 'file:///repo/src/in/*.png → folder file:///repo/src/in'],
    ['in/**/[ab].png', 'file:///repo/src/in/**/[ab].png → folder file:///repo/src/in'],
    ['out/*.png', 'file:///repo/src/out/*.png → nothing'],
    ['a.csv, b.csv', 'file:///repo/src/a.csv file:///repo/src/b.csv → file:///repo/src/a.csv'],
    ['a,b.csv', 'file:///repo/src/a,b.csv → file:///repo/src/a,b.csv'],
    ['a.csv,missing.csv', 'file:///repo/src/a.csv,missing.csv → nothing'],
    ['{a,b}.csv', 'file:///repo/src/{a,b}.csv → folder file:///repo/src'],
    ['s3://bucket/a.csv', 'remote s3://bucket/a.csv'],
    ['https://example.org/a,b', 'remote https://example.org/a,b'],
    ['..\\data\\w.csv', 'file:///c:/repo/data/w.csv → file:///c:/repo/data/w.csv', WINDOWS],
    ['r.csv', 'vscode-vfs://github/owner/repo/r.csv → vscode-vfs://github/owner/repo/r.csv', REMOTE],
  ];
  for (const [written, expected, context] of table)
    it(written, async () => {
      assert.equal(await shown(written, context), expected);
    });
});

describe('URIs of files', () => {
  const segment = fc
    .string({ minLength: 1, maxLength: 8, unit: 'grapheme' })
    .filter(text => !/[/\\:]/.test(text) && text !== '.' && text !== '..');
  const steps = fc.array(segment, { minLength: 1, maxLength: 5 });

  it('come back as the paths that they were made of', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom('/', 'C:\\', 'd:\\', '\\\\server\\share\\'), (names, root) => {
        const isWindows = root !== '/';
        const path = root + names.join(isWindows ? '\\' : '/');
        assert.equal(fsPathOf(uriOfFsPath(path, isWindows), isWindows), path);
      }),
    );
  });

  it('never lead above a root, and stay inside where no step goes up', () => {
    const step = fc.oneof(segment, fc.constantFrom('..', '.', ''));
    fc.assert(
      fc.property(steps, fc.array(step, { maxLength: 12 }), (names, relative) => {
        const folder = uriOfFsPath(`C:\\${names.join('\\')}`, true);
        const joined = joinUri(folder, relative.join('\\'), true);
        assert.match(joined.path, /^\/C:(?:$|\/)/);
        assert.doesNotMatch(joined.path, /\/\.{0,2}(?:\/|$)/);
        if (!relative.includes('..')) assert.ok(isInsideUri(folder, joined));
      }),
    );
  });

  it('are found whatever is written, without an exception', async () => {
    const files = filesAt('file:///repo/src/a.csv');
    const piece = fc.constantFrom(
      '#',
      ',',
      '*',
      '{',
      '}',
      '[',
      '~/',
      '..',
      '/',
      '\\',
      'a.csv',
      '://',
      '%',
      'C:',
      '${workspaceFolder}',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, segment), { maxLength: 8 }), async parts => {
        for (const context of [POSIX, WINDOWS, REMOTE, UNTITLED]) {
          const found = await findPath(parts.join(''), context, files);
          if (found.kind === 'local') assert.match(found.uri.path, /^\//);
        }
      }),
    );
  });
});
