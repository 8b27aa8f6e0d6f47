import { existsSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { closestMatch } from '../common/edit-distance';
import { PROGRAM, commandHelp, programHelp } from './command-help';
import {
  COMMON_OPTIONS,
  type Command,
  DONE,
  usageError,
  isUsageError,
  type UsageError,
  VERSION_OPTION,
  WRONG_USAGE,
  readArguments,
} from './command-line';
import { allowCommand } from './commands/allow-command';
import { adviseCommand } from './commands/advise-command';
import { checkCommand } from './commands/check-command';
import { datasetsCommand } from './commands/datasets-command';
import { exportCheckpointCommand } from './commands/export-checkpoint-command';
import { mcpCommand } from './commands/mcp-command';
import { pilotCommand } from './commands/pilot-command';
import { reportCommand } from './commands/report-command';
import { runsCommand } from './commands/runs-command';
import { trainCommand } from './commands/train-command';
import { trialCommand } from './commands/trial-command';
import { chooseLanguage, packageVersion, setLanguage } from './display-language';
import { allowOutside } from './allowed-data';
import { countAndCheckData } from './inspect-dataset';
import { messagePrinter, resultPrinter } from './printer';
import { type Io, type Surroundings, styleOf } from './terminal';

/** Every command there is, in the order of the help. */
const COMMANDS: readonly Command[] = [
  adviseCommand,
  datasetsCommand({ count: countAndCheckData }),
  checkCommand({ count: countAndCheckData }),
  pilotCommand,
  trainCommand,
  runsCommand,
  reportCommand,
  trialCommand,
  mcpCommand,
  allowCommand,
  exportCheckpointCommand,
];

const PROGRAM_OPTIONS = { ...COMMON_OPTIONS, version: VERSION_OPTION };

/** The whole program, apart from the process it runs in: does what `args` say and returns the exit status. */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  const io = { ...surroundings, stdout: resultPrinter(stdout), stderr: messagePrinter(stderr) };
  setLanguage(chooseLanguage(args, io.env));
  try {
    const command = COMMANDS.find(({ name }) => name === args[0]);
    return await (command ? runCommand(command, args.slice(1), io) : runProgram(args, io));
  } catch (error) {
    if (!isUsageError(error)) throw error;
    const { colors } = styleOf(io.stderr, io.env);
    const hint = error.hint === undefined ? '' : ` ${error.hint}`;
    io.stderr.line(`${colors.red(`${PROGRAM}:`)} ${error.message}${hint}`);
    io.stderr.line(l10n.t('Run `{0} --help` to see the commands and options.', PROGRAM));
    return WRONG_USAGE;
  }
}

async function runCommand(command: Command, args: readonly string[], io: Io): Promise<number> {
  const options = { ...command.options, ...COMMON_OPTIONS };
  const given = readArguments(args, options);
  if (given.switches.has('help')) {
    io.stdout.lines(commandHelp(command, options, styleOf(io.stdout, io.env).width));
    return DONE;
  }
  for (const folder of given.lists.get('allow-outside') ?? []) await allowOutside(folder, io);
  if (given.paths.length === 0 && command.defaultPath !== undefined)
    return command.run({ ...given, paths: [command.defaultPath] }, io);
  if (given.paths.length === 0 && command.argument === 'run')
    throw usageError(
      l10n.t('{0} requires a run: its ID, name or folder.', command.name),
      l10n.t('To list runs: {0}', `${PROGRAM} runs .`),
    );
  if (given.paths.length === 0)
    throw usageError(
      l10n.t('{0} requires the path of a file or folder.', command.name),
      l10n.t('To read the current folder: {0}', `${PROGRAM} ${command.name} .`),
    );
  return command.run(given, io);
}

/** Without a command, or with one behind options: `--help`, `--version`, `--lang ko advise .`. */
function runProgram(args: readonly string[], io: Io): Promise<number> | number {
  const first = leadingOptions(args);
  const { switches } = readArguments(args.slice(0, first), PROGRAM_OPTIONS);
  if (switches.has('help')) {
    io.stdout.lines(programHelp(COMMANDS, PROGRAM_OPTIONS, styleOf(io.stdout, io.env).width));
    return DONE;
  }
  if (switches.has('version')) {
    io.stdout.line(packageVersion());
    return DONE;
  }
  // Whoever does not know the commands yet asks for `help`, as other programs have it.
  if (args[first] === 'help') return runProgram(helpArguments(args.slice(first + 1)), io);
  const name = args[first];
  const command = COMMANDS.find(each => each.name === name);
  if (command) return runCommand(command, args.slice(first + 1), io);
  throw name === undefined
    ? usageError(l10n.t('Missing command.'), l10n.t('For example: {0}', `${PROGRAM} advise .`))
    : unknownCommand(name, io);
}

/** `help advise` means `advise --help`. */
function helpArguments(args: readonly string[]): readonly string[] {
  const [name] = args;
  return COMMANDS.some(each => each.name === name) && name !== undefined ? [name, '--help'] : ['--help'];
}

/** How many arguments stand before the command. */
function leadingOptions(args: readonly string[]): number {
  let first = 0;
  while (args[first]?.startsWith('-') === true) first += args[first] === '--lang' ? 2 : 1;
  return Math.min(first, args.length);
}

function unknownCommand(name: string, io: Io): UsageError {
  const message = l10n.t('Unknown command "{0}".', name);
  const names = COMMANDS.map(command => command.name);
  const near = closestMatch(name, names);
  if (near !== undefined) return usageError(message, l10n.t('Did you mean {0}?', near));
  if (existsSync(path.resolve(io.cwd, name)))
    return usageError(message, l10n.t('Did you mean {0}?', `${PROGRAM} advise ${name}`));
  return usageError(message, l10n.t('Available commands: {0}.', names.join(', ')));
}
