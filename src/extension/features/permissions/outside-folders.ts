import * as vscode from 'vscode';
import type { OutsidePermissions } from '../../project/readable-folders';
import type { Services } from '../../services';
import { showInformationMessage, showQuickPick, showWarningMessage } from '../../user-interface';

type Needed = Pick<Services, 'localMachine' | 'counts'>;

/**
 * Asks whether data outside of the workspace may be read, and remembers a yes; says whether it was one.
 *
 * @param folders all that are asked for, absolute
 */
export async function askToRead(services: Needed, folders: readonly string[]): Promise<boolean> {
  const permissions = await services.localMachine?.outsidePermissions();
  if (!permissions || !vscode.workspace.isTrusted || folders.length === 0) return false;
  const allow = vscode.l10n.t('Allow');
  const chosen = await showWarningMessage(
    vscode.l10n.t('Allow reading data outside the workspace?'),
    {
      modal: true,
      detail: [
        ...folders,
        '',
        vscode.l10n.t(
          'Annotations of every workspace, and agents, may then read what is in there. "Revoke Folder Outside the Workspace" takes it back.',
        ),
      ].join('\n'),
    },
    allow,
  );
  if (chosen !== allow) return false;
  for (const folder of folders) await permissions.allow(folder);
  services.counts.recount();
  return true;
}

/** Allows a folder: the one that a quick fix names, else one that the user picks. */
export async function allowOutside(services: Needed, given: unknown): Promise<boolean> {
  const permissions = await permissionsOr(services);
  if (!permissions) return false;
  if (typeof given === 'string') return askToRead(services, [permissions.folderOf(given)]);
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Allow'),
    title: vscode.l10n.t('Allow reading data outside the workspace?'),
  });
  const [folder] = picked ?? [];
  if (folder?.scheme !== 'file') return false;
  await permissions.allow(folder.fsPath);
  services.counts.recount();
  return true;
}

/** Lists the folders that are allowed, and revokes the one that is picked. */
export async function revokeOutside(services: Needed): Promise<void> {
  const permissions = await permissionsOr(services);
  if (!permissions) return;
  const folders = permissions.list();
  if (folders.length === 0) {
    void showInformationMessage(vscode.l10n.t('No folder outside the workspace is allowed.'));
    return;
  }
  const picked = await showQuickPick(
    folders.map(label => ({ label })),
    { placeHolder: vscode.l10n.t('Select the folder to revoke') },
  );
  if (!picked) return;
  await permissions.revoke(picked.label);
  services.counts.recount();
}

async function permissionsOr({ localMachine }: Needed): Promise<OutsidePermissions | undefined> {
  if (localMachine && vscode.workspace.isTrusted) return localMachine.outsidePermissions();
  void showInformationMessage(
    localMachine
      ? vscode.l10n.t('Reading data requires a trusted workspace.')
      : vscode.l10n.t('Data cannot be counted in a browser.'),
  );
  return undefined;
}
