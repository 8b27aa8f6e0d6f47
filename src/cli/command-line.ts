import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { isUserError } from '../common/errors';
import { closestMatch } from '../common/edit-distance';
import { UserError } from '../common/errors';
import { DISPLAY_LANGUAGES } from './display-language';
import type { Io } from './terminal';
import { entryOf } from '../common/named-entries';

/** `boolean`: a switch; `string`: takes a value. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** What stands for the value in help texts: `NAME`. */
  readonly value?: string;
  /** The values there are, where they can be listed. */
  readonly choices?: readonly string[];
  readonly summary: () => string;
}

export type Options = Readonly<Record<string, OptionSpec>>;

/** What was given to a command. */
export interface ParsedArguments {
  readonly paths: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** The same, with all values of each option in their order. */
export interface ReadArguments extends ParsedArguments {
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** Exit statuses: done; a finding that stops the job; wrong usage. */
export const DONE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;
/** Nothing was decided, and it may be tried again: `EX_TEMPFAIL` of sysexits.h. */
export const TRY_AGAIN = 75;

export interface Command {
  readonly name: string;
  /** What stands behind the name: `PATH…`. */
  readonly operands: string;
  readonly summary: () => string;
  /** Paragraphs of its own help. */
  readonly description: () => readonly string[];
  readonly options: Options;
  /** What is meant where no path is given; otherwise one is asked for. */
  readonly defaultPath?: string;
  /** What it takes, where that is no file or folder. */
  readonly argument?: 'run';
  /** Returns the exit status. */
  readonly run: (given: ParsedArguments, io: Io) => Promise<number>;
}

/** The user asked for something there is not; `hint` says what there is. */
export type UsageError = UserError<'usage'>;

export function usageError(message: string, hint?: string): UsageError {
  return new UserError('usage', 'wrong-usage', message, hint === undefined ? {} : { hint });
}

export function isUsageError(error: unknown): error is UsageError {
  return isUserError(error, 'usage');
}

/** Reads arguments by the options there are; throws a {@link UsageError} at the first that is not one. */
export function readArguments(args: readonly string[], options: Options): ReadArguments {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [
      name,
      { type, ...(short === undefined ? {} : { short }) },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const paths: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const value = checkOption(token, options);
    if (value === undefined) switches.add(token.name);
    else {
      values.set(token.name, value);
      lists.set(token.name, [...(lists.get(token.name) ?? []), value]);
    }
  }
  return { paths, switches, values, lists };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function checkOption({ name, rawName, value }: OptionToken, options: Options): string | undefined {
  const option = entryOf(options, name);
  if (!option) throw usageError(l10n.t('Unknown option {0}.', rawName), optionHint(name, options));
  if (option.type === 'boolean') {
    if (value !== undefined) throw usageError(l10n.t('Option {0} does not take a value.', rawName));
    return undefined;
  }
  if (value === undefined || value === '')
    throw usageError(l10n.t('Option {0} requires a value.', rawName), choicesHint(option.choices));
  if (option.choices && !option.choices.includes(value))
    throw usageError(l10n.t('Invalid value "{0}" for {1}.', value, rawName), choicesHint(option.choices));
  return value;
}

function optionHint(name: string, options: Options): string {
  const near = closestMatch(name, Object.keys(options));
  if (near !== undefined) return l10n.t('Did you mean {0}?', `--${near}`);
  const known = Object.keys(options).map(option => `--${option}`);
  return l10n.t('Available options: {0}.', known.join(', '));
}

function choicesHint(choices: readonly string[] = []): string {
  return choices.length === 0 ? '' : l10n.t('Use one of: {0}.', choices.join(', '));
}

export const JSON_OPTION: OptionSpec = {
  type: 'boolean',
  summary: () => l10n.t('Print the result as one JSON object on standard output.'),
};

/** What every command that reads data understands. It may be given several times. */
export const DATA_OPTIONS: Options = {
  'allow-outside': {
    type: 'string',
    value: 'FOLDER',
    summary: () =>
      l10n.t(
        'Allow reading data in a folder outside the workspace, now and later. `allow` lists and revokes.',
      ),
  },
};

/** What every command understands. */
export const COMMON_OPTIONS: Options = {
  lang: {
    type: 'string',
    choices: DISPLAY_LANGUAGES,
    summary: () => l10n.t('Display language; by default, the language of LC_ALL or LANG.'),
  },
  help: { type: 'boolean', short: 'h', summary: () => l10n.t('Show this help.') },
};

export const VERSION_OPTION: OptionSpec = {
  type: 'boolean',
  short: 'v',
  summary: () => l10n.t('Show the version.'),
};
