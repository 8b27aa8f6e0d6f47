import * as vscode from 'vscode';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';

/** Pre-trained checkpoints, in code and in annotations. What knows them is loaded when the extension has started. */
export const checkpoints: Feature = {
  register(services) {
    const held = disposables();
    const start = async (): Promise<void> => {
      const { startCheckpoints } = await import('./checkpoint-providers');
      held.add(startCheckpoints(services));
    };
    start().catch((error: unknown) => {
      services.log.fail(vscode.l10n.t('Could not start what finds checkpoints.'), error);
    });
    return held;
  },
};
