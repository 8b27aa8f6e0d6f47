import path from 'node:path';
import type { RunManifest } from '../../protocol/run-files';
import { realFolder } from '../../trust/allowed-folders';
import type { Runnable } from '../../trust/consents';
import { sha256Of } from '../../trust/file-hash';
import { isSignedRun, signRun } from '../../trust/run-key';
import { isTrustError } from '../../trust/trust-errors';
import { readText } from './atomic-files';
import { JOB, LIMITS, jobFolder } from './run-folder';

/** What of a run says what its jobs do. */
type Plan = Pick<RunManifest, 'id' | 'kind' | 'task' | 'jobs'>;

/** A hash over all that the jobs of a run are to do, wherever its folder lies. */
export async function planHash(folder: string, { id, kind, task, jobs }: Plan): Promise<string> {
  const specs: string[] = [];
  for (const job of jobs) {
    const text = await readText(path.join(jobFolder(folder, job), JOB.spec), LIMITS.plan).catch(
      () => undefined,
    );
    specs.push(sha256Of(text ?? ''));
  }
  return sha256Of(JSON.stringify([id, kind, task, jobs, specs]));
}

/**
 * A signature that only this user can make, over a run's plan and folder: who owns the files of a run says nothing,
 * since a run that was cloned belongs to the user too. `undefined` where the user's key cannot be kept.
 */
export async function signatureOf(folder: string, plan: Plan): Promise<string | undefined> {
  try {
    return await signRun(signedText(folder, await planHash(folder, plan)));
  } catch (error) {
    if (isTrustError(error)) return undefined;
    throw error;
  }
}

/** Whether this user has started the run in this folder, and its jobs are still what they were. */
export async function isOwnRun(folder: string, manifest: RunManifest): Promise<boolean> {
  if (manifest.signature === undefined) return false;
  return isSignedRun(signedText(folder, await planHash(folder, manifest)), manifest.signature);
}

function signedText(folder: string, hash: string): string {
  return `${hash} ${realFolder(folder)}`;
}

/** A run as something that the user may allow. */
export async function runnableRun(folder: string, manifest: RunManifest): Promise<Runnable> {
  return { folder: path.resolve(folder), command: manifest.id, hash: await planHash(folder, manifest) };
}
