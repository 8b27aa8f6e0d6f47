import * as vscode from 'vscode';
import { refactoringsAt, type Refactoring } from '../../language/refactorings';
import { fromPosition } from '../convert';
import type { Feature } from '../feature';

/** Says in an annotation what the advice had to assume, and declares tasks. */
export const refactorings: Feature = {
  register({ problems, settings }) {
    const provider: vscode.CodeActionProvider = {
      provideCodeActions(document, range) {
        const scope = problems.of(document);
        const text = problems.textOf(document);
        if (!scope || !text || !settings.get('refactorings.enabled', scope.resource)) return [];
        const { problem, adviceNamed } = scope.resolution();
        return refactoringsAt(text, fromPosition(range.start), problem, adviceNamed).map(each =>
          toAction(document, each),
        );
      },
    };
    return vscode.languages.registerCodeActionsProvider('*', provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.RefactorExtract, vscode.CodeActionKind.RefactorRewrite],
    });
  },
};

function toAction(document: vscode.TextDocument, refactoring: Refactoring): vscode.CodeAction {
  const { kind, position, text } = refactoring;
  const action = new vscode.CodeAction(
    titleOf(refactoring),
    kind === 'declare-task' ? vscode.CodeActionKind.RefactorExtract : vscode.CodeActionKind.RefactorRewrite,
  );
  action.edit = new vscode.WorkspaceEdit();
  action.edit.insert(document.uri, new vscode.Position(position.line, position.column), text);
  return action;
}

function titleOf({ kind, task, other = '' }: Refactoring): string {
  switch (kind) {
    case 'declare-task':
      return vscode.l10n.t('Declare the task {0}', task);
    case 'features-shared':
      return vscode.l10n.t('Say that {0} shares low-level features with {1}', task, other);
    case 'features-not-shared':
      return vscode.l10n.t('Say that no task shares low-level features with {0}', task);
  }
}
