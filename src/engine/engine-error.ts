/** What went wrong, for programs; the message says it, with what to do, for people. */
export type EngineErrorCode =
  | 'runtime-missing'
  | 'executor-missing'
  | 'bad-model'
  | 'bad-file'
  | 'bad-shape'
  | 'bad-type'
  | 'bad-value'
  | 'bad-option'
  | 'no-lowering'
  | 'not-traceable'
  | 'not-finite'
  | 'runtime-failed'
  | 'cancelled'
  | 'disposed';

/** Every error that the engine raises on purpose. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
