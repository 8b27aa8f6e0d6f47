import * as l10n from '@vscode/l10n';

/** What keeps a task from being trained. */
export type PlanErrorCode =
  | 'unknown-task'
  | 'no-data'
  | 'remote-data'
  | 'no-label'
  | 'unsupported-output'
  | 'unsupported-input'
  | 'too-few-examples'
  | 'unknown-strategy'
  | 'bad-option';

/** A finding that stops the job, at the annotation it concerns where there is one. */
export class PlanError extends Error {
  constructor(
    readonly code: PlanErrorCode,
    message: string,
    /** `file` as the annotations' problem calls it; `line` from 1. */
    readonly where?: { readonly file: string; readonly line: number },
  ) {
    super(message);
    this.name = 'PlanError';
  }
}

export type RunErrorCode =
  'not-found' | 'newer-version' | 'broken' | 'locked' | 'disk-full' | 'gone' | 'slurm';

/** What is wrong with a run, as opposed to one of its jobs. */
export class RunError extends Error {
  constructor(
    readonly code: RunErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RunError';
  }
}

/** What a failed write means for a run: a full disk or a removed folder ends it, and says so. */
export function writeError(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new RunError(
        'disk-full',
        l10n.t(
          'The disk is full: {0} was not written. What had finished is intact; free some space and resume.',
          path,
        ),
        { cause: error },
      );
    case 'ENOENT':
    case 'ENOTDIR':
      return new RunError(
        'gone',
        l10n.t('{0} cannot be written: the folder of the run was removed or renamed.', path),
        { cause: error },
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new RunError('gone', l10n.t('{0} may not be written.', path), { cause: error });
    default:
      return error;
  }
}

/** The system's code of an error (`ENOENT`), where it has one. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
