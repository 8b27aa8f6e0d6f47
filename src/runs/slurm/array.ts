import { stat } from 'node:fs/promises';
import path from 'node:path';
import { writeError } from '../errors';
import { makeFolder, writeWhole } from '../store/files';
import { JOB, jobFolder } from '../store/paths';
import { submit } from './commands';

/** How an element of an array runs its job. */
export interface TrialProgram {
  /** Runs `trial FOLDER`: a program and its arguments, none of which a shell reads. */
  readonly command: readonly string[];
  /** The user's own options of `sbatch`. */
  readonly options: readonly string[];
}

/** A job array that was submitted: its jobs by their indices. */
export interface JobArray {
  readonly id: string;
  readonly jobs: readonly string[];
}

/** A word that a POSIX shell reads as it is. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** What each element of an array runs: the job whose name stands in its line of `jobs`. */
export function arrayScript(run: string, list: string, { command }: TrialProgram): string {
  return [
    '#!/bin/sh',
    // In VS Code the executable is Electron.
    'export ELECTRON_RUN_AS_NODE=1',
    `job=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" ${quoted(list)})`,
    `exec ${command.map(quoted).join(' ')} ${quoted(jobFolder(run, ''))}/"$job"`,
    '',
  ].join('\n');
}

/** Submits jobs as one array, in their order; those in `after` end before, however they end. */
export async function submitArray(
  run: string,
  name: string,
  jobs: readonly string[],
  program: TrialProgram,
  after: readonly JobArray[],
): Promise<JobArray> {
  await assertThere(run);
  const folder = path.join(run, 'slurm', `${Date.now()}-${jobs[0] ?? ''}`);
  await makeFolder(folder);
  const list = path.join(folder, 'jobs.txt');
  const script = path.join(folder, 'array.sh');
  await writeWhole(list, `${jobs.join('\n')}\n`);
  await writeWhole(script, arrayScript(run, list, program));
  const id = await submit([
    '--ntasks=1',
    '--cpus-per-task=1',
    '--requeue',
    ...program.options,
    // Behind the user's own: without these the run would lose sight of its jobs.
    `--job-name=${name}`,
    `--array=0-${jobs.length - 1}`,
    `--output=${path.join(folder.replaceAll('%', '%%'), '%a.log')}`,
    `--chdir=${run}`,
    ...(after.length > 0 ? [`--dependency=afterany:${after.map(array => array.id).join(':')}`] : []),
    script,
  ]);
  return { id, jobs };
}

/** @throws RunError `gone`: a run's folder that was removed is not made again */
export async function assertThere(run: string): Promise<void> {
  try {
    await stat(run);
  } catch (error) {
    throw writeError(error, run);
  }
}

/** The files that say that a job has come to its end. */
export function endFiles(run: string, job: string): { readonly result: string; readonly failure: string } {
  const folder = jobFolder(run, job);
  return { result: path.join(folder, JOB.result), failure: path.join(folder, JOB.failure) };
}
