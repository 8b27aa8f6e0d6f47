import * as vscode from 'vscode';
import type { Problems } from '../workspace/problems';
import type { Scope } from '../workspace/scope';

/**
 * The problem that a diagram is wanted of: that of the file at hand, the only one there is, or what the user picks.
 * Where nothing is annotated yet, the first folder: its diagram fills as annotations are written.
 */
export async function pickScope(problems: Problems): Promise<Scope | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  const own = active && problems.of(active);
  if (own && isAnnotated(own)) return own;
  const all = problems.all();
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading annotations') },
    () => Promise.all(all.map(scope => scope.whenReady())),
  );
  const annotated = all.filter(isAnnotated);
  if (annotated.length > 1) {
    const items = annotated.map(scope => ({ label: scope.name, scope }));
    const placeHolder = vscode.l10n.t('The diagram of which folder?');
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.scope;
  }
  const chosen = annotated[0] ?? own ?? all[0];
  if (!chosen)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is nothing to draw: open a folder, or a file with annotations.'),
    );
  return chosen;
}

function isAnnotated(scope: Scope): boolean {
  return scope.resolution().files.length > 0;
}
