import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../common/visible-text';
import {
  type FolderPermission,
  allowFolder,
  allowedFolders,
  revokeFolder,
} from '../../trust/allowed-folders';
import { forgetConsents } from '../../trust/consents';
import { readUserState, stateFile } from '../../trust/user-state';
import { allowOutside } from '../allowed-data';
import { type Command, DONE, FAILED, JSON_OPTION, type ParsedArguments, usageError } from '../command-line';
import { withReportedErrors } from '../launch-run';
import { isFolder } from '../own-repository';
import type { Io } from '../terminal';

export const allowCommand: Command = {
  name: 'allow',
  operands: '[FOLDER…] [--data | --shared | --revoke]',
  summary: () => l10n.t('List what you have allowed, allow a folder, or revoke it.'),
  description: () => [
    l10n.t(
      'Permissions are yours, not those of a repository: they are kept in your own state folder and count for the editor, too.',
    ),
  ],
  options: {
    data: {
      type: 'boolean',
      summary: () => l10n.t('Allow reading data in a folder that is outside the workspace.'),
    },
    shared: {
      type: 'boolean',
      summary: () =>
        l10n.t('Use the runs and the project file of a folder that other users own or can change.'),
    },
    revoke: { type: 'boolean', summary: () => l10n.t('Revoke every permission of a folder.') },
    json: JSON_OPTION,
  },
  // Without a folder it lists; the empty text is no folder.
  defaultPath: '',
  run: (given, io) => withReportedErrors(() => runAllow(given, io), io),
};

const KINDS: readonly FolderPermission[] = ['outside', 'discovery'];

async function runAllow({ paths, switches }: ParsedArguments, io: Io): Promise<number> {
  const folders = paths.filter(each => each !== '');
  const asked = ['data', 'shared', 'revoke'].filter(each => switches.has(each));
  if (folders.length === 0 && asked.length === 0) return list(switches.has('json'), io);
  if (folders.length === 0) throw usageError(l10n.t('Which folder? Give its path.'));
  if (asked.length !== 1) throw usageError(l10n.t('Add one of --data, --shared and --revoke.'));
  let status = DONE;
  for (const folder of folders) {
    if (switches.has('data')) await allowOutside(folder, io);
    else if (switches.has('shared')) await allowShared(folder, io);
    else if (!(await revokeAll(folder, io))) status = FAILED;
  }
  return status;
}

async function allowShared(folder: string, io: Io): Promise<void> {
  const asked = path.resolve(io.cwd, folder);
  if (!isFolder(asked)) throw usageError(l10n.t('{0} does not exist, so it was not allowed.', asked));
  const kept = await allowFolder('discovery', asked);
  io.stderr.line(l10n.t('The runs and the project file in {0} are now used.', kept));
}

/** Revokes what a folder is allowed; one that is gone, too. */
async function revokeAll(folder: string, io: Io): Promise<boolean> {
  const asked = path.resolve(io.cwd, folder);
  let found = false;
  for (const kind of KINDS) found = (await revokeFolder(kind, asked)) || found;
  found = (await forgetConsents(asked)) > 0 || found;
  io.stderr.line(found ? l10n.t('{0} is no longer allowed.', asked) : l10n.t('{0} was not allowed.', asked));
  return found;
}

function list(asJson: boolean, io: Io): number {
  const [outside, discovery] = KINDS.map(allowedFolders);
  const { state, problem } = readUserState();
  if (problem !== undefined) io.stderr.line(problem);
  if (asJson) {
    io.stdout.json({ version: 1, data: outside, discovery, code: state.code });
    return DONE;
  }
  const lines = [
    ...(outside ?? []).map(each => l10n.t('{0}  data may be read', each)),
    ...(discovery ?? []).map(each => l10n.t('{0}  used although others can write to it', each)),
    ...state.code.map(({ folder, command, since }) =>
      l10n.t('{0}  may run, as it was on {1}: {2}', folder, since.slice(0, 10), visibleLine(command)),
    ),
  ];
  io.stdout.lines(lines);
  if (lines.length === 0) io.stderr.line(l10n.t('Nothing is allowed.'));
  io.stderr.line(l10n.t('Kept in {0}.', stateFile() ?? '-'));
  return DONE;
}
