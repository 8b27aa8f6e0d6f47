import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { nearest } from '../annotations/nearest';
import type { Given, Options } from './command';

/** The user asked for something there is not; `hint` says what there is. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly hint = '',
  ) {
    super(message);
  }
}

/** Reads arguments by the options there are; throws a {@link UsageError} at the first that is not one. */
export function readArguments(args: readonly string[], options: Options): Given {
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
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const value = checkOption(token, options);
    if (value === undefined) switches.add(token.name);
    else values.set(token.name, value);
  }
  return { paths, switches, values };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function checkOption({ name, rawName, value }: OptionToken, options: Options): string | undefined {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) throw new UsageError(l10n.t('There is no option {0}.', rawName), optionHint(name, options));
  if (option.type === 'boolean') {
    if (value !== undefined) throw new UsageError(l10n.t('The option {0} takes no value.', rawName));
    return undefined;
  }
  if (value === undefined || value === '')
    throw new UsageError(l10n.t('The option {0} needs a value.', rawName), choicesHint(option.choices));
  if (option.choices && !option.choices.includes(value))
    throw new UsageError(l10n.t('"{0}" is no value for {1}.', value, rawName), choicesHint(option.choices));
  return value;
}

function optionHint(name: string, options: Options): string {
  const near = nearest(name, Object.keys(options));
  if (near !== undefined) return l10n.t('Did you mean {0}?', `--${near}`);
  const known = Object.keys(options).map(option => `--${option}`);
  return l10n.t('Options are {0}.', known.join(', '));
}

function choicesHint(choices: readonly string[] = []): string {
  return choices.length === 0 ? '' : l10n.t('Write one of {0}.', choices.join(', '));
}
