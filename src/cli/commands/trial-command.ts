import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command, DONE, FAILED, type ParsedArguments, TRY_AGAIN, usageError } from '../command-line';
import { translations } from '../display-language';
import { consentTo } from '../consent';
import { loadRuns, withReportedErrors } from '../launch-run';
import { TRUST_OPTION, timeOption } from '../run-options';
import type { Io } from '../terminal';

export const trialCommand: Command = {
  name: 'trial',
  operands: 'DIR [--trust] [--trial-limit 30m]',
  summary: () => l10n.t('Run one trial of a run, for use with a job scheduler.'),
  description: () => [
    l10n.t(
      'DIR is the folder of a job, …/runs/RUN/jobs/JOB. The command reads job.json and writes result.json or failure.json. It is safe to run again: a finished job is not repeated, and only one process runs a job at a time.',
    ),
    l10n.t(
      'Exit status: 0 finished, now or earlier; 1 failed; 2 incorrect usage; 75 not finished, try again later (another process is running the job, it was interrupted, or a job that it depends on has not finished).',
    ),
  ],
  options: {
    allowed: {
      type: 'string',
      value: 'HASH,HASH',
      summary: () => l10n.t('What was allowed when the job was submitted; set by --executor slurm.'),
    },
    trust: TRUST_OPTION,
    'trial-limit': {
      type: 'string',
      value: '30m',
      summary: () =>
        l10n.t('Time after which the trial is ended and counts as failed; by default there is no limit.'),
    },
  },
  run: (given, io) => withReportedErrors(() => runOne(given, io), io),
};

async function runOne(given: ParsedArguments, io: Io): Promise<number> {
  const [folder, ...others] = given.paths;
  if (folder === undefined || others.length > 0)
    throw usageError(l10n.t('trial requires exactly one folder.'));
  const { parseJobFolder, questionOfRun, runSingleJob } = await loadRuns();
  const place = await parseJobFolder(path.resolve(io.cwd, folder));
  const passed = (given.values.get('allowed') ?? '').split(',');
  const left = await questionOfRun(place.run, { job: place.job, passed });
  const allowed = [...passed, ...(await consentTo(left, given, io))];
  const signal = io.interruption?.();
  const limit = timeOption(given, 'trial-limit');
  const end = await runSingleJob(place, {
    script: path.join(import.meta.dirname, 'trial-worker.mjs'),
    allowed,
    messages: translations(),
    ...(limit === undefined ? {} : { limit }),
    ...(signal ? { signal } : {}),
  });
  switch (end.kind) {
    case 'finished':
      io.stderr.line(
        end.before ? l10n.t('{0} has already finished.', place.job) : l10n.t('{0} finished.', place.job),
      );
      return DONE;
    case 'failed':
      io.stderr.line(l10n.t('{0} failed: {1}', place.job, end.failure.message));
      return FAILED;
    case 'unfinished':
      io.stderr.line(`${place.job}: ${end.message}`);
      return TRY_AGAIN;
  }
}
