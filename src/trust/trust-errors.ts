import { UserError, isUserError } from '../common/errors';

export type TrustErrorCode =
  | 'no-state-folder'
  | 'state-unwritable'
  /** Code that nobody has allowed. */
  | 'not-allowed'
  /** Code that has changed since it was allowed. */
  | 'changed'
  /** A folder that others own or can write to. */
  | 'unsafe-folder';

/** Something that needs the user's permission, or could not be recorded. */
export type TrustError = UserError<'trust', TrustErrorCode>;

export function trustError(
  code: TrustErrorCode,
  message: string,
  details?: { readonly hint?: string },
): TrustError {
  return new UserError('trust', code, message, details);
}

export function isTrustError(error: unknown): error is TrustError {
  return isUserError(error, 'trust');
}
