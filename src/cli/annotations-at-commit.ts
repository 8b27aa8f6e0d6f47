import { execFile } from 'node:child_process';
import path from 'node:path';
import { decode } from '../common/text-decoding';
import {
  fetchRevisionHint,
  gitFailed,
  gitMissing,
  noRepository,
  severalRepositories,
  tooManyAnnotatedFiles,
  unknownRevision,
} from '../messages/check-messages';
import { programOutside } from '../trust/repository';
import { type AnnotatedFile, annotateText } from '../workspace/annotated-files';
import { createFileKindOf, isExcludedFolder } from '../workspace/file-selection';
import { usageError } from './command-line';
import { isFolder } from './own-repository';
import type { Io } from './terminal';

/** The annotations of a commit. */
export interface AnnotatedCommit {
  readonly hash: string;
  /** By the paths that the files have, or had, in the working tree. */
  readonly files: readonly AnnotatedFile[];
}

/** Of one file, in bytes; and so many files may have annotations. */
const LARGEST_FILE = 100_000_000;
const MOST_FILES = 5_000;
/** So long Git may take for one answer, in milliseconds. */
const PATIENCE = 60_000;

/** Nothing of a repository's configuration may start another program, or reach another machine. */
const ALONE = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_LITERAL_PATHSPECS: '1',
};
const WITHOUT_HELPERS = ['-c', 'core.fsmonitor=false', '-c', 'core.pager=', '--no-pager'];

/**
 * Reads the annotations that files and folders had at a commit, from Git's objects: nothing is checked out, no hook or
 * filter runs.
 * @throws UsageError where there is no Git, no repository around the paths, or no such commit
 */
export async function annotationsAtCommit(
  revision: string,
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
): Promise<AnnotatedCommit> {
  const places = await Promise.all(paths.map(each => placeInRepository(each, io)));
  const [root, ...others] = new Set(places.map(place => place.root));
  if (root === undefined || others.length > 0) throw usageError(severalRepositories());
  const named = await git(root, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (named.status !== 0) throw usageError(unknownRevision(revision), fetchRevisionHint());
  const hash = named.text.trim();
  const names = await annotatedNames(
    hash,
    root,
    places.map(place => place.name),
  );
  const kindOf = createFileKindOf();
  const files: AnnotatedFile[] = [];
  for (const name of names) {
    const kind = kindOf(path.posix.basename(name));
    if (kind === undefined || path.posix.dirname(name).split('/').some(isPassedBy)) continue;
    const { bytes } = succeeded(await git(root, ['cat-file', 'blob', `${hash}:${name}`]));
    files.push(annotateText(path.join(root, name), decode(bytes), kind === 'notebook').annotated);
  }
  return { hash, files };
}

function isPassedBy(folder: string): boolean {
  return folder !== '.' && isExcludedFolder(folder);
}

interface PlaceInRepository {
  readonly root: string;
  /** From the root, with slashes; empty for the root itself. */
  readonly name: string;
}

async function placeInRepository(given: string, io: Pick<Io, 'cwd'>): Promise<PlaceInRepository> {
  const named = path.resolve(io.cwd, given);
  const [folder, file] = isFolder(named) ? [named, ''] : [path.dirname(named), path.basename(named)];
  const found = await git(folder, ['rev-parse', '--show-prefix']);
  if (found.status !== 0) throw usageError(noRepository(given));
  const prefix = found.text.replace(/\n$/, '');
  // The root by the name that the path has: links above it stay as they are in messages.
  return {
    root: path.resolve(
      folder,
      ...prefix
        .split('/')
        .filter(Boolean)
        .map(() => '..'),
    ),
    name: prefix + file,
  };
}

/** The files of a commit that name a directive, by their paths from the root. */
async function annotatedNames(
  hash: string,
  root: string,
  within: readonly string[],
): Promise<readonly string[]> {
  const words = ['@dataset', '@task', '@pipeline'].flatMap(word => ['-e', word]);
  const options = [
    '-l',
    '-z',
    '-I',
    '--fixed-strings',
    '--no-textconv',
    '--no-recurse-submodules',
    '--full-name',
  ];
  const limits = within.includes('') ? [] : ['--', ...within];
  const found = await git(root, ['grep', ...options, ...words, hash, ...limits]);
  // As grep ends where nothing is found.
  if (found.status === 1) return [];
  const names = succeeded(found).text.split('\0').filter(Boolean);
  if (names.length > MOST_FILES) throw usageError(tooManyAnnotatedFiles(MOST_FILES));
  return names.map(each => each.slice(hash.length + 1));
}

interface Answer {
  /** Nothing where Git was ended. */
  readonly status: number | undefined;
  readonly bytes: Buffer;
  readonly text: string;
  readonly reason: string;
}

function succeeded(answer: Answer): Answer {
  if (answer.status !== 0) throw usageError(gitFailed(answer.reason));
  return answer;
}

function git(folder: string, args: readonly string[]): Promise<Answer> {
  const program = programOutside('git', folder);
  if (program === undefined) throw usageError(gitMissing());
  // Hooks name the repository and its index to what they start, which may not be the one of the paths.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const options = { cwd: folder, env: { ...env, ...ALONE }, maxBuffer: LARGEST_FILE, timeout: PATIENCE };
  return new Promise(resolve => {
    execFile(
      program,
      [...WITHOUT_HELPERS, ...args],
      { ...options, encoding: 'buffer' },
      (error, bytes, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
        const [said = ''] = stderr.toString('utf8').trim().split('\n');
        resolve({
          status,
          bytes,
          text: bytes.toString('utf8'),
          reason: said === '' ? (error?.message ?? '') : said,
        });
      },
    );
  });
}
