import * as l10n from '@vscode/l10n';

/** What is wrong with a project's file of figures. */
export interface ProjectFileFault {
  readonly kind:
    'not-json' | 'not-an-object' | 'unknown-key' | 'bad-value' | 'not-a-file' | 'too-large' | 'unreadable';
  readonly key: string;
  readonly value: string;
  readonly expected: string;
}

/** What is wrong, and what counts instead, in the display language. */
export function projectFileMessage({ kind, key, value, expected }: ProjectFileFault): string {
  switch (kind) {
    case 'not-json':
      return l10n.t('This is not valid JSON. Using the defaults.');
    case 'not-an-object':
      return l10n.t('The settings of a project must be an object. Using the defaults.');
    case 'unknown-key':
      return l10n.t('There is no project setting "{0}". It is ignored.', key);
    case 'bad-value':
      return l10n.t('{0} must be {1}, found {2}. Using the default.', key, expectedText(expected), value);
    case 'not-a-file':
      return l10n.t('This is not a regular file. Using the defaults.');
    case 'too-large':
      return l10n.t('This file is larger than {0} kB. Using the defaults.', expected);
    case 'unreadable':
      return l10n.t('This file cannot be read: {0}. Using the defaults.', value);
  }
}

function expectedText(expected: string): string {
  switch (expected) {
    case 'Object':
      return l10n.t('an object');
    case 'string':
      return l10n.t('a string');
    case '<=1':
      return l10n.t('a number above 0 and at most 1');
    default:
      return l10n.t('a number above 0');
  }
}
