import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../../common/errors';
import type { TrialProgram } from '../../../protocol/worker-messages';
import { programOutside } from '../../../trust/repository';
import { runError, writeError } from '../../experiment-errors';
import { makeFolder, writeWhole } from '../../store/atomic-files';
import { JOB, jobFolder } from '../../store/run-folder';
import { checkSlurmOptions } from './slurm-options';
import { commandFailed, slurmNotFound } from '../../../messages/run-messages';

/** An element of a job array, as `squeue` knows it. */
export interface QueuedElement {
  /** The array's job number. */
  readonly array: string;
  readonly index: number;
  readonly state: 'pending' | 'running';
  readonly reason: string;
}

/** So long Slurm's commands may take: a controller that restarts answers late. */
const PATIENCE = 30_000;

interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws RunError `slurm` where the command is not there, fails, or does not answer */
function call(command: string, args: readonly string[]): Promise<Output> {
  return new Promise((resolve, reject) => {
    const program = programOutside(command, process.cwd());
    if (program === undefined) {
      reject(runError('slurm', slurmNotFound(command)));
      return;
    }
    execFile(program, args, { encoding: 'utf8', timeout: PATIENCE }, (error, stdout, stderr) => {
      if (!error) {
        resolve({ stdout, stderr });
        return;
      }
      const message =
        errorCode(error) === 'ENOENT'
          ? slurmNotFound(command)
          : commandFailed({ command, reason: stderr.trim() || error.message });
      reject(runError('slurm', message, { cause: error }));
    });
  });
}

/** Submits a job array; resolves to its job number. */
async function submit(args: readonly string[]): Promise<string> {
  const { stdout } = await call('sbatch', ['--parsable', ...args]);
  // On a federation it is followed by the cluster's name.
  const [array = ''] = stdout.trim().split(';');
  if (!/^\d+$/.test(array))
    throw runError('slurm', commandFailed({ command: 'sbatch', reason: stdout.trim() }));
  return array;
}

/** What is in the queue under a name. */
export async function queued(name: string): Promise<readonly QueuedElement[]> {
  const { stdout } = await call('squeue', [
    '--noheader',
    '--array',
    `--name=${name}`,
    '--format=%F|%K|%t|%r',
  ]);
  return stdout.split('\n').flatMap(line => {
    const [array = '', index = '', code = '', reason = ''] = line.trim().split('|');
    if (array === '') return [];
    const state = code === 'PD' || code === 'RQ' || code === 'RH' ? 'pending' : 'running';
    return [{ array, index: Number(index), state, reason }];
  });
}

/** Takes all of a name out of the queue, running or not. */
export async function cancel(name: string): Promise<void> {
  await call('scancel', ['--quiet', `--name=${name}`]);
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

/** What each element of an array runs: the job named in its line of `jobs`. */
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
    ...checkSlurmOptions(program.options),
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
