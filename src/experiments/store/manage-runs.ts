import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage } from '../../common/errors';
import { assertOwnFolders } from '../../files/own-files';
import { runError, writeError } from '../experiment-errors';
import type { RunPlan } from '../plan/plan-run';
import type { PilotReport } from '../../protocol/pilot-report';
import { makeFolder, readError, readText, writeJson, writeWhole } from './atomic-files';
import { readVersioned } from './read-json';
import { markedReport, readManifest, readReport, readState } from './read-run';
import { JOB, LIMITS, RUN, homeOf, jobFolder, runsFolder, workspaceOf } from './run-folder';
import { isHeld } from './run-lock';
import { signatureOf } from './run-origin';
import { assertSafeHome, unsafeHome } from './safe-home';
import { unsafeFolderText } from '../../trust/safe-folder';
import type { QueueState, RunKind, RunManifest, RunStateName } from '../../protocol/run-files';
import { ambiguousRun, noRuns, notAFolder, runIsRunning, unknownRun } from '../../messages/run-messages';

export interface NewRun {
  /** The workspace folder that the run is kept in. */
  readonly workspace: string;
  readonly plan: RunPlan;
  readonly name?: string;
  readonly now: Date;
}

/**
 * Writes the folder of a run, its jobs waiting, and gives its path. The manifest comes last: a folder without one is
 * no run yet.
 *
 * @throws RunError `disk-full` or `gone`; TrustError `unsafe-folder` where others could change it
 */
export async function createRun({ workspace, plan, name, now }: NewRun): Promise<string> {
  assertSafeHome(workspace);
  await ignoreHome(workspace);
  const { jobs, ...rest } = plan;
  const id = runId(plan, now);
  const folder = path.join(runsFolder(workspace), id);
  await makeFolder(path.join(folder, RUN.jobs));
  for (const job of jobs) {
    await makeFolder(jobFolder(folder, job.id));
    await writeJson(path.join(jobFolder(folder, job.id), JOB.spec), job);
  }
  const manifest: RunManifest = {
    version: 1,
    id,
    started: now.toISOString(),
    ...rest,
    ...(name === undefined ? {} : { name }),
    jobs: jobs.map(job => job.id),
  };
  await writeJson(path.join(folder, RUN.state), {
    version: 1,
    state: 'stopped',
    updated: now.toISOString(),
  });
  const signature = await signatureOf(folder, manifest);
  await writeJson(path.join(folder, RUN.manifest), {
    ...manifest,
    ...(signature === undefined ? {} : { signature }),
  });
  return folder;
}

/** Runs and decoded data do not belong into a repository. */
async function ignoreHome(workspace: string): Promise<void> {
  const home = homeOf(workspace);
  await makeFolder(home);
  const file = path.join(home, '.gitignore');
  if ((await readText(file)) === undefined) await writeWhole(file, '*\n');
}

/** Sorts by time, says what it is about, and differs even within a second: `20261124-113000-pilot-digit-3f2a`. */
function runId({ kind, task }: RunPlan, now: Date): string {
  const [day = '', time = ''] = now.toISOString().replaceAll(/[-:]/g, '').split('T');
  const about = task
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  const tail = randomBytes(2).toString('hex');
  return [`${day}-${time.slice(0, 6)}`, kind, ...(about === '' ? [] : [about]), tail].join('-');
}

/** A run in a list. */
export interface RunSummary {
  readonly folder: string;
  readonly id: string;
  readonly kind: RunKind;
  readonly task: string;
  readonly state: RunStateName;
  readonly started: string;
  readonly name?: string;
  readonly notes?: string;
  readonly manifest: RunManifest;
  /** While a cluster runs it. */
  readonly queue?: QueueState;
  readonly report?: PilotReport;
}

export interface RunList {
  /** The latest first. */
  readonly runs: readonly RunSummary[];
  /** Folders that cannot be read, and why. */
  readonly broken: readonly { readonly folder: string; readonly message: string }[];
}

/** The runs of a workspace folder. */
export async function listRuns(workspace: string): Promise<RunList> {
  const home = runsFolder(workspace);
  const unsafe = unsafeHome(workspace);
  if (unsafe) return { runs: [], broken: [{ folder: home, message: unsafeFolderText(unsafe) }] };
  const runs: RunSummary[] = [];
  const broken: { folder: string; message: string }[] = [];
  let names: readonly string[] = [];
  try {
    assertOwnFolders(path.join(home, 'run'));
    names = await readdir(home);
  } catch (error) {
    // A workspace without runs is as usual as one with some.
    if (errorCode(error) !== 'ENOENT') broken.push({ folder: home, message: listingProblem(error, home) });
  }
  for (const name of names.filter(each => !each.startsWith('.')).sort()) {
    const folder = path.join(home, name);
    try {
      runs.push(await summaryOf(folder));
    } catch (error) {
      broken.push({ folder, message: errorMessage(error) });
    }
  }
  return { runs: runs.sort((a, b) => (a.started < b.started ? 1 : -1)), broken };
}

async function summaryOf(folder: string): Promise<RunSummary> {
  const manifest = await readManifest(folder);
  const { state, queue } = await readState(folder);
  const report = markedReport(await readReport(folder), manifest);
  const { id, kind, task, started, name, notes } = manifest;
  return {
    folder,
    id,
    kind,
    task,
    state,
    started,
    manifest,
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
    ...(queue && state === 'running' ? { queue } : {}),
    ...(report ? { report } : {}),
  };
}

/** Names a run, or takes its name away. */
export async function renameRun(folder: string, name: string | undefined): Promise<void> {
  await changeManifest(folder, { name: name === '' ? undefined : name });
}

export async function noteRun(folder: string, notes: string | undefined): Promise<void> {
  await changeManifest(folder, { notes: notes === '' ? undefined : notes });
}

async function changeManifest(
  folder: string,
  change: { readonly name?: string | undefined } | { readonly notes?: string | undefined },
): Promise<void> {
  await readManifest(folder);
  const file = path.join(folder, RUN.manifest);
  // As it is written: fields that only others know stay.
  await writeJson(file, { ...(await readVersioned(file, LIMITS.plan)), ...change });
}

/** Where deleted runs wait to be brought back. */
const trashOf = (workspace: string): string => path.join(homeOf(workspace), 'trash');

/**
 * Deletes a run: it goes to a folder beside the runs, and what was deleted before it goes for good.
 *
 * @returns the path from which {@link restoreRun} brings it back
 * @throws RunError `locked` while it runs
 */
export async function deleteRun(folder: string): Promise<string> {
  if (await isHeld(folder)) throw runError('locked', runIsRunning(path.basename(folder)));
  const trash = trashOf(workspaceOf(folder));
  await rm(trash, { recursive: true, force: true });
  const to = path.join(trash, path.basename(folder));
  try {
    await mkdir(trash, { recursive: true });
    await rename(folder, to);
  } catch (error) {
    throw writeError(error, folder);
  }
  return to;
}

/** Brings a deleted run back, and gives its folder. */
export async function restoreRun(deleted: string): Promise<string> {
  const workspace = path.resolve(deleted, '..', '..', '..');
  const to = path.join(runsFolder(workspace), path.basename(deleted));
  try {
    await rename(deleted, to);
  } catch (error) {
    throw writeError(error, deleted);
  }
  return to;
}

/**
 * The run that a user means: a path, an id, the beginning of one, a name, or nothing for the latest.
 *
 * @param workspaces folders whose runs are looked through
 * @throws RunError `not-found` where there is none, or several are meant; TrustError `unsafe-folder` where others could
 * have written them
 */
export async function findRun(
  workspaces: readonly string[],
  asked: string | undefined,
  cwd: string,
): Promise<RunSummary> {
  const direct = asked === undefined ? undefined : path.resolve(cwd, asked);
  if (direct !== undefined && (await isThere(path.join(direct, RUN.manifest)))) return summaryOf(direct);
  workspaces.forEach(assertSafeHome);
  const lists = await Promise.all(workspaces.map(workspace => listRuns(workspace)));
  const runs = lists.flatMap(list => list.runs);
  const broken = lists.flatMap(list => list.broken);
  const latest = [...runs].sort((a, b) => (a.started < b.started ? 1 : -1));
  if (asked === undefined) {
    const [first] = latest;
    if (first) return first;
    throw runError('not-found', noRuns());
  }
  const exact = latest.filter(run => run.id === asked || run.name === asked);
  const found = exact.length > 0 ? exact : latest.filter(run => run.id.includes(asked));
  const [only] = found;
  // The one that is meant may be there, and not be readable.
  const unreadable = broken.filter(each => path.basename(each.folder) === asked);
  const damaged = unreadable[0] ?? broken.find(each => path.basename(each.folder).includes(asked));
  if (damaged && (found.length === 0 || unreadable.length > 0)) throw runError('broken', damaged.message);
  if (only && found.length === 1) return only;
  throw runError(
    'not-found',
    found.length === 0
      ? unknownRun(asked)
      : ambiguousRun({ run: asked, runs: found.map(({ id }) => id).join(', ') }),
  );
}

function listingProblem(error: unknown, home: string): string {
  const { message } = readError(error, home) as Error;
  return errorCode(error) === 'ENOTDIR' ? notAFolder(home) : message;
}

/** Whether something has that name, readable or not: what is wrong with it is said by who reads it. */
async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
