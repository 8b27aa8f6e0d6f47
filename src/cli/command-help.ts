import * as l10n from '@vscode/l10n';
import type { Command, OptionSpec, Options } from './command-line';
import { columnWidths, rowLines, wrap } from './terminal';

export const PROGRAM = 'strategy-advisor';

/** The help of the program: what it is for, its commands and the options of all of them. */
export function programHelp(commands: readonly Command[], options: Options, width: number): string[] {
  return page([
    wrap(l10n.t('Recommends a training strategy for the data you have.'), width),
    [l10n.t('Usage: {0}', `${PROGRAM} COMMAND PATH… [--json]`)],
    [
      l10n.t('Commands:'),
      ...list(
        commands.map(({ name, summary }) => [name, summary()]),
        width,
      ),
    ],
    [l10n.t('Options:'), ...list(Object.entries(options).map(optionRow), width)],
    wrap(l10n.t('Run `{0} COMMAND --help` for details on a command.', PROGRAM), width),
    wrap(l10n.t('Exit status: 0 success, 1 errors found or run failed, 2 incorrect usage.'), width),
  ]);
}

export function commandHelp(command: Command, options: Options, width: number): string[] {
  return page([
    [l10n.t('Usage: {0}', `${PROGRAM} ${command.name} ${command.operands}`)],
    ...command.description().map(paragraph => wrap(paragraph, width)),
    [l10n.t('Options:'), ...list(Object.entries(options).map(optionRow), width)],
  ]);
}

function optionRow([name, option]: readonly [string, OptionSpec]): readonly [string, string] {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  const value = option.choices?.join('|') ?? option.value;
  return [`${short}--${name}${value === undefined ? '' : ` ${value}`}`, option.summary()];
}

function list(rows: readonly (readonly [string, string])[], width: number): string[] {
  const widths = columnWidths(rows, width - 2);
  return rows.flatMap(row => rowLines(row, widths)).map(line => `  ${line}`);
}

function page(paragraphs: readonly (readonly string[])[]): string[] {
  return paragraphs.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}
