// Processes and temporary folders that never outlive their owner: they end with it when it finishes, is interrupted,
// crashes, or is killed outright (a second process, guard-process.mjs, sees to the last).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const GRACE_MS = 5000;
const ownedGroups = new Set();
const ownedFolders = new Set();
let guard;

/** Starts a command in a process group of its own, which ends when this process does. Never through a shell. */
export function spawnOwned(command, args, options = {}) {
  startGuard();
  // Windows has no process groups, and `detached` would open a console window there.
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  if (child.pid !== undefined) own(ownedGroups, 'group', child.pid);
  return child;
}

/**
 * Waits until a command has ended.
 * @returns {Promise<number>} its exit status; 1 where a signal ended it
 */
export function exitStatus(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve(code ?? 1));
  });
}

/** Runs a command to its end, its output on ours; rejects where it fails. */
export async function runOwned(command, args, options = {}) {
  const child = spawnOwned(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  const status = await exitStatus(child).finally(() => disown(ownedGroups, 'group', child.pid));
  if (status !== 0)
    throw new Error(`${path.basename(command)} ${args.join(' ')} ended with status ${status}`);
}

/** Ends a command that `spawnOwned` started, and all it started: politely, then by force. */
export async function endOwned(child) {
  if (child.pid === undefined || !ownedGroups.has(child.pid)) return;
  const ended = child.exitCode !== null || child.signalCode !== null;
  const gone = ended ? Promise.resolve() : new Promise(resolve => child.once('exit', resolve));
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([gone, wait(GRACE_MS, undefined, { ref: false })]);
  signalGroup(child.pid, 'SIGKILL');
  await gone;
  disown(ownedGroups, 'group', child.pid);
}

/** Makes an empty folder that is removed when this process ends. */
export function temporaryFolder(prefix, parent = tmpdir()) {
  startGuard();
  const folder = mkdtempSync(path.join(parent, prefix));
  own(ownedFolders, 'folder', folder);
  return folder;
}

/** Removes a folder of `temporaryFolder` now. */
export async function removeFolder(folder) {
  for (let attempt = 0; ; attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      break;
    } catch (error) {
      if (attempt === 20) throw error;
      await wait(100);
    }
  }
  disown(ownedFolders, 'folder', folder);
}

function startGuard() {
  if (guard) return;
  const script = fileURLToPath(new URL('guard-process.mjs', import.meta.url));
  guard = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  guard.stdin.unref();
  guard.stdin.on('error', () => {});
  process.once('exit', clearAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  endWithNpm();
}

/** npm starts scripts through a shell, and a signal that ends npm or that shell goes no further: nobody waits any more. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}

function clearAll() {
  for (const group of ownedGroups) signalGroup(group, 'SIGKILL');
  for (const folder of ownedFolders) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Something still writes there; the guard tries again.
    }
  }
}

function signalGroup(group, signal) {
  try {
    process.kill(process.platform === 'win32' ? group : -group, signal);
  } catch {
    // It has ended already.
  }
}

function own(set, kind, value) {
  set.add(value);
  guard.stdin.write(`+${kind} ${value}\n`);
}

function disown(set, kind, value) {
  if (set.delete(value)) guard.stdin.write(`-${kind} ${value}\n`);
}
