import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { RunPlan } from '../../training/pilot/plan';
import type { RunManifest } from '../types';
import { makeFolder, readText, writeJson, writeWhole } from './files';
import { homeOf, JOB, jobFolder, RUN, runsFolder } from './paths';

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
 * @throws RunError `disk-full` or `gone`
 */
export async function createRun({ workspace, plan, name, now }: NewRun): Promise<string> {
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
  await writeJson(path.join(folder, RUN.manifest), manifest);
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
