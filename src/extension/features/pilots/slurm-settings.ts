import path from 'node:path';
import { readSlurmOptions } from '../../../experiments';
import type { RunnerRequest } from '../../../protocol/worker-messages';
import type { Runnable } from '../../../trust/consents';
import { sha256Of } from '../../../trust/file-hash';
import { type Project, localFolderOf } from '../../project/project';
import type { Services } from '../../services';

type Slurm = NonNullable<RunnerRequest['slurm']>;

/**
 * How the settings say that Slurm runs trials, where they do: through the command line.
 *
 * @throws PlanError `bad-option` for an option of `sbatch` that is not passed on
 */
export function slurmOf(settings: Services['settings'], { resource }: Project): Slurm | undefined {
  if (settings.get('pilots.executor', resource) === 'local') return undefined;
  return {
    command: [process.execPath, path.join(import.meta.dirname, 'cli.mjs'), 'trial'],
    options: readSlurmOptions(settings.get('pilots.slurmOptions', resource)),
  };
}

/** The submission as something that the user allows. */
export function runnableSlurm(scope: Project, { options }: Slurm): Runnable {
  const command = ['sbatch', ...options].join(' ');
  return { folder: localFolderOf(scope) ?? scope.key, command, hash: sha256Of(command) };
}
