import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Ends processes with all that they have started. What that reaches differs by system:
 *
 * - Linux: children and theirs, their process group, and whatever else carries a mark in its environment, which is
 *   passed on to all that a process starts. A program that takes it out of its environment, leaves its group and its
 *   parent is beyond reach.
 * - macOS and other systems with `ps`: children and theirs, and their process group.
 * - Windows: children and theirs, as `taskkill /T` finds them.
 */

/** What processes carry: which worker they belong to, or which run. */
const MARKS = { worker: 'STRATEGY_ADVISOR_WORKER', run: 'STRATEGY_ADVISOR_RUN' } as const;
export type Mark = keyof typeof MARKS;

/** What is put into the environment of a process so that it, and all that it starts, is found. */
export function markOf(mark: Mark, value: string): Readonly<Record<string, string>> {
  return { [MARKS[mark]]: value };
}

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

const isWindows = process.platform === 'win32';
const hasProc = process.platform === 'linux';

/** Rounds of looking for what was started while others were ended. */
const ROUNDS = 5;

export interface Tree {
  /** Its children and theirs end with it; it leads a process group where there are such. */
  readonly root: number;
  /** Whether the root itself ends too, or has ended: its number, and its group's, may be another's by then. */
  readonly fate: 'end' | 'keep' | 'gone';
  /** Of the worker that all of them belong to. */
  readonly mark?: string;
}

/** The mark of the worker that this process is, or belongs to. */
export function ownMark(): string | undefined {
  return process.env[MARKS.worker];
}

/** Ends the processes of a tree at once, also those that were stopped. */
export function endTree(tree: Tree): void {
  const { root, fate, mark } = tree;
  if (isWindows) {
    if (fate !== 'gone') endOnWindows(root, fate === 'end');
    return;
  }
  const isSelf = root === process.pid;
  const found = membersOf(tree);
  // First, or it would take what it hears of its children's end for something to report.
  if (fate === 'end' && !isSelf) endGroup(root);
  for (const pid of found) end(pid);
  // What was started while others were ended has the mark, or the parent where that is still there.
  const rest: Tree = { ...tree, fate: fate === 'keep' || isSelf ? 'keep' : 'gone' };
  for (let round = 0; round < ROUNDS && (mark !== undefined || fate === 'keep'); round++) {
    const left = membersOf(rest);
    if (left.length === 0) break;
    for (const pid of left) end(pid);
  }
  if (fate === 'end' && isSelf) endGroup(root);
}

function endGroup(leader: number): void {
  end(-leader);
  end(leader);
}

/** The processes of a tree without its root. */
function membersOf({ root, fate, mark }: Tree): readonly number[] {
  const all = listProcesses();
  const found = new Set([
    ...(fate === 'gone' ? [] : descendants(all, root)),
    ...(fate === 'gone' && hasProc ? [] : all.filter(({ group }) => group === root).map(({ pid }) => pid)),
    ...(mark === undefined ? [] : marked(all, 'worker', mark)),
  ]);
  found.delete(process.pid);
  found.delete(root);
  return [...found];
}

/** Ends what carries a mark, of processes that are gone; on Linux only, as nowhere else it is found. */
export function endMarked(mark: Mark, value: string): void {
  for (let round = 0; round < ROUNDS; round++) {
    const found = marked(listProcesses(), mark, value).filter(pid => pid !== process.pid);
    if (found.length === 0) return;
    for (const pid of found) end(pid);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function descendants(all: readonly ProcessEntry[], root: number): number[] {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of all) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found: number[] = [];
  for (const open = [root]; open.length > 0;) {
    for (const child of children.get(open.pop() ?? 0) ?? []) {
      found.push(child);
      open.push(child);
    }
  }
  return found;
}

function listProcesses(): readonly ProcessEntry[] {
  if (hasProc)
    return namesIn('/proc').flatMap(name => {
      if (!/^\d+$/.test(name)) return [];
      const text = textOf(path.join('/proc', name, 'stat'));
      // The name in parentheses may hold anything, spaces too.
      const [state, parent, group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
      if (state === undefined || state === 'Z' || state === 'X') return [];
      return [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
    });
  return output('/bin/ps', ['-axo', 'pid=,ppid=,pgid=,state='])
    .split('\n')
    .flatMap(line => {
      const [pid = '', parent, group, state = ''] = line.trim().split(/\s+/);
      return pid === '' || state.startsWith('Z')
        ? []
        : [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
    });
}

function marked(all: readonly ProcessEntry[], mark: Mark, value: string): number[] {
  if (!hasProc) return [];
  const entry = `${MARKS[mark]}=${value}`;
  return all
    .filter(({ pid }) => textOf(`/proc/${pid}/environ`).split('\0').includes(entry))
    .map(({ pid }) => pid);
}

/** A process's program and arguments; nothing where they cannot be read. */
export function commandLineOf(pid: number): string {
  if (hasProc) return textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  if (!isWindows) return output('/bin/ps', ['-o', 'command=', '-p', String(pid)]);
  const query = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`;
  return output(inSystem32(String.raw`WindowsPowerShell\v1.0\powershell.exe`), [
    ...['-NoProfile', '-NonInteractive', '-Command'],
    query,
  ]);
}

function endOnWindows(root: number, withRoot: boolean): void {
  if (withRoot) {
    output(inSystem32('taskkill.exe'), ['/T', '/F', '/PID', String(root)]);
    return;
  }
  const query = `(Get-CimInstance Win32_Process -Filter 'ParentProcessId=${root}').ProcessId`;
  const listed = output(inSystem32(String.raw`WindowsPowerShell\v1.0\powershell.exe`), [
    ...['-NoProfile', '-NonInteractive', '-Command'],
    query,
  ]);
  for (const child of listed.split(/\s+/).filter(each => /^\d+$/.test(each)))
    output(inSystem32('taskkill.exe'), ['/T', '/F', '/PID', child]);
}

/** With its path: a name alone would be looked for in the folder of the workspace first. */
function inSystem32(program: string): string {
  return path.join(process.env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', program);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** What a program of the system prints; nothing where it fails. */
function output(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      timeout: 10_000,
      windowsHide: true,
      maxBuffer: 16 * 2 ** 20,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}
