import * as vscode from 'vscode';
import { COMMANDS } from '../contributions';
import { disposables } from '../disposables';
import type { Feature } from '../feature';
import { openPage, providePages } from './advice-pages';
import { pickAdvice } from './pick-advice';

/** All advice on a target, on a page beside the code. */
export const showAdvice: Feature = {
  register({ problems, log }) {
    const held = disposables();
    held.add(providePages(problems));
    held.add(
      vscode.commands.registerCommand(COMMANDS.showAdvice, async (given: unknown) => {
        try {
          const argument = await pickAdvice(problems, given);
          if (argument) await openPage(argument);
        } catch (error) {
          log.fail(vscode.l10n.t('The advice could not be shown.'), error);
        }
      }),
    );
    return held;
  },
};
