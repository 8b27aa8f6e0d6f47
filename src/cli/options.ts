import * as l10n from '@vscode/l10n';
import type { Options, OptionSpec } from './command';
import { LANGUAGES } from './language';

export const JSON_OPTION: OptionSpec = {
  type: 'boolean',
  summary: () => l10n.t('Print one JSON object, and nothing else, on standard output.'),
};

/** What every command understands. */
export const COMMON_OPTIONS: Options = {
  lang: {
    type: 'string',
    choices: LANGUAGES,
    summary: () => l10n.t('The language of texts; that of LC_ALL or LANG by default.'),
  },
  help: { type: 'boolean', short: 'h', summary: () => l10n.t('Print this help.') },
};

export const VERSION_OPTION: OptionSpec = {
  type: 'boolean',
  short: 'v',
  summary: () => l10n.t('Print the version.'),
};
