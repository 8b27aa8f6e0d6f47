import { realFolder } from './allowed-folders';
import { changeUserState, readUserState } from './user-state';

/** Something that runs: it is allowed for a folder, a command, and what both stand for at the moment. */
export interface Runnable {
  readonly folder: string;
  /** As it is shown to the user. */
  readonly command: string;
  /** SHA-256 over the command and the files that it names, hexadecimal. */
  readonly hash: string;
}

/** Whether the user has allowed it, and nothing has changed since. */
export function isConsented({ folder, command, hash }: Runnable): boolean {
  const real = realFolder(folder);
  return readUserState().state.code.some(
    each => each.folder === real && each.command === command && each.hash === hash,
  );
}

/**
 * Remembers consents; each takes the place of an earlier one for the same folder and command.
 *
 * @throws TrustError where that cannot be written
 */
export async function rememberConsent(given: readonly Runnable[], now: Date): Promise<void> {
  const since = now.toISOString();
  const added = given.map(({ folder, command, hash }) => ({
    ...{ folder: realFolder(folder), command, hash, since },
  }));
  const isReplaced = (folder: string, command: string): boolean =>
    added.some(each => each.folder === folder && each.command === command);
  await changeUserState(state => ({
    ...state,
    code: [...state.code.filter(({ folder, command }) => !isReplaced(folder, command)), ...added],
  }));
}

/**
 * Forgets the consents of a folder; says how many there were.
 *
 * @throws TrustError where that cannot be written
 */
export async function forgetConsents(folder: string): Promise<number> {
  const real = realFolder(folder);
  let count = 0;
  await changeUserState(state => {
    const left = state.code.filter(each => each.folder !== real);
    count = state.code.length - left.length;
    return count === 0 ? state : { ...state, code: left };
  });
  return count;
}
