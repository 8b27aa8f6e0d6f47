import { type UnsafeFolder, assertSafeFolder, unsafeFolder } from '../../trust/safe-folder';

/** What is used of a workspace folder, from its outside in. */
const USED = ['.strategy-advisor', '.strategy-advisor/runs', '.strategy-advisor/cache'];

/** Why the runs in a workspace folder are not taken for the user's own. */
export function unsafeHome(workspace: string): UnsafeFolder | undefined {
  return unsafeFolder(workspace, USED);
}

/** @throws TrustError `unsafe-folder` where others could have written the runs of a workspace folder, or could do so */
export function assertSafeHome(workspace: string): void {
  assertSafeFolder(workspace, USED);
}
