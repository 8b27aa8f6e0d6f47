import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { errorCode, errorMessage, isUserError } from '../common/errors';
import type * as runsLayer from '../experiments';
import type { ExecuteOptions } from '../experiments';
import type { Allowed } from '../trust/gate';
import type { RunSnapshot } from '../protocol/run-files';
import { FAILED, type ParsedArguments, usageError, isUsageError } from './command-line';
import { diagnosticLine } from './diagnostic-lines';
import { translations } from './display-language';
import { numberOption, timeOption } from './run-options';
import { showProgress } from './run-progress';
import { type TimeBudget, timeBudget } from './time-budget';
import { type Io, relativeTo, styleOf } from './terminal';

/** What runs need is loaded with the first: advice starts without it. */
export function loadRuns(): Promise<typeof runsLayer> {
  return import('../experiments');
}

/** How trials are to run, as the options say. */
export interface ExecutionOptions {
  readonly workers: number | undefined;
  /** The time budget, which counts from the start of the command. */
  readonly budget: TimeBudget | undefined;
  /** Milliseconds that one trial may take. */
  readonly trialLimit: number | undefined;
  readonly slurm: ExecuteOptions['slurm'];
}

/** Read before a run is created: wrong usage leaves nothing behind. Throws a usage error. */
export async function executionOptions(given: ParsedArguments): Promise<ExecutionOptions> {
  return {
    workers: numberOption(given, 'workers', 1),
    budget: timeBudget(timeOption(given, 'budget')),
    trialLimit: timeOption(given, 'trial-limit'),
    slurm: await slurmOption(given),
  };
}

/** Runs what is left of a run, with progress on standard error, until it ends or Ctrl-C or the budget stops it. */
export async function executeWithProgress(
  folder: string,
  { workers, budget, trialLimit, slurm }: ExecutionOptions,
  allowed: Allowed,
  io: Io,
): Promise<RunSnapshot> {
  const { executeRun, readManifest, reportOf } = await loadRuns();
  const display = showProgress(io, { metric: (await readManifest(folder)).metric });
  const signal = io.interruption?.();
  const options: ExecuteOptions = {
    script: path.join(import.meta.dirname, 'trial-worker.mjs'),
    allowed,
    report(run) {
      const report = reportOf(run);
      if (report && run.state.state === 'running') display.sayVerdict(report);
      return report;
    },
    messages: translations(),
    onProgress: display.show,
    ...(workers === undefined ? {} : { workers }),
    ...(budget === undefined ? {} : { budget: budget.left() }),
    ...(trialLimit === undefined ? {} : { trialLimit }),
    ...(slurm ? { slurm } : {}),
    ...(signal ? { signal } : {}),
  };
  try {
    return await executeRun(folder, options);
  } finally {
    display.end();
  }
}

/** Where `--executor` says that Slurm runs the trials: how it does. */
async function slurmOption({ values }: ParsedArguments): Promise<ExecuteOptions['slurm']> {
  const executor = values.get('executor') ?? 'local';
  if (executor !== 'local' && executor !== 'slurm')
    throw usageError(
      l10n.t('Invalid value "{0}" for --{1}.', executor, 'executor'),
      l10n.t('Use one of: {0}.', 'local, slurm'),
    );
  const options = values.get('slurm-options');
  if (executor === 'local') {
    if (options !== undefined)
      throw usageError(l10n.t('--{0} requires --{1}.', 'slurm-options', 'executor slurm'));
    return undefined;
  }
  const { readSlurmOptions } = await loadRuns();
  const limit = values.get('trial-limit');
  const limited = limit === undefined ? [] : [`--trial-limit=${limit}`];
  return {
    command: [process.execPath, path.join(import.meta.dirname, 'cli.mjs'), 'trial', ...limited],
    options: readSlurmOptions(options ?? ''),
  };
}

interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly where?: { readonly file: string; readonly line: number };
}

/** Errors that say what is wrong with the annotations, the data or the run, rather than with this program. */
function asReportedError(error: unknown): ReportedError | undefined {
  const code = errorCode(error);
  if (code === undefined || isUsageError(error)) return undefined;
  const { file, line } = (isUserError(error) && error.location) || {};
  return {
    code,
    message: errorMessage(error),
    ...(file !== undefined && line !== undefined && { where: { file, line } }),
  };
}

/**
 * Does `work`; an error that the user can fix is printed in one line, with file and line where an
 * annotation is concerned.
 */
export async function withReportedErrors(work: () => Promise<number>, io: Io): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const finding = asReportedError(error);
    if (!finding) throw error;
    const { colors } = styleOf(io.stderr, io.env);
    const { where, code } = finding;
    const message = relativeTo(finding.message, io.cwd);
    const line = where
      ? diagnosticLine({ ...where, column: 1, endColumn: 1, severity: 'error', code, message }, colors)
      : `${colors.red(`${l10n.t('error')}:`)} ${message} ${colors.dim(`(${code})`)}`;
    io.stderr.line(line);
    return FAILED;
  }
}
