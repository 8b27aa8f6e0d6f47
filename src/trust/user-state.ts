import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode, errorMessage } from '../common/errors';
import { check, parseJson } from '../common/validation';
import { noStateFolder, stateDamaged, stateNotYours, stateUnwritable } from '../messages/trust-messages';
import { shapeProblemText } from '../messages/validation-text';
import { type UserState, userState } from '../protocol/user-state-file';
import { trustError } from './trust-errors';

type Environment = Readonly<Record<string, string | undefined>>;

/** The name of the file, and bytes that it may have. */
const FILE = 'trust.json';
const LARGEST = 4 * 1024 * 1024;

const EMPTY: UserState = { version: 1, code: [], discovery: [], outside: [] };

/**
 * The folder of this program in the user's own state; `undefined` where the user has no home. `XDG_STATE_HOME` counts
 * on all systems, where it is absolute.
 */
export function stateFolder(env: Environment = process.env): string | undefined {
  const stated = env['XDG_STATE_HOME'];
  if (stated !== undefined && path.isAbsolute(stated)) return path.join(stated, 'strategy-advisor');
  if (process.platform === 'win32') {
    const local = env['LOCALAPPDATA'];
    if (local !== undefined && path.isAbsolute(local)) return path.join(local, 'strategy-advisor');
  }
  const home = homeFolder(env);
  if (home === undefined) return undefined;
  const parts = {
    darwin: ['Library', 'Application Support'],
    win32: ['AppData', 'Local'],
  }[process.platform as string] ?? ['.local', 'state'];
  return path.join(home, ...parts, 'strategy-advisor');
}

/** The user's home; `undefined` where the system names none. */
export function homeFolder(env: Environment = process.env): string | undefined {
  const named = env['HOME'];
  if (process.platform !== 'win32' && named !== undefined && path.isAbsolute(named)) return named;
  try {
    const home = homedir();
    return path.isAbsolute(home) ? home : undefined;
  } catch {
    // No HOME, and no entry in the list of users.
    return undefined;
  }
}

/** The file that keeps what the user has allowed; `undefined` where there is no place for it. */
export function stateFile(env?: Environment): string | undefined {
  const folder = stateFolder(env);
  return folder === undefined ? undefined : path.join(folder, FILE);
}

export interface StateReading {
  readonly state: UserState;
  /** Why nothing that stands in the file counts. */
  readonly problem?: string;
}

/** Windows has no such pipes, and no flag for them. */
const READING = process.platform === 'win32' ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;

let last: { readonly stamp: string; readonly reading: StateReading } | undefined;

/**
 * What the user has allowed. Never throws: where the file is missing, damaged, or could have been written by others,
 * nothing is allowed, and `problem` says so. Reads the file only where it has changed.
 */
export function readUserState(env?: Environment): StateReading {
  const file = stateFile(env);
  if (file === undefined) return { state: EMPTY };
  let handle: number | undefined;
  try {
    // A pipe or device in its place would be waited for without end.
    handle = openSync(file, READING);
    const { size, ino, mtimeNs, ctimeNs, mode, uid } = fstatSync(handle, { bigint: true });
    const stamp = [file, size, ino, mtimeNs, ctimeNs, mode, uid].join(' ');
    if (last?.stamp === stamp) return last.reading;
    const isFile = fstatSync(handle).isFile();
    const reading =
      !isFile || size > LARGEST
        ? damaged(file, shapeProblemText({ kind: 'wrong', path: '', expected: FILE, found: String(size) }))
        : isOpenToOthers(mode, uid) || isOpenToOthersFolder(path.dirname(file))
          ? damaged(file, stateNotYours())
          : parsed(file, readFileSync(handle, 'utf8'));
    last = { stamp, reading };
    return reading;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { state: EMPTY } : damaged(file, errorMessage(error));
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function parsed(file: string, content: string): StateReading {
  const read = check(userState, parseJson(content));
  return read.ok ? { state: read.value } : damaged(file, shapeProblemText(read.problem));
}

function damaged(file: string, reason: string): StateReading {
  return { state: EMPTY, problem: stateDamaged({ file, reason }) };
}

/** Whether others than the user and the administrator can write what has this mode and owner. POSIX only. */
function isOpenToOthers(mode: bigint, uid: bigint): boolean {
  const own = process.getuid?.();
  if (own === undefined) return false;
  return (mode & 0o022n) !== 0n || (uid !== BigInt(own) && uid !== 0n);
}

function isOpenToOthersFolder(folder: string): boolean {
  const { mode, uid } = lstatSync(folder, { bigint: true });
  return isOpenToOthers(mode, uid);
}

/**
 * Changes what the user has allowed, one process at a time: `change` gets what stands there now, and the file is
 * replaced as a whole. A file that cannot be read is kept beside it, and counts no more.
 *
 * @throws TrustError `no-state-folder`, `state-unwritable`
 */
export async function changeUserState(
  change: (state: UserState) => UserState,
  env?: Environment,
): Promise<UserState> {
  const file = stateFile(env);
  if (file === undefined) throw trustError('no-state-folder', noStateFolder());
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    return await withLock(`${file}.lock`, async () => {
      const { state, problem } = readUserState(env);
      if (problem !== undefined) await rename(file, `${file}.damaged`);
      const next = change(state);
      if (next !== state || problem !== undefined) await write(file, next);
      return next;
    });
  } catch (error) {
    throw trustError('state-unwritable', stateUnwritable({ file, reason: errorMessage(error) }));
  }
}

async function write(file: string, state: UserState): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(state, undefined, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Milliseconds after which a lock was left behind by a process that is gone: a change takes a few. */
const STALE = 10_000;
const PAUSE = 20;

async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      break;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > STALE) await rm(lock, { force: true });
    else await wait(PAUSE);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}
