/** What went wrong with a job, for programs; the message says it, with what to do, for people. */
export type TrainingErrorCode =
  | 'unknown-dataset'
  | 'no-examples'
  | 'no-validation'
  | 'no-test'
  | 'one-class'
  | 'labels-differ'
  | 'inputs-differ'
  | 'bad-size'
  | 'bad-settings'
  | 'not-finite'
  | 'bad-source'
  | 'bad-pretrained'
  | 'bad-pipeline'
  | 'bad-stage'
  | 'bad-metric'
  | 'unsupported';

/** A job that cannot be done as it was asked for. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  constructor(
    readonly code: TrainingErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** @throws an error named `AbortError`, as everywhere in Node, once the signal is aborted */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new DOMException('The operation was aborted', 'AbortError');
}
