import { isAbsolute, relative, sep } from 'node:path';
import {
  fileNotFound,
  fileUnreadable,
  linkLoop,
  permissionDenied,
} from '../../messages/data-access-messages';
import { errorCode, errorMessage } from '../../common/errors';
import { isFileRefused } from '../../files/file-errors';
import { dataError } from '../issues';

/** The error of a failed file operation as one for the owner of the data; others come back as they are. */
export function fileError(error: unknown, path: string): unknown {
  if (isFileRefused(error)) {
    const code = error.code === 'too-large' ? 'too-large' : 'unsupported';
    return dataError(code, error.message, path);
  }
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return dataError('not-found', fileNotFound(path), path);
    case 'EACCES':
    case 'EPERM':
      return dataError('no-permission', permissionDenied(path), path);
    case 'ELOOP':
      return dataError('link-loop', linkLoop(path), path);
    case 'EIO':
    case 'EISDIR':
    case 'EMFILE':
    case 'ENFILE':
    case 'ERR_INVALID_ARG_VALUE':
      return dataError('corrupt', fileUnreadable({ file: path, reason: errorMessage(error) }), path);
    default:
      return error;
  }
}

/** Whether `path` is `folder` or lies in it; both absolute, links not followed. */
export function isInside(folder: string, path: string): boolean {
  const steps = relative(folder, path);
  return steps === '' || (!isAbsolute(steps) && steps !== '..' && !steps.startsWith(`..${sep}`));
}
