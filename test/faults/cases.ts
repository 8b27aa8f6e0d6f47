import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Data as people publish it, a folder for each fault that it has; every one was read wrongly once. */
export const CASES = path.join(__dirname, '../fixtures/faults');

const CLI = path.join(__dirname, '../../dist/cli.mjs');

/** A folder of many small files is kept as one: a name for each, and its text. */
const PACKED = 'files.json';

const copied: string[] = [];

/** A copy of a case's folder, in which a command may leave what it likes; {@link removeCases} removes it. */
export function copyCase(name: string): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), `strategy-advisor-${name}-`)));
  copied.push(folder);
  cpSync(path.join(CASES, name), folder, { recursive: true });
  const packed = path.join(folder, PACKED);
  if (!existsSync(packed)) return folder;
  const files = JSON.parse(readFileSync(packed, 'utf8')) as Record<string, string>;
  rmSync(packed);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

export function removeCases(): void {
  for (const folder of copied.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as a user sees them. */
  readonly shown: string;
}

/** Runs a command of the built command line in a folder, as a user does. */
export async function run(folder: string, args: readonly string[]): Promise<Ended> {
  return ended(process.execPath, [CLI, ...args], folder);
}

/** Runs a program in a folder, such as a `predict.py` that a run has left there. */
export async function ended(program: string, args: readonly string[], folder: string): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, LANG: 'C', COLUMNS: '200' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, stdout, stderr, shown: `${stdout}${stderr}` };
}

/** Copies a case and runs one command in it. */
export async function runCase(name: string, args: readonly string[]): Promise<Ended> {
  return run(copyCase(name), args);
}

/** A pilot as short as its verdict allows: one size and one seed unless the case needs more. */
export function pilot(...options: readonly string[]): readonly string[] {
  return [
    'pilot',
    'train.py',
    '--task',
    'mine',
    '--budget',
    '20s',
    '--sizes',
    '40',
    '--seeds',
    '1',
    ...options,
  ];
}

export interface CountedDataset {
  readonly name: string;
  readonly counted?: {
    readonly value: number;
    readonly splits?: Readonly<Record<string, number>>;
    readonly labels?: Readonly<Record<string, unknown>>;
  };
  readonly issues: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly where?: readonly string[];
  }[];
}

/** What `datasets` says of a case, as programs read it. */
export async function countedIn(name: string): Promise<readonly CountedDataset[]> {
  const { stdout } = await runCase(name, ['datasets', 'train.py', '--json']);
  return (JSON.parse(stdout) as { datasets: CountedDataset[] }).datasets;
}
