import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type NamedFiles, PACKAGE_FOLDERS, codeAround } from './code-around';
import { withImports } from './code-imports';
import { filesOfCommand, foldersUp, isFromRepository } from './command-files';
import type { Runnable } from './consents';
import { hashOfFile, sha256Of } from './file-hash';
import { type Repository, repositoryAround } from './repository';

/** `checkpoint`: code beside a saved model, which the program that gets the model may load. */
export type CodeKind = 'program' | 'module' | 'checkpoint';

/** Code that an annotation or a run names, before anything has looked at what it does. */
export interface CodeReference {
  readonly kind: CodeKind;
  /** The program and its arguments; of a module or checkpoint its absolute path. */
  readonly command: readonly string[];
  /** Where a program starts; the folder of a module or checkpoint. */
  readonly folder: string;
}

/** Code with all that consent is given for. */
export interface CodeToRun extends Runnable {
  readonly kind: CodeKind;
  /** First those that are named. */
  readonly files: readonly CodeFile[];
  /** How many of the files are named by the command, or by what it names. */
  readonly namedFiles: number;
  readonly repository: Repository;
  /** Whether the program or interpreter itself comes from the repository. */
  readonly isOwnProgram: boolean;
  /** The folders of installed packages of its repository that it may load from, which are not compared; absolute. */
  readonly packages: readonly string[];
}

export interface CodeFile {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of its content, hexadecimal. */
  readonly hash: string;
}

/**
 * Finds the files of code and hashes them with the command. Starts nothing. Equal hashes mean the same command in the
 * same folder with the same content of the same files.
 */
export async function inspectCode(reference: CodeReference): Promise<CodeToRun> {
  const { kind, command, folder } = reference;
  const { named, around } = await filesOf(reference);
  const files: CodeFile[] = [];
  for (const file of new Set([...named, ...around])) {
    const hash = await hashOfFile(file);
    if (hash !== undefined) files.push({ path: file, hash });
  }
  return {
    kind,
    folder,
    command: commandText(command),
    hash: sha256Of(JSON.stringify([kind, command, folder, files.map(each => [each.path, each.hash])])),
    files,
    namedFiles: files.filter(({ path: file }) => named.includes(file)).length,
    repository: await repositoryAround(folder),
    isOwnProgram: kind === 'program' && isFromRepository(command, folder),
    packages: await packagesAround(folder),
  };
}

/** Interpreters look for packages in the folder where they start, and in those above. */
async function packagesAround(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const around of foldersUp(folder))
    for (const name of PACKAGE_FOLDERS) {
      const place = path.join(around, name);
      const status = await stat(place).catch(() => undefined);
      if (status?.isDirectory() === true) found.push(place);
    }
  return found;
}

async function filesOf({ kind, command, folder }: CodeReference): Promise<NamedFiles> {
  if (kind === 'program') return filesOfCommand(command, folder);
  const [file = ''] = command;
  const own = kind === 'module' ? [path.resolve(folder, file)] : await codeBeside(folder);
  const named = [...(await withImports(own))].sort();
  const around = kind === 'module' && own[0] !== undefined ? await codeAround(path.dirname(own[0])) : [];
  return { named, around };
}

/** What programs run when they load a checkpoint: source files, and what holds pickled objects. */
const LOADED = /\.(?:py|m?js|cjs|so|pkl|pickle|joblib|pt|pth|ckpt|bin|h5|hdf5|keras|pb)$/i;
const MOST_ENTRIES = 2000;

async function codeBeside(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter(name => LOADED.test(name))
    .sort()
    .slice(0, MOST_ENTRIES)
    .map(name => path.join(folder, name));
}

/** A command on one line; words that hold anything but plain characters stand in quotes, as JSON writes them. */
export function commandText(command: readonly string[]): string {
  return command.map(word => (/^[\w@%+=:,./\\~-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

/** The same code named several times counts once. */
export function distinctCode(references: readonly CodeReference[]): readonly CodeReference[] {
  const byKey = new Map(references.map(each => [JSON.stringify(each), each]));
  return [...byKey.values()];
}
