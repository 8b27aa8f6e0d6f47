import { UserError, isUserError } from '../common/errors';

/** Why a file is not read although it is there. */
export type FileRefusal = 'not-regular' | 'too-large' | 'link';

/** A file that is not read, with a message for its owner. */
export type FileRefused = UserError<'file', FileRefusal>;

export function refused(code: FileRefusal, message: string, path: string): FileRefused {
  return new UserError('file', code, message, { location: { file: path } });
}

export function isFileRefused(error: unknown): error is FileRefused {
  return isUserError(error, 'file');
}
