import { execFile } from 'node:child_process';
import * as l10n from '@vscode/l10n';
import { errorCode, RunError } from '../errors';

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
    execFile(command, args, { encoding: 'utf8', timeout: PATIENCE }, (error, stdout, stderr) => {
      if (!error) {
        resolve({ stdout, stderr });
        return;
      }
      const message =
        errorCode(error) === 'ENOENT'
          ? l10n.t('There is no {0} here: Slurm is not installed on this machine, or not in PATH.', command)
          : l10n.t('{0} failed: {1}', command, stderr.trim() || error.message);
      reject(new RunError('slurm', message, { cause: error }));
    });
  });
}

/** Submits a job array; resolves to its job number. */
export async function submit(args: readonly string[]): Promise<string> {
  const { stdout } = await call('sbatch', ['--parsable', ...args]);
  // On a federation it is followed by the cluster's name.
  const [array = ''] = stdout.trim().split(';');
  if (!/^\d+$/.test(array)) throw new RunError('slurm', l10n.t('{0} failed: {1}', 'sbatch', stdout.trim()));
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
