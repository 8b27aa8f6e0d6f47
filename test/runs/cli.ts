import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Project } from './project';

const CLI = path.join(__dirname, '../../dist/cli.mjs');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the command line as a user does, in a process of its own. */
export function start({ root }: Project, args: readonly string[], milliseconds = 20): Started {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: root,
    env: { ...process.env, PROGRAM_MS: String(milliseconds), LANG: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>(resolve => {
    child.once('close', status => {
      resolve({ status, stdout, stderr });
    });
  });
  return { child, ended };
}

export const PILOT = ['pilot', '.', '--task', 'hard', '--sizes', '40,80', '--seeds', '2', '--trust'] as const;
export const TRIALS = 24;

/** The folder of the only run of a workspace; `undefined` before there is one. */
export function onlyRun({ root }: Project): string | undefined {
  const home = path.join(root, '.strategy-advisor/runs');
  const [name] = existsSync(home) ? readdirSync(home) : [];
  return name === undefined ? undefined : path.join(home, name);
}

export interface Written {
  readonly value: number;
  /** Of the file: another inode or time of change means that the trial was repeated. */
  readonly inode: number;
  readonly changed: number;
}

/** The results of a run's finished jobs, by job. */
export function results(run: string): Map<string, Written> {
  const jobs = path.join(run, 'jobs');
  const found = new Map<string, Written>();
  for (const job of existsSync(jobs) ? readdirSync(jobs).sort() : []) {
    const file = path.join(jobs, job, 'result.json');
    if (!existsSync(file)) continue;
    const { value } = JSON.parse(readFileSync(file, 'utf8')) as { value: number };
    const { ino, mtimeMs } = statSync(file);
    found.set(job, { value, inode: ino, changed: mtimeMs });
  }
  return found;
}

export function values(run: string): Record<string, number> {
  return Object.fromEntries([...results(run)].map(([job, { value }]) => [job, value]));
}

/** Waits until something holds; fails by the test's own limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(5);
}

/** The processes whose command line, or that of whoever started them, holds a text. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(pid => {
      try {
        const { state, line } = describeProcess(pid);
        return state !== 'Z' && line.includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Its command line, the folder it runs in and its state. */
function describeProcess(pid: string): { readonly state: string; readonly line: string } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const state = stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
  return { state, line: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
}

/** The worker processes of a command line. */
export function workersOf(pid: number): number[] {
  return childrenOf(pid).filter(child => describeProcess(String(child)).line.includes('trial-worker'));
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Whether a process is there and not merely waiting to be collected. */
export function isAlive(pid: number): boolean {
  try {
    return describeProcess(String(pid)).state !== 'Z';
  } catch {
    return false;
  }
}
