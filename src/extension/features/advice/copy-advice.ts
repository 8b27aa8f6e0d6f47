import * as vscode from 'vscode';
import { adviseOutput } from '../../../protocol/advise-output';
import type { Resolution } from '../../project/project-resolution';
import type { ProjectRegistry } from '../../project/project-registry';
import { pickAdvice } from './pick-advice';
import { setStatusBarMessage } from '../../user-interface';

/** How long a message stays in the status bar, in milliseconds. */
const MESSAGE = 5000;

/** Puts the advice on a target into the clipboard, as the command line prints it with `--json`. */
export async function copyAdvice(problems: ProjectRegistry, given: unknown): Promise<void> {
  const argument = await pickAdvice(problems, given);
  const resolution = argument && problems.withKey(argument.scope)?.resolution();
  if (!argument || !resolution) return;
  await vscode.env.clipboard.writeText(adviceJson(argument.task, resolution));
  const done = vscode.l10n.t('Copied the advice on {0} as JSON.', argument.task);
  setStatusBarMessage(done, { icon: 'check', milliseconds: MESSAGE });
}

function adviceJson(task: string, resolution: Resolution): string {
  const { advised, files, options } = resolution;
  const advice = resolution.adviceNamed(task);
  const diagnostics = files.flatMap(file =>
    resolution.diagnosticsIn(file).map(diagnostic => ({ ...diagnostic, file: file.name })),
  );
  return `${JSON.stringify(adviseOutput(advised, advice, diagnostics, options), undefined, 2)}\n`;
}
