import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { DONE, FAILED, type Command, type Given } from '../command';
import type { Io } from '../io';
import { checkTrust, loadRuns, orFail } from '../launch';
import { messages } from '../language';
import { UsageError } from '../usage';

export const trialCommand: Command = {
  name: 'trial',
  operands: 'DIR [--trust]',
  summary: () => l10n.t('Run one trial of a run, from its folder: for schedulers.'),
  description: () => [
    l10n.t(
      'DIR is RUN/jobs/TRIAL, as `pilot` lays it out. A trial that has a result is left alone, so it is safe to repeat; trials that others start from (pretrain-…) go first. The status is 0 when there is a result, 1 when the trial failed or was stopped.',
    ),
  ],
  options: {
    trust: {
      type: 'boolean',
      summary: () => l10n.t("Run the training program that the task's train= names."),
    },
  },
  run: (given, io) => orFail(() => runTrial(given, io), io),
};

async function runTrial(given: Given, io: Io): Promise<number> {
  const [folder, ...others] = given.paths;
  if (folder === undefined || others.length > 0) throw new UsageError(l10n.t('trial takes one folder.'), '');
  const place = path.resolve(io.cwd, folder);
  const { runTrialFolder } = await loadRuns();
  await checkTrust(path.resolve(place, '..', '..'), given, io);
  const signal = io.interruption?.();
  const end = await runTrialFolder(place, {
    script: path.join(__dirname, 'trial-worker.js'),
    messages: messages(),
    ...(signal ? { signal } : {}),
  });
  switch (end.kind) {
    case 'failed':
      io.stderr.write(`${l10n.t('{0} failed: {1}', path.basename(place), end.failure.message)}\n`);
      return FAILED;
    case 'stopped':
      io.stderr.write(`${l10n.t('{0} was stopped.', path.basename(place))}\n`);
      return FAILED;
    default:
      io.stdout.write(`${path.basename(place)} ${String(end.result.value)}\n`);
      return DONE;
  }
}
