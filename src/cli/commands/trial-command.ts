import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command, DONE, FAILED, type ParsedArguments, TRY_AGAIN, usageError } from '../command-line';
import { translations } from '../display-language';
import { checkTrust, loadRuns, withReportedErrors } from '../launch-run';
import type { Io } from '../terminal';

export const trialCommand: Command = {
  name: 'trial',
  operands: 'DIR [--trust]',
  summary: () => l10n.t('Run one trial of a run, for a scheduler of your own.'),
  description: () => [
    l10n.t(
      'DIR is the folder of a job, …/runs/RUN/jobs/JOB. Its inputs are in job.json, and what it came to goes to result.json or failure.json. It is safe to repeat: a job that has finished is left alone, and only one process at a time runs it.',
    ),
    l10n.t(
      'Exit status: 0 it has finished, now or before; 1 it failed; 2 wrong usage; 75 nothing is decided, try again later (another process runs it, it was interrupted, or a job that it starts from has not finished).',
    ),
  ],
  options: {
    trust: {
      type: 'boolean',
      summary: () => l10n.t("Run the training program that the task's train= names."),
    },
  },
  run: (given, io) => withReportedErrors(() => runOne(given, io), io),
};

async function runOne(given: ParsedArguments, io: Io): Promise<number> {
  const [folder, ...others] = given.paths;
  if (folder === undefined || others.length > 0) throw usageError(l10n.t('trial takes one folder.'));
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
        `${end.before ? l10n.t('{0} had finished before.', place.job) : l10n.t('{0} finished.', place.job)}\n`,
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
