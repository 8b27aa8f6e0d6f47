import * as vscode from 'vscode';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';

/** Writing and reading annotations, and checkpoints on a computer: loaded when the extension has started. */
export const language: Feature = {
  register(services) {
    const held = disposables();
    const start = async (): Promise<void> => {
      const { startLanguage } = await import('./language-features');
      held.add(startLanguage(services));
      const checkpoints = await services.localMachine?.startCheckpoints(services);
      if (checkpoints) held.add(checkpoints);
    };
    const timer = setTimeout(() => {
      start().catch((error: unknown) => {
        services.log.fail(vscode.l10n.t('Could not start completion and navigation.'), error);
      });
    }, 0);
    held.add({
      dispose: () => {
        clearTimeout(timer);
      },
    });
    return held;
  },
};
