import { errorCode, isUserError } from '../common/errors';
import { type ErrorDetails, UserError } from '../common/errors';
import { diskFull, runFolderRemoved, writeNotPermitted } from '../messages/run-messages';

/** What keeps a task from being trained. */
export type PlanErrorCode =
  | 'unknown-task'
  | 'no-data'
  /** It lies outside of what may be read. */
  | 'outside-data'
  | 'remote-data'
  | 'no-label'
  | 'unsupported-output'
  | 'unsupported-input'
  | 'too-few-examples'
  /** Labels of one class only: nothing to tell apart. */
  | 'one-class'
  | 'unknown-strategy'
  | 'bad-option';

/** A finding that stops the job, at the annotation it concerns where there is one. */
export type PlanError = UserError<'plan', PlanErrorCode>;

/** @param location `file` as the annotations' problem calls it */
export function planError(
  code: PlanErrorCode,
  message: string,
  location?: { readonly file: string; readonly line: number },
): PlanError {
  return new UserError('plan', code, message, location && { location });
}

export function isPlanError(error: unknown): error is PlanError {
  return isUserError(error, 'plan');
}

export type RunErrorCode =
  /** Since the run began. */
  | 'data-changed'
  | 'not-found'
  | 'newer-version'
  | 'broken'
  | 'locked'
  | 'disk-full'
  | 'gone'
  | 'slurm'
  | 'time-budget';

/** What is wrong with a run, as opposed to one of its jobs. */
export type RunError = UserError<'run', RunErrorCode>;

export function runError(code: RunErrorCode, message: string, details?: ErrorDetails): RunError {
  return new UserError('run', code, message, details);
}

export function isRunError(error: unknown): error is RunError {
  return isUserError(error, 'run');
}

/** What a failed write means for a run: a full disk or a removed folder ends it, and says so. */
export function writeError(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return runError('disk-full', diskFull(path), { cause: error });
    case 'ENOENT':
    case 'ENOTDIR':
      return runError('gone', runFolderRemoved(path), { cause: error });
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return runError('gone', writeNotPermitted(path), { cause: error });
    default:
      return error;
  }
}
