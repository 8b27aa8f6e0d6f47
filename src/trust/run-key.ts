import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { changeUserState, readUserState } from './user-state';

/** The key that signs the user's runs, made with the first. @throws TrustError where it cannot be kept */
async function runKey(): Promise<string> {
  const known = readUserState().state.runKey;
  if (known !== undefined) return known;
  const { runKey: made } = await changeUserState(state =>
    state.runKey === undefined ? { ...state, runKey: randomBytes(32).toString('base64') } : state,
  );
  return made ?? '';
}

/**
 * Signs what says what a run is: only who has the user's own state can make the signature.
 *
 * @throws TrustError where the key cannot be kept
 */
export async function signRun(content: string): Promise<string> {
  return signature(content, await runKey());
}

/** Whether {@link signRun} has signed this on behalf of this user. Makes no key. */
export function isSignedRun(content: string, signed: string | undefined): boolean {
  const { runKey: key } = readUserState().state;
  if (key === undefined || signed === undefined) return false;
  const [expected, given] = [Buffer.from(signature(content, key)), Buffer.from(signed)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function signature(content: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(content).digest('hex');
}
