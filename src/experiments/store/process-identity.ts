import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { errorCode } from '../../common/errors';

/**
 * What tells one process from all others. A number alone does not: it is used again on one machine, and means another
 * process in another container, or on another machine of the same name.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started: ticks since the machine did on Linux, elsewhere seconds since 1970. */
  readonly start: string;
  readonly host: string;
  /** One start of a machine, as {@link bootOf} gives it; `-` where the system does not say. */
  readonly boot: string;
  /** In which its number counts (`pid:[4026531836]`); `-` where there is but one. */
  readonly namespace: string;
}

/** Whether a process goes on, as far as can be seen from here. */
export type ProcessState =
  /** `stopped`: by a signal, and may go on at any time. */
  | 'alive'
  | 'stopped'
  | 'gone'
  /** It is on another machine or in another container, or the system does not tell: only what it writes shows life. */
  | 'unseen';

/** The system that a process runs on, as identities need it. */
export interface ProcessSystem {
  readonly self: () => Promise<ProcessIdentity>;
  /** When the process of a number here started, and whether it was stopped; `gone` where there is none. */
  readonly look: (pid: number) => Promise<ProcessLook | 'gone' | 'unseen'>;
}

export interface ProcessLook {
  readonly start: string;
  readonly isStopped: boolean;
}

/** Seconds by which two readings of one time may differ where systems give no exact ones. */
const START_TOLERANCE = 10;
const BOOT_TOLERANCE = 120;

/** Whether another process goes on. */
export async function stateOf(
  other: ProcessIdentity,
  system: ProcessSystem = thisSystem,
): Promise<ProcessState> {
  const self = await system.self();
  const isHere =
    other.host === self.host && isSameBoot(other.boot, self.boot) && other.namespace === self.namespace;
  if (!isHere) return 'unseen';
  const found = await system.look(other.pid);
  if (found === 'gone' || found === 'unseen') return found;
  if (!isSameTime(found.start, other.start, START_TOLERANCE)) return 'gone';
  return found.isStopped ? 'stopped' : 'alive';
}

function isSameBoot(one: string, other: string): boolean {
  return isSameTime(one, other, BOOT_TOLERANCE);
}

/** Times that begin with `~` are readings of a clock; all others are equal or not. */
function isSameTime(one: string, other: string, tolerance: number): boolean {
  if (one === other) return true;
  if (!one.startsWith('~') || !other.startsWith('~')) return false;
  return Math.abs(Number(one.slice(1)) - Number(other.slice(1))) <= tolerance;
}

let own: Promise<ProcessIdentity> | undefined;

/** The machine that this process runs on. */
export const thisSystem: ProcessSystem = {
  self() {
    own ??= describeSelf();
    return own;
  },
  async look(pid) {
    if (!exists(pid)) return 'gone';
    switch (process.platform) {
      case 'linux':
      case 'android':
        return lookInProc(pid);
      case 'win32':
        return lookOnWindows(pid);
      default:
        return lookWithPs(pid);
    }
  },
};

async function describeSelf(): Promise<ProcessIdentity> {
  const look = process.platform === 'linux' ? await lookInProc(process.pid) : undefined;
  const start = typeof look === 'object' ? look.start : `~${Math.round(performance.timeOrigin / 1000)}`;
  return { pid: process.pid, start, host: hostname(), boot: await bootOf(), namespace: await namespaceOf() };
}

/** What a machine has anew with each start: an id on Linux and macOS, the second on Windows. */
async function bootOf(): Promise<string> {
  switch (process.platform) {
    case 'linux':
      return word(await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''));
    case 'darwin':
      return word(await output('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid']));
    default:
      return `~${Math.round(Date.now() / 1000 - uptime())}`;
  }
}

async function namespaceOf(): Promise<string> {
  return word(await readlink('/proc/self/ns/pid').catch(() => ''));
}

/** A text as one word of a lock; `-` for none. */
function word(text: string): string {
  return text.trim().replaceAll(/\s+/g, '_') || '-';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** One that has ended and that its parent has not yet asked after (a zombie) is gone. */
async function lookInProc(pid: number): Promise<ProcessLook | 'gone' | 'unseen'> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // `/proc` may hide processes of others (`hidepid`).
  if (text === undefined) return exists(pid) ? 'unseen' : 'gone';
  return parseStat(text);
}

/** Reads `/proc/PID/stat`. The name in parentheses may hold anything, spaces too; the start is the 20th field after it. */
export function parseStat(text: string): ProcessLook | 'gone' | 'unseen' {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = '', start] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return 'gone';
  return start === undefined ? 'unseen' : { start, isStopped: state === 'T' || state === 't' };
}

async function lookWithPs(pid: number): Promise<ProcessLook | 'gone' | 'unseen'> {
  return parsePs(await output('/bin/ps', ['-o', 'state=,lstart=', '-p', String(pid)]));
}

/** Reads a line of `ps -o state=,lstart=`: `S+   Tue Dec  1 06:13:26 2026`. */
export function parsePs(line: string): ProcessLook | 'gone' | 'unseen' {
  const [state = '', ...started] = line.trim().split(/\s+/);
  if (state.startsWith('Z')) return 'gone';
  const seconds = Date.parse(started.join(' ')) / 1000;
  return Number.isNaN(seconds)
    ? 'unseen'
    : { start: `~${Math.round(seconds)}`, isStopped: state.startsWith('T') };
}

async function lookOnWindows(pid: number): Promise<ProcessLook | 'gone' | 'unseen'> {
  const script = `[int64](([DateTimeOffset](Get-Process -Id ${pid}).StartTime).ToUnixTimeSeconds())`;
  // With its path: a name alone would be looked for in the folder of the workspace first.
  const shell = path.join(
    process.env['SystemRoot'] ?? String.raw`C:\Windows`,
    String.raw`System32\WindowsPowerShell\v1.0\powershell.exe`,
  );
  const seconds = Number(await output(shell, ['-NoProfile', '-NonInteractive', '-Command', script]));
  return Number.isFinite(seconds) && seconds > 0 ? { start: `~${seconds}`, isStopped: false } : 'unseen';
}

const run = promisify(execFile);

/** What a program of the system prints; nothing where it cannot be asked. */
async function output(program: string, args: readonly string[]): Promise<string> {
  const options = { encoding: 'utf8', timeout: 10_000, windowsHide: true } as const;
  return run(program, args, { ...options, env: { ...process.env, LC_ALL: 'C' } }).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
