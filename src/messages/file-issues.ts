import * as l10n from '@vscode/l10n';
import type { Severity } from '../language/annotation-diagnostics';

/** Why a file or folder gave no annotations, where that is worth saying. */
export type FileProblem =
  | { readonly code: 'no-such-path' | 'not-a-file' | 'binary-file' | 'data-file' }
  /** `reason`: the system's code, `EACCES` and the like. */
  | { readonly code: 'unreadable-file' | 'unreadable-folder'; readonly reason: string }
  /** Larger than so many megabytes. */
  | { readonly code: 'file-too-large'; readonly megabytes: number }
  | { readonly code: 'bad-notebook'; readonly problem: string };

export type FileIssue = FileProblem & { readonly path: string; readonly severity: Severity };

/** What is wrong with a file, in the display language. */
export function fileIssueMessage(issue: FileProblem): string {
  switch (issue.code) {
    case 'no-such-path':
      return l10n.t('No such file or folder.');
    case 'not-a-file':
      return l10n.t('Not a file or folder.');
    case 'unreadable-file':
      return l10n.t('Cannot read this file: {0}.', reasonText(issue.reason));
    case 'unreadable-folder':
      return l10n.t('Cannot read this folder: {0}.', reasonText(issue.reason));
    case 'file-too-large':
      return l10n.t('This file is larger than {0} MB and was not searched for annotations.', issue.megabytes);
    case 'binary-file':
      return l10n.t('This is not a text file. Write annotations in comments of source files.');
    case 'data-file':
      return l10n.t('This is a data file. Write annotations in comments of source files.');
    case 'bad-notebook':
      return l10n.t('Invalid notebook: {0}.', issue.problem);
  }
}

/** A failed file operation in words; a code that is not known, as it is. */
function reasonText(code: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return l10n.t('permission denied');
    case 'ENOENT':
      return l10n.t('it no longer exists');
    case 'EIO':
      return l10n.t('disk error');
    case 'EMFILE':
      return l10n.t('too many open files');
    case 'ELOOP':
      return l10n.t('circular symbolic links');
    default:
      return code;
  }
}
