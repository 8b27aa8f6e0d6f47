import { statSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { agentToolsFor } from '../agent-tools';
import { PROGRAM } from '../command-help';
import { type Command, DATA_OPTIONS, DONE, type ParsedArguments, usageError } from '../command-line';
import { packageVersion } from '../display-language';
import type { Io } from '../terminal';

const INSTRUCTIONS =
  'Strategy Advisor reads the @dataset, @task and @pipeline annotations in the comments of a workspace and says how to train on that data: ' +
  'call advise before choosing between transfer, multitask, end-to-end, pipeline and single-task training; ' +
  'count_dataset for how much data there really is; what_if for what another amount of data would change. All three only read.';

export const mcpCommand: Command = {
  name: 'mcp',
  operands: '[PATH]',
  summary: () => l10n.t('Serve advice to AI agents over the Model Context Protocol (MCP).'),
  description: () => [
    l10n.t(
      'Communicates on standard input and output. The tools return the advice for the folder PATH (by default, the current folder), the counted size of a dataset, and the effect of a different size on the advice. Files are read again for each request and never written. The server exits when the client closes its input.',
    ),
  ],
  options: DATA_OPTIONS,
  defaultPath: '.',
  run: runMcp,
};

async function runMcp({ paths }: ParsedArguments, io: Io): Promise<number> {
  const [given = '.', ...others] = paths;
  if (others.length > 0) throw usageError(l10n.t('mcp takes only one folder.'));
  const folder = path.resolve(io.cwd, given);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw usageError(l10n.t('{0} is not a folder.', given));
  if (io.stdout.isTTY)
    io.stderr.line(l10n.t('Waiting for an MCP client on standard input. Press Ctrl-C to stop.'));
  const { serveTools } = await import('../../agents/mcp-server');
  const description = { name: PROGRAM, version: packageVersion(), instructions: INSTRUCTIONS };
  await serveTools(agentToolsFor(folder), description, io.interruption?.());
  return DONE;
}
