import * as vscode from 'vscode';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';

/**
 * Compares the sizes that annotations state with the data at their paths, and offers to update those that are
 * stale. Only on this machine's own files, and in a workspace that is trusted: a comment decides
 * which files are read. What does so is loaded once a problem is known.
 */
export const counting: Feature = {
  register(services) {
    const { problems, log, localMachine } = services;
    const held = disposables();
    let isStarted = false;
    const start = async (): Promise<void> => {
      if (!localMachine || isStarted || !vscode.workspace.isTrusted) return;
      isStarted = true;
      const { startCounting } = await import('./dataset-sizes');
      held.add(startCounting(services, localMachine));
    };
    const startOrSay = (): void => {
      start().catch((error: unknown) => {
        log.fail(vscode.l10n.t('Could not count the datasets.'), error);
      });
    };
    held.add(problems.onDidSettle(startOrSay));
    held.add(vscode.workspace.onDidGrantWorkspaceTrust(startOrSay));
    return held;
  },
};
