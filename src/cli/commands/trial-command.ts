import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command, DONE, FAILED, type ParsedArguments, TRY_AGAIN, usageError } from '../command-line';
import { translations } from '../display-language';
import { checkTrust, loadRuns, withReportedErrors } from '../launch-run';
import type { Io } from '../terminal';

export const trialCommand: Command = {
  name: 'trial',
  operands: 'DIR [--trust]',
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
    trust: {
      type: 'boolean',
      summary: () => l10n.t("Allow the training program in the task's train= to run."),
    },
  },
  run: (given, io) => withReportedErrors(() => runOne(given, io), io),
};

async function runOne(given: ParsedArguments, io: Io): Promise<number> {
  const [folder, ...others] = given.paths;
  if (folder === undefined || others.length > 0)
    throw usageError(l10n.t('trial requires exactly one folder.'));
  const { parseJobFolder, runSingleJob } = await loadRuns();
  const place = await parseJobFolder(path.resolve(io.cwd, folder));
  await checkTrust(place.run, given, io);
  const signal = io.interruption?.();
  const end = await runSingleJob(place, {
    script: path.join(import.meta.dirname, 'trial-worker.mjs'),
    messages: translations(),
    ...(signal ? { signal } : {}),
  });
  switch (end.kind) {
    case 'finished':
      io.stderr.write(
        `${end.before ? l10n.t('{0} has already finished.', place.job) : l10n.t('{0} finished.', place.job)}\n`,
      );
      return DONE;
    case 'failed':
      io.stderr.write(`${l10n.t('{0} failed: {1}', place.job, end.failure.message)}\n`);
      return FAILED;
    case 'unfinished':
      io.stderr.write(`${place.job}: ${end.message}\n`);
      return TRY_AGAIN;
  }
}
