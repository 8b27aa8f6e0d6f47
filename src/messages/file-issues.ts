import * as l10n from '@vscode/l10n';
import type { Severity } from '../language/annotation-diagnostics';

export type FileIssueCode =
  | 'no-such-path'
  | 'unreadable-file'
  | 'unreadable-folder'
  | 'not-a-file'
  | 'file-too-large'
  | 'binary-file'
  | 'data-file'
  | 'bad-notebook';

/** Why a file or folder gave no annotations, where that is worth saying. */
export interface FileIssue {
  readonly path: string;
  readonly code: FileIssueCode;
  readonly severity: Severity;
  readonly args: readonly string[];
}

const REASONS: Readonly<Record<string, () => string>> = {
  EACCES: () => l10n.t('permission denied'),
  EPERM: () => l10n.t('permission denied'),
  ENOENT: () => l10n.t('it is gone'),
  EIO: () => l10n.t('the disk reports an error'),
  EMFILE: () => l10n.t('too many files are open'),
  ELOOP: () => l10n.t('its symbolic links go round in a circle'),
};

const MESSAGES: Readonly<Record<FileIssueCode, (arg: string) => string>> = {
  'no-such-path': () => l10n.t('There is no such file or folder.'),
  'unreadable-file': code => l10n.t('This file cannot be read: {0}.', REASONS[code]?.() ?? code),
  'unreadable-folder': code => l10n.t('This folder cannot be read: {0}.', REASONS[code]?.() ?? code),
  'not-a-file': () => l10n.t('This is neither a file nor a folder.'),
  'file-too-large': limit =>
    l10n.t('This file is larger than {0} MB and was not searched for annotations.', limit),
  'binary-file': () => l10n.t('This file is not text; annotations stand in comments of source files.'),
  'data-file': () =>
    l10n.t('This file holds data, not source; annotations stand in comments of source files.'),
  'bad-notebook': problem => l10n.t('This notebook is damaged: {0}.', problem),
};

/** What is wrong with a file, in the display language. */
export function fileIssueMessage({ code, args }: Pick<FileIssue, 'code' | 'args'>): string {
  return MESSAGES[code](args[0] ?? '');
}
