import { isUserError } from '../common/errors';
import { type ErrorDetails, UserError } from '../common/errors';

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

/** Every error that the engine raises on purpose. Its messages are English: the engine knows no display language. */
export type EngineError = UserError<'engine', EngineErrorCode>;

export function engineError(code: EngineErrorCode, message: string, details?: ErrorDetails): EngineError {
  return new UserError('engine', code, message, details);
}

export function isEngineError(error: unknown): error is EngineError {
  return isUserError(error, 'engine');
}
