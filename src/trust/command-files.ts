import path from 'node:path';
import { type NamedFiles, codeAround } from './code-around';
import { withImports, pythonModule } from './code-imports';
import { isRegularFile } from './file-hash';
import { liesIn, realFolder } from './allowed-folders';
import { programOnPath, repositoryRoot } from './repository';

/** What a program loads without being told: by the program's name. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['npm', 'npx', 'pnpm', 'pnpx', 'yarn', 'bun', 'bunx', 'node', 'tsx', 'deno'].map(name => [
      name,
      ['package.json', 'bunfig.toml', 'deno.json', '.npmrc'],
    ]),
  ),
  ...Object.fromEntries(['make', 'gmake'].map(name => [name, ['GNUmakefile', 'makefile', 'Makefile']])),
  ...Object.fromEntries(
    ['uv', 'uvx', 'poetry', 'pdm', 'hatch', 'pipenv', 'tox', 'pixi'].map(name => [
      name,
      ['pyproject.toml', 'Pipfile', 'tox.ini', 'pixi.toml', 'uv.toml'],
    ]),
  ),
  just: ['justfile', 'Justfile', '.justfile'],
  task: ['Taskfile.yml', 'Taskfile.yaml'],
  cargo: ['Cargo.toml', 'build.rs'],
  go: ['go.mod'],
  dvc: ['dvc.yaml'],
  rscript: ['.Rprofile'],
  r: ['.Rprofile'],
  julia: ['Project.toml'],
  docker: ['Dockerfile', 'compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'],
  snakemake: ['Snakefile'],
};

/** What is run where a folder is named. */
const ENTRIES = ['__main__.py', '__init__.py', 'package.json', 'index.js', 'index.mjs', 'index.cjs'];

/** Names of files that are data: named behind a program's script they are what it reads or writes, not what it runs. */
const DATA = new Set(
  [
    ...[
      'csv',
      'tsv',
      'txt',
      'log',
      'md',
      'json',
      'jsonl',
      'ndjson',
      'npy',
      'npz',
      'parquet',
      'arrow',
      'feather',
    ],
    ...[
      'png',
      'jpg',
      'jpeg',
      'gif',
      'webp',
      'bmp',
      'svg',
      'wav',
      'flac',
      'mp3',
      'mp4',
      'gz',
      'zip',
      'tar',
      'zst',
    ],
    ...['db', 'sqlite', 'sqlite3', 'idx', 'html', 'pdf', 'tfrecord', 'safetensors'],
  ].map(ending => `.${ending}`),
);

/**
 * The files of a command that decide what it does, links followed, in the order of their names: the program, where it
 * lies in the repository; the script; other files that are named, unless they are data behind a script; what a runner
 * such as `npm` or `make` goes by; what scripts import beside them; and then the other code in the folders of these, as
 * no look at a text tells all that it loads.
 *
 * @param command the program and its arguments, which no shell reads
 * @param cwd where it starts
 */
export async function filesOfCommand(command: readonly string[], cwd: string): Promise<NamedFiles> {
  const [program = '', ...args] = command;
  const name = path
    .basename(program)
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat|com)$/, '');
  const candidates = new Set<string>();
  const add = (...places: readonly string[]): void => {
    for (const place of places) candidates.add(path.resolve(cwd, place));
  };
  for (const place of programFiles(program, cwd)) add(place);
  // Runners look for their file from the folder up.
  for (const [known, files] of Object.entries(IMPLIED))
    if (known === name)
      for (const folder of foldersUp(cwd)) add(...files.map(file => path.join(folder, file)));
  const script = /^python[\d.]*$|^pypy[\d.]*$/.test(name) ? pythonScript(args) : undefined;
  if (script?.module !== undefined) add(...pythonModule(cwd, script.module.split('.')));
  const isScript = /[/\\]/.test(program) && !/^python|^pypy/.test(name);
  for (const [i, word] of args.entries()) {
    // Behind a script that is known, data is data; a program that is not known may run anything that it is given.
    const mayBeData = isScript || (script?.at !== undefined && i > script.at) || script?.module !== undefined;
    for (const piece of piecesOf(word)) {
      if (mayBeData && DATA.has(path.extname(piece).toLowerCase())) continue;
      add(piece, ...ENTRIES.map(entry => path.join(piece, entry)));
    }
  }
  const files: string[] = [];
  for (const candidate of candidates) if (await isRegularFile(candidate)) files.push(candidate);
  const named = [...(await withImports(files))].sort();
  return { named, around: await codeBesideScripts(named, cwd) };
}

/** The code in the folders of scripts, and in the one in which a module or a command of a shell is looked for. */
async function codeBesideScripts(files: readonly string[], cwd: string): Promise<readonly string[]> {
  const root = repositoryRoot(cwd);
  const folders = new Set([
    cwd,
    ...files.map(file => path.dirname(file)).filter(folder => liesIn(root, folder)),
  ]);
  // What lies in another is walked with it.
  const outermost = [...folders].filter(
    folder => ![...folders].some(each => each !== folder && liesIn(each, folder)),
  );
  const found: string[] = [];
  for (const folder of outermost.sort()) found.push(...(await codeAround(folder)));
  return found;
}

/** A folder and those around it, up to the root of its repository. */
export function foldersUp(folder: string): string[] {
  const root = repositoryRoot(folder);
  const folders = [folder];
  for (let at = folder; at !== root && at !== path.dirname(at);) {
    at = path.dirname(at);
    if (!liesIn(root, at)) break;
    folders.push(at);
  }
  return folders;
}

/** The program's own file: what a path names, or what is found in `PATH` and lies in the repository. */
function programFiles(program: string, cwd: string): string[] {
  if (program === '') return [];
  if (/[/\\]/.test(program)) return [program];
  const found = programOnPath(program, cwd);
  return found !== undefined && liesIn(repositoryRoot(cwd), realParent(found)) ? [found] : [];
}

/** The place of a file with the links of its folder followed, but not its own: `.venv/bin/python` links to the system's. */
function realParent(file: string): string {
  return path.join(realFolder(path.dirname(file)), path.basename(file));
}

/** Whether a program comes from the repository around the folder in which it starts. */
export function isFromRepository(command: readonly string[], cwd: string): boolean {
  const [program = ''] = command;
  return programFiles(program, cwd).some(file =>
    liesIn(repositoryRoot(cwd), realParent(path.resolve(cwd, file))),
  );
}

/** Options in one word, `-um`: flags, and one that takes the rest of the word, or the next, as its value. */
const OPTION_GROUP = /^-[bBdEiIOPqRsSuvx]*([cmWX])(.*)$/s;

/** Where Python's script stands among its arguments, or the module that `-m` names. */
function pythonScript(
  args: readonly string[],
): { readonly at?: number; readonly module?: string } | undefined {
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const [, option, rest = ''] = OPTION_GROUP.exec(word) ?? [];
    if (option === 'm') return { module: rest === '' ? (args[i + 1] ?? '') : rest };
    if (option === 'c') return { at: i + 1 };
    if ((option !== undefined && rest === '') || word === '--check-hash-based-pycs') i++;
    else if (option === undefined && !word.startsWith('-')) return { at: i };
  }
  return undefined;
}

const LONGEST_WORD = 4096;

/** What may be a path in a word: itself, what stands behind `=` or `@`, and the words of a command in quotes. */
function piecesOf(word: string): readonly string[] {
  if (word.length > LONGEST_WORD) return [];
  const pieces = [word, word.replace(/^@/, ''), ...word.split(/[\s;&|=,<>()'"`$:]/)];
  return [...new Set(pieces)].filter(piece => piece !== '' && !piece.includes('\0'));
}
