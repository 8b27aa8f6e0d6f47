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
