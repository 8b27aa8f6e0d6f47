import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Code that a script or a module can load from the folders around it, and what interpreters prefer to its source. */
const CODE =
  /\.(?:pyw?|pyd|so|dylib|dll|[mc]?[jt]sx?|node|sh|bash|zsh|ps1|bat|cmd|r|jl|rb|pl|php|lua|pth)$|^(?:makefile|gnumakefile|justfile|package\.json|pyproject\.toml|setup\.(?:py|cfg))$/i;
/** Compiled Python: only what Python runs without comparing it with its source, since it writes the rest itself. */
const COMPILED = /\.pyc$/i;

/**
 * Packages that others install: tens of thousands of files, which every installation changes. Hashing them would take
 * longer than many trials, and asking each time would teach to say yes; the question says that they are not compared.
 */
export const PACKAGE_FOLDERS: readonly string[] = ['node_modules', '.venv', 'venv', 'env'];

/** These, and what version control and runs keep. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn', '.strategy-advisor', ...PACKAGE_FOLDERS]);

/** The files of code: those that are named, one through the other, and what else lies around them. */
export interface NamedFiles {
  readonly named: readonly string[];
  readonly around: readonly string[];
}

const MOST_FILES = 1000;
const MOST_FOLDERS = 1000;
const DEEPEST = 8;

/**
 * The code in a folder and below, in the order of its names, without links, installed packages and data: what a script
 * there may load by a name that cannot be told from its text. Of larger folders the first {@link MOST_FILES} files.
 */
export async function codeAround(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [{ place: folder, depth: 0 }];
  for (let i = 0; i < folders.length && i < MOST_FOLDERS; i++) {
    const { place, depth } = folders[i] ?? { place: folder, depth: DEEPEST };
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    entries.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    for (const entry of entries) {
      const file = path.join(place, entry.name);
      if (entry.isDirectory()) {
        if (depth < DEEPEST && !LEFT_OUT.has(entry.name)) folders.push({ place: file, depth: depth + 1 });
      } else if (entry.isFile() && (await isCode(entry.name, file))) {
        if (found.length >= MOST_FILES) return found;
        found.push(file);
      }
    }
  }
  return found;
}

async function isCode(name: string, file: string): Promise<boolean> {
  if (CODE.test(name)) return true;
  if (COMPILED.test(name)) return isUncheckedBytecode(file);
  if (name.includes('.')) return false;
  // A program of its own, such as the interpreter that the first line of a script names.
  const status = await stat(file).catch(() => undefined);
  return status !== undefined && (status.mode & 0o111) !== 0;
}

/** Whether Python runs a file as it is, whatever its source says (PEP 552: the lowest two bits of the flags are 01). */
async function isUncheckedBytecode(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined);
  try {
    const head = Buffer.alloc(8);
    const read = await handle?.read(head, 0, 8, 0);
    return read?.bytesRead !== 8 || (head.readUInt32LE(4) & 3) === 1;
  } catch {
    return true;
  } finally {
    await handle?.close();
  }
}
