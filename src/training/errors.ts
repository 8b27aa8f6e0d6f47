/** What keeps a task from being trained; `hint` says what to do about it. */
export type TrainingErrorCode =
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
export class TrainingError extends Error {
  constructor(
    readonly code: TrainingErrorCode,
    message: string,
    /** `file` as the annotations' problem calls it; `line` from 1. */
    readonly where?: { readonly file: string; readonly line: number },
  ) {
    super(message);
    this.name = 'TrainingError';
  }
}
