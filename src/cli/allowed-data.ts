import { existsSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { isKernelFile } from '../common/kernel-files';
import { kernelFolder } from '../messages/outside-messages';
import { allowFolder, allowedFolders } from '../trust/allowed-folders';
import { usageError } from './command-line';
import type { Io } from './terminal';

/**
 * Remembers that data in a folder, or a single file, may be read although it is outside of what is worked on.
 *
 * @throws UsageError where there is no such folder; TrustError where that cannot be kept
 */
export async function allowOutside(folder: string, io: Io): Promise<void> {
  const asked = path.resolve(io.cwd, folder);
  if (!existsSync(asked)) throw usageError(l10n.t('{0} does not exist, so it was not allowed.', asked));
  if (isKernelFile(asked)) throw usageError(`${kernelFolder(asked)}.`);
  const before = allowedFolders('outside');
  const kept = await allowFolder('outside', asked);
  if (before.includes(kept) && before.includes(asked)) return;
  io.stderr.line(l10n.t('Data in {0} may now be read from any workspace.', kept));
}
