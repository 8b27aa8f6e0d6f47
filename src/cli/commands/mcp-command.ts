import { statSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { agentToolsFor } from '../agent-tools';
import { PROGRAM } from '../command-help';
import { type Command, DONE, type ParsedArguments, usageError } from '../command-line';
import { packageVersion } from '../display-language';
import type { Io } from '../terminal';

const INSTRUCTIONS =
  'Strategy Advisor reads the @dataset, @task and @pipeline annotations in the comments of a workspace and says how to train on that data: ' +
  'call advise before choosing between transfer, multitask, end-to-end, pipeline and single-task training; ' +
  'count_dataset for how much data there really is; what_if for what another amount of data would change. All three only read.';

export const mcpCommand: Command = {
  name: 'mcp',
  operands: '[PATH]',
  summary: () => l10n.t('Serve advice to agents, over the Model Context Protocol.'),
  description: () => [
    l10n.t(
      'Answers an agent on standard input and output, about the folder PATH or else the current one: the advice, the counted size of a dataset, and what another size would change. The files are read anew for each answer; nothing is written. It ends when the agent closes the input.',
    ),
  ],
  options: {},
  defaultPath: '.',
  run: runMcp,
};

async function runMcp({ paths }: ParsedArguments, io: Io): Promise<number> {
  const [given = '.', ...others] = paths;
  if (others.length > 0) throw usageError(l10n.t('mcp takes one folder.'));
  const folder = path.resolve(io.cwd, given);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw usageError(l10n.t('{0} is not a folder.', given));
  if (io.stdout.isTTY === true)
    io.stderr.write(`${l10n.t('Waiting for an agent on standard input; Ctrl-C ends it.')}\n`);
  const { serveTools } = await import('../../agents/mcp-server');
  const description = { name: PROGRAM, version: packageVersion(), instructions: INSTRUCTIONS };
  await serveTools(agentToolsFor(folder), description, io.interruption?.());
  return DONE;
}
