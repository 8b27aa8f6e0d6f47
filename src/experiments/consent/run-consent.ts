import type { RunManifest } from '../../protocol/run-files';
import { isFolderAllowed, liesIn, realFolder } from '../../trust/allowed-folders';
import type { CodeReference } from '../../trust/code-to-run';
import { type Allowed, type ConsentQuestion, assertAllowed, inspectAll } from '../../trust/gate';
import { trustError } from '../../trust/trust-errors';
import { foreignRun } from '../../messages/consent-messages';
import { visibleLine } from '../../common/visible-text';
import { jobOf, readManifest, readResult } from '../store/read-run';
import { workspaceOf } from '../store/run-folder';
import { assertSafeHome } from '../store/safe-home';
import { isOwnRun, runnableRun } from '../store/run-origin';
import { codeOfJob } from './named-code';

/**
 * What going on with a run, or with one of its jobs, asks for: the code of the jobs that have not finished and, where
 * this user has not started the run, the run itself.
 *
 * @param passed what was agreed to where the job was submitted, on a machine that knows what the user has allowed
 * @throws RunError where it cannot be read; TrustError `unsafe-folder` where others could change its folder
 */
export async function questionOfRun(
  folder: string,
  { job, passed = [] }: { readonly job?: string; readonly passed?: Allowed } = {},
): Promise<ConsentQuestion> {
  const manifest = await readManifest(folder);
  const code = await inspectAll(await codeLeft(folder, job === undefined ? manifest.jobs : [job]));
  const run = await runnableRun(folder, manifest);
  const isPassed = passed.includes(run.hash);
  if (!isPassed) assertSafeHome(workspaceOf(folder));
  const isKnown = isPassed || (await isOwnRun(folder, manifest));
  const reads = isKnown ? [] : await readsOutside(folder, manifest.jobs);
  return {
    task: manifest.task,
    code: code.filter(({ hash }) => !passed.includes(hash)),
    ...(isKnown ? {} : { run, ...(reads.length > 0 ? { reads } : {}) }),
  };
}

/** The data of a run, and where links of it may lead, that lie outside its workspace and that the user has not allowed. */
async function readsOutside(folder: string, jobs: readonly string[]): Promise<readonly string[]> {
  const workspace = realFolder(workspaceOf(folder));
  const places = new Set<string>();
  for (const id of jobs) {
    const spec = await jobOf(folder, id);
    for (const { path, request } of spec?.datasets ?? [])
      for (const place of [path, request.readable ?? []].flat())
        if (!liesIn(workspace, realFolder(place)) && !isFolderAllowed('outside', place)) places.add(place);
  }
  return [...places].sort();
}

async function codeLeft(folder: string, jobs: readonly string[]): Promise<readonly CodeReference[]> {
  const code: CodeReference[] = [];
  for (const id of jobs) {
    const spec = await jobOf(folder, id);
    if (spec && !(await readResult(folder, id))) code.push(...codeOfJob(spec));
  }
  return code;
}

/**
 * Refuses a run that the user has neither started nor allowed, and code that is not what was allowed.
 *
 * @returns what goes to the processes that run the jobs
 * @throws TrustError `not-allowed` or `changed`
 */
export async function assertRunAllowed(
  folder: string,
  manifest: RunManifest,
  allowed: Allowed,
): Promise<Allowed> {
  const { hash } = await runnableRun(folder, manifest);
  if (!allowed.includes(hash) && !(await isOwnRun(folder, manifest)))
    throw trustError('not-allowed', foreignRun(visibleLine(manifest.id)));
  await assertAllowed(await codeLeft(folder, manifest.jobs), allowed);
  return [...new Set([hash, ...allowed])];
}

/** What allows a run that has just been made by this process, besides its code. */
export async function allowNewRun(folder: string): Promise<Allowed> {
  return [(await runnableRun(folder, await readManifest(folder))).hash];
}
