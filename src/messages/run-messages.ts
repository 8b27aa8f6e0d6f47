import * as l10n from '@vscode/l10n';

// What happens to runs and their jobs: files, locks, training programs, the queue of Slurm.

export function diskFull(file: string): string {
  return l10n.t(
    'The disk is full, so {0} was not written. Finished trials are kept. Free some space and resume the run.',
    file,
  );
}

export function runFolderRemoved(file: string): string {
  return l10n.t('Cannot write {0}: the folder of the run was deleted or renamed.', file);
}

export function writeNotPermitted(file: string): string {
  return l10n.t('No permission to write {0}.', file);
}

export function dataChanged(datasets: string): string {
  return l10n.t(
    'The data of {0} has changed since this run began, so its remaining trials could not be compared with the finished ones. Restore the data, or start a new run.',
    datasets,
  );
}

export function runStopped(): string {
  return l10n.t('Stopped. Resume the run to continue.');
}

export function timeBudgetReached(): string {
  return l10n.t('Time budget reached. Resume the run to continue.');
}

export function budgetSpentOnPlanning(time: string): string {
  return l10n.t(
    'Planning did not finish within the time budget ({0}). No run was created. Raise the time budget.',
    time,
  );
}

export function jobsFailed({ failed, total }: { failed: number; total: number }): string {
  return l10n.t('{0} of {1} jobs failed.', failed, total);
}

export function programNotStarted(reason: string): string {
  return l10n.t('cannot start: {0}', reason);
}

export function programExited(status: string): string {
  return l10n.t('exited with {0}', status);
}

/** In the middle of a log. */
export function linesLeftOut(count: number): string {
  return l10n.t('{0} lines left out', count);
}

export function pointsLeftOut(kept: number): string {
  return l10n.t('The program reported more points of training than are kept: the first {0}.', kept);
}

export function metricNotReported({ metric, example }: { metric: string; example: string }): string {
  return l10n.t('did not report the metric "{0}"; it must print {1}', metric, example);
}

export function otherMetricReported({
  metric,
  reported,
  example,
}: {
  metric: string;
  reported: string;
  example: string;
}): string {
  return l10n.t(
    'reported {1}, not the metric "{0}"; it must print {2}, or the annotation must name the metric that it prints, with metric=',
    metric,
    reported,
    example,
  );
}

export function metricOutOfRange({
  metric,
  value,
  low,
  high,
}: {
  metric: string;
  value: number;
  low: number;
  high: number;
}): string {
  if (high === Infinity)
    return l10n.t('reported {1} for the metric "{0}", which is never negative', metric, String(value));
  if (low === -Infinity)
    return l10n.t('reported {1} for the metric "{0}", which is at most {2}', metric, String(value), high);
  return l10n.t(
    'reported {1} for the metric "{0}", which is from {2} to {3}; print a fraction, not a percentage',
    metric,
    String(value),
    low,
    high,
  );
}

export function metricNotFinite({ metric, value }: { metric: string; value: number }): string {
  return l10n.t('reported {1} for the metric "{0}"; expected a finite number', metric, String(value));
}

export function programFailed({
  program,
  reason,
  output,
}: {
  program: string;
  reason: string;
  output: string;
}): string {
  return l10n.t('The training program "{0}" failed: {1}.{2}', program, reason, output);
}

export function unclosedQuoteInCommand(command: string): string {
  return l10n.t('The command {0} has an unclosed quote.', command);
}

export function emptyTrainCommand(): string {
  return l10n.t('train= is empty. Set it to a training command.');
}

export function runIsRunning(run: string): string {
  return l10n.t('{0} is running. Stop it first.', run);
}

export function noRuns(): string {
  return l10n.t('No runs yet. Start one with `strategy-advisor pilot`.');
}

export function unknownRun(run: string): string {
  return l10n.t('Run "{0}" not found.', run);
}

export function ambiguousRun({ run, runs }: { run: string; runs: string }): string {
  return l10n.t('"{0}" matches several runs: {1}.', run, runs);
}

export function notRunJson(file: string): string {
  return l10n.t('{0} is damaged: it is not valid JSON.', file);
}

export function exportNotToFile(place: string): string {
  return l10n.t('Cannot export to {0}: it is a folder, link, pipe or device, not a file.', place);
}

export function newerVersion(file: string): string {
  return l10n.t('{0} was written by a newer version of Strategy Advisor. Update to open it.', file);
}

export function damagedFile({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} is damaged: {1}.', file, reason);
}

/** A reason why a file is damaged. */
export function impossibleFigure({ metric, value }: { metric: string; value: number }): string {
  return l10n.t('{0} cannot be {1}', metric, String(value));
}

/** A reason why a file is damaged. */
export function figureOfNoMetric(value: number): string {
  return l10n.t('none of its metrics is its value, {0}', String(value));
}

export function notAFolder(file: string): string {
  return l10n.t('{0} is not a folder. Rename or delete it.', file);
}

export function readNotPermitted(file: string): string {
  return l10n.t('No permission to read {0}.', file);
}

/** @param folder what the folder of the run or job is called */
export function otherId({ file, id, folder }: { file: string; id: string; folder: string }): string {
  return l10n.t(
    '{0} says that it is "{1}", but its folder is called "{2}". Rename the folder, or delete it if it is a copy.',
    file,
    id,
    folder,
  );
}

export function damagedResultReplaced(reason: string): string {
  return l10n.t('The trial was run again, because its earlier result could not be read. {0}', reason);
}

/** A training compares nothing; a pilot has its report once trials of two arms have finished. */
export function noReport(kind: 'pilot' | 'train'): string {
  return kind === 'train'
    ? l10n.t('Training runs have no comparison report. The model card lists the metrics.')
    : l10n.t('The run has no report yet.');
}

export function noRunInFolder(folder: string): string {
  return l10n.t('{0} does not contain a run.', folder);
}

export function jobInputsMissing(job: string): string {
  return l10n.t('The input files of {0} are missing.', job);
}

export function runLocked(run: string): string {
  return l10n.t('Another process is running {0}. Stop that process or wait until it finishes.', run);
}

/** Why a worker was ended; in the place of an exit code. */
export function noSignOfLife(seconds: number): string {
  return l10n.t('no sign of life for {0} s', seconds);
}

export function trialTimeLimit(time: string): string {
  return l10n.t(
    'Ended after {0}, the time limit of a trial. If trials take longer, raise the limit: --trial-limit in a terminal, strategyAdvisor.pilots.trialLimit in the editor.',
    time,
  );
}

export function workerDied({ how, tail }: { how: string; tail: string }): string {
  return `${l10n.t('The process that ran it died ({0}).', how)} ${tail}`.trim();
}

export function workerDiedTwice({ how, tail }: { how: string; tail: string }): string {
  return `${l10n.t('The process that ran it died twice ({0}).', how)} ${tail}`.trim();
}

export function processExited(status: string): string {
  return l10n.t('The run process exited with code {0}.', status);
}

export function lockInTheWay(file: string): string {
  return l10n.t(
    '{0} is not a lock of this program, but it has the name of one. If no other process is running the run, delete it and try again.',
    file,
  );
}

export function notAJob(folder: string): string {
  return l10n.t('{0} is not a job folder of a run.', folder);
}

export function dependencyNotFinished(job: string): string {
  return l10n.t('This job depends on {0}, which has not finished.', job);
}

export function dependencyFailed(job: string): string {
  return l10n.t('This job depends on {0}, which failed.', job);
}

export function jobInterrupted(): string {
  return l10n.t('The job was interrupted.');
}

export function slurmNotFound(command: string): string {
  return l10n.t('Command {0} not found. Install Slurm or add it to PATH.', command);
}

export function commandFailed({ command, reason }: { command: string; reason: string }): string {
  return l10n.t('{0} failed: {1}', command, reason);
}

export function slurmEndedTwice(): string {
  return l10n.t('Slurm ended the job twice before it finished.');
}
